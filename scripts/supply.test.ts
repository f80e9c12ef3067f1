import { expect, test } from "vitest";
import { faultsOf, isBelow, licenceList, type Supply } from "./supply";

const locked: Supply["locked"] = {
  "": {},
  "node_modules/next": { version: "16.4.6", license: "MIT" },
  "node_modules/tool": { version: "1.0.0", license: "(MIT OR CC0-1.0)", dev: true },
};
const good: Supply = {
  manifest: { dependencies: { next: "16.4.6" }, devDependencies: { tool: "1.0.0" } },
  locked,
  floors: { next: { least: "16.4.5", why: "a security release" } },
  page: `| \`next\` | pages |\n| \`tool\` | work |\n\`esbuild\`\n${licenceList(locked)}`,
};

test("what is in order passes", () => {
  expect(faultsOf(good)).toEqual([]);
});

test.each<[string, Partial<Supply>, RegExp]>([
  [
    "a range",
    { manifest: { ...good.manifest, dependencies: { next: "^16.4.6" } } },
    /next is \^16\.4\.6 .* name one version/,
  ],
  [
    "below its floor",
    { locked: { ...locked, "node_modules/x/node_modules/next": { version: "16.4.4", license: "MIT" } } },
    /next is 16\.4\.4 and must be at least 16\.4\.5: a security release/,
  ],
  [
    "a floor of nothing",
    { floors: { ...good.floors, nexst: { least: "1.0.0", why: "a slip" } } },
    /floors\.json names nexst, which is not in the lockfile/,
  ],
  ["no reason", { page: good.page.replace("| `tool` |", "| tool |") }, /tool has no line/],
  ["a reason for nothing", { page: `| \`gone\` | once |\n${good.page}` }, /names gone, which/],
  [
    "a licence that is not on the list",
    { locked: { ...locked, "node_modules/y": { version: "1.0.0", license: "AGPL-3.0" } } },
    /y has the licence AGPL-3\.0/,
  ],
  [
    "one of two licences",
    { locked: { ...locked, "node_modules/y": { version: "1.0.0", license: "MIT AND GPL-2.0" } } },
    /y has the licence MIT AND GPL-2\.0/,
  ],
  ["an old list", { page: good.page.replace("MIT", "ISC") }, /licences in docs\/dependencies\.md are not/],
])("%s is told", (_name, change, sentence) => {
  expect(faultsOf({ ...good, ...change }).join("\n")).toMatch(sentence);
});

test("a script at installation has to be named", () => {
  const scripted = { version: "1.0.0", license: "MIT", hasInstallScript: true };
  const told = (name: string) =>
    faultsOf({ ...good, locked: { ...locked, [`node_modules/${name}`]: scripted } }).join("\n");
  expect(told("left")).toMatch(/left runs a script when it is installed/);
  expect(told("esbuild")).not.toMatch(/runs a script/);
});

test("versions are compared part by part", () => {
  for (const [a, b] of [
    ["1.2.3", "1.2.10"],
    ["1.9.9", "2.0.0"],
    ["5.0.0-beta.9", "5.0.0-beta.30"],
    ["5.0.0-beta.30", "5.0.0"],
  ] as const) {
    expect(isBelow(a, b)).toBe(true);
    expect(isBelow(b, a)).toBe(false);
    expect(isBelow(a, a)).toBe(false);
  }
});
