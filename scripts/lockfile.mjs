// Checks that package-lock.json works on every platform and names no download address; `--fix` writes what is missing.
// A registry that carries only some platforms' builds makes npm leave the others out of the lockfile, and then
// `npm ci` refuses it everywhere. Such an entry needs no checksum to be valid, only a version and its platform.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

const file = join(ROOT, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const CHIPS = ["arm64", "arm", "ia32", "x64", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

const faults = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  if (/^https?:/.test(entry.resolved ?? "")) faults.push(`${path} names a download address`);
  if (/^https?:/.test(entry.resolved ?? "")) delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (found(path, name)) continue;
    faults.push(`${name}@${version} is missing (optional for ${path || "the project"})`);
    if (/^\d/.test(version)) lock.packages[`node_modules/${name}`] = stub(name, version, entry);
  }
}

if (process.argv.includes("--fix")) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`${faults.length} entries mended.`);
} else if (faults.length > 0) {
  console.error(`${faults.join("\n")}\n\nRun \`node scripts/lockfile.mjs --fix\` after each npm install.`);
  process.exit(1);
}

function found(path, name) {
  for (let at = path; ; at = at.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, "")) {
    if (lock.packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}

function stub(name, version, parent) {
  const words = name.split("/").at(-1).split("-");
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = CHIPS.filter((chip) => words.includes(chip));
  const musl = words.some((word) => word.startsWith("musl"));
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(parent.dev ? { dev: true } : {}),
    ...(os.includes("linux") && (musl || words.includes("gnu")) ? { libc: [musl ? "musl" : "glibc"] } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}
