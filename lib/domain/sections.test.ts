import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { pagesFor, sectionsFor, waitingText } from "./sections";

const all = sectionsFor("admin").flatMap(({ lines }) => lines);

test("every section has a page, and every page of the back office's first floor a section", () => {
  for (const { href } of pagesFor("admin")) expect(existsSync(`app${href}/page.tsx`), href).toBe(true);
  const pages = readdirSync("app/admin", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`app/admin/${entry.name}/page.tsx`))
    .map(({ name }) => `/admin/${name}`);
  // Pages that stand in the bar instead of the rail.
  const elsewhere = ["/admin/find", "/admin/account"];
  const hrefs = all.map(({ href }) => href);
  expect(pages.filter((page) => !hrefs.includes(page) && !elsewhere.includes(page))).toEqual([]);
});

test("owners see no section of an admin, and a key leads to one section", () => {
  const owners = sectionsFor("owner").flatMap(({ lines }) => lines);
  expect(owners.every(({ who }) => who !== "admin")).toBe(true);
  expect(owners.length).toBeLessThan(all.length);
  const keys = all.flatMap(({ key }) => key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test("beside a section stands how many wait, up to what a glance takes in", () => {
  expect([0, 7, 999, 1_000].map(waitingText)).toEqual(["0", "7", "999", "999+"]);
});
