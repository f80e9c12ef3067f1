/** What documents say is so: docs/tables.md of the migrated database, docs/expectations.md of the tests that it names. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sql } from "@/db/client";
import { TABLES_FILE, tablesDocument } from "./tables";

test("docs/tables.md is fresh: npm run db:docs writes it", async () => {
  expect(readFileSync(TABLES_FILE, "utf8")).toBe(await tablesDocument(sql));
});

const filesIn = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((path) => `/${folder}/${String(path)}`),
  );

test("docs/expectations.md names tests and pages that are there", () => {
  const text = readFileSync("docs/expectations.md", "utf8");
  const tests = filesIn("app", "components", "db", "e2e", "lib", "scripts");
  const named = [...text.matchAll(/`([\w/-]+\.(?:spec|test))`/g)].map(([, name]) => name ?? "");
  expect(named.length).toBeGreaterThan(100);
  const isThere = (name: string) =>
    tests.some((path) => /\.tsx?$/.test(path) && path.includes(`/${name}.ts`));
  expect(named.filter((name) => !isThere(name))).toEqual([]);
  const pages = [...text.matchAll(/`(\/(?:admin|api)[\w/[\]-]*)`/g)].map(([, path]) => `/app${path}`);
  expect(pages.length).toBeGreaterThan(40);
  const doors = filesIn("app").map((path) => path.replace(/\/(?:page\.tsx|route\.ts)$/, ""));
  expect(pages.filter((path) => !doors.includes(path))).toEqual([]);
});
