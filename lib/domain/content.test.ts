import { expect, test } from "vitest";
import { fillFigures, fillKnown, isPageName, parsePage } from "./content";

const page = '---\ntitle: "Care: how"\nsummary: In a line.\ndate: 2026-11-28\n---\n\nText {{ days }}.\n';

test("a page is its head and its text, with the shop's figures in it", () => {
  const { head, body } = parsePage(page, "care");
  expect(head).toMatchObject({ title: "Care: how", summary: "In a line.", on: "2026-11-28", picture: null });
  expect(fillFigures(body, { days: "30" }, "care")).toBe("Text 30.");
});

test("what a page lacks or names in vain is said with its name", () => {
  expect(() => parsePage("no head", "about")).toThrow("about");
  expect(() => parsePage(page.replace("2026-11-28", "soon"), "care")).toThrow("care: date");
  for (const name of ["dayz", "constructor"])
    expect(() => fillFigures(`{{${name}}}`, { days: "30" }, "care")).toThrow(`care names {{${name}}}`);
  // A text that a shop keeps outlives a figure.
  expect(fillKnown("{{ days }}, {{ dayz }}, {{constructor}}", { days: "30" })).toBe(
    "30, {{ dayz }}, {{constructor}}",
  );
});

test("a page has a name that a file can have", () => {
  expect(["about", "care-of-wood", "2026", "a".repeat(100)].every(isPageName)).toBe(true);
  expect(["", "-", "a--b", "../about", "a.md", "Ä", "a".repeat(101)].some(isPageName)).toBe(false);
});
