/** The list of tests that may be skipped: it names tests that there are, and every other skip is a failure. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../install.mjs";
import { MAY_BE_SKIPPED, NEED_WHOLE, withSkips } from "./skips";

const listed = Object.values(MAY_BE_SKIPPED).flat();
const sources = ["app", "components", "db", "e2e", "lib", "scripts"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  )
  .filter((path) => /\.(?:test|spec)\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

test.each(listed)("%s is there", (name) => {
  const [path = "", title = ""] = name.split(" > ");
  const text = sources.find((source) => source.path === path)?.text ?? "";
  for (const part of title.split("*")) expect(text).toContain(part.trim());
});

test("no other file skips anything, nor is a journey for a whole browser left out unnamed", () => {
  const files = (names: readonly string[]) => [...new Set(names.map((name) => name.split(" > ")[0]))].sort();
  const those = (pattern: RegExp) =>
    sources.flatMap(({ path, text }) => (pattern.test(text) ? [path] : [])).sort();
  const skips = /\b(?:test|it|describe)\.(?:skip|skipIf|runIf|todo|fixme)\b/;
  expect(those(skips)).toEqual(files(listed.filter((name) => !NEED_WHOLE.includes(name))));
  const marked = sources.flatMap(({ path, text }) =>
    path.startsWith("e2e/") ? [...text.matchAll(/^ *test\([`"].*@whole[`"]/gm)].map(() => path) : [],
  );
  expect(marked).toHaveLength(NEED_WHOLE.length);
});

test("a skip that is not on the list is a failure, told by its name; what follows a failure is none", () => {
  const fine = { passed: 9, failed: 0 };
  const known = [
    "lib/services/imports/run-never.test.ts > real exports apparel.csv comes in whole, and once",
  ];
  expect(withSkips(fine, [...known, ...NEED_WHOLE])).toMatchObject({ failed: 0, skipped: 3, failures: [] });
  const strange = "lib/upload.test.ts > a file that finds room";
  const judged = withSkips(fine, [...known, strange]);
  expect(judged).toMatchObject({ passed: 9, failed: 1, skipped: 2 });
  expect(judged.failures).toEqual([
    expect.stringMatching(/^lib\/upload\.test\.ts > a file that finds room\n/),
  ]);
  expect(withSkips({ passed: 8, failed: 1, failures: ["one"] }, [strange])).toMatchObject({
    failed: 1,
    failures: ["one"],
  });
});
