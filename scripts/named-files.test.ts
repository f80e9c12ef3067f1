/** What is written about the code names files of it: they have to be there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./install.mjs";

const PAGES = [
  "README.md",
  "AGENTS.md",
  ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`),
].filter((name) => name.endsWith(".md"));
const FILES = /`((?:app|bench|components|content|db|deploy|e2e|lib|scripts)\/[^`\s]*)`/g;
/** A test is known by the end of its path. */
const TESTS = /`([^`\s*]*\.(?:test|spec)(?:\.tsx?)?)`/g;
/** A module may be named without its ending. */
const ENDINGS = ["", ".ts", ".tsx", ".mjs"];
/** What is named and is not there, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "app/(shop)/imprint/page.tsx": "to be made by who wants such a page",
  "content/imprint.md": "the same",
  "NAME.test.ts": "any",
  "bench/results/pages.json": "written by the bench",
  "bench/results/scale-plans.txt": "written by the bench",
  "bench/results/home-plans.md": "the same",
};

const isThere = (name: string): boolean => {
  if (!name.includes("*")) return ENDINGS.some((ending) => existsSync(join(ROOT, name + ending)));
  const [start = "", end = ""] = basename(name).split("*");
  return readdirSync(join(ROOT, dirname(name))).some((one) => one.startsWith(start) && one.endsWith(end));
};

/** What stands in the pages where `pattern` finds something, with its page. */
const namedBy = (pattern: RegExp) =>
  PAGES.flatMap((page) =>
    [...readFileSync(join(ROOT, page), "utf8").matchAll(pattern)].map(([, name = ""]) => ({ page, name })),
  ).filter(({ name }) => !(name in ELSEWHERE));

test("every file that a page of documentation names exists", () => {
  const files = namedBy(FILES);
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter(({ name }) => !isThere(name))).toEqual([]);
  const trials = namedBy(/npm run campaign -- (\w+)/g).filter(({ name }) => name !== "all");
  expect(trials.filter(({ name }) => !isThere(`scripts/campaigns/${name}`))).toEqual([]);
});

test("every test that a page of documentation names exists", () => {
  const there = ["app", "components", "db", "e2e", "lib", "scripts"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => `/${folder}/${name}`),
  );
  const tests = there.filter((name) => /\.(?:test|spec)\.tsx?$/.test(name));
  const named = namedBy(TESTS);
  expect(named.length).toBeGreaterThan(200);
  const isTest = (name: string) => ENDINGS.some((end) => tests.some((one) => one.endsWith(`/${name}${end}`)));
  expect(named.filter(({ name }) => !isTest(name))).toEqual([]);
});

test("every row of docs/security.md is shown by a file, or says why there is none", () => {
  const rows = readFileSync(join(ROOT, "docs/security.md"), "utf8")
    .split("\n")
    .filter((line) => /^\| \d+\.\d/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  expect(rows.length).toBeGreaterThan(50);
  // A dash is a reason only with words beside it.
  expect(rows.filter(([, , where, by]) => !/^– ./.test(where ?? "") && !/[a-z]{4}/.test(by ?? ""))).toEqual(
    [],
  );
});
