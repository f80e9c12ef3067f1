// Plain Node without packages: makes sure that the right Node runs and that node_modules is what the lockfile says.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Ends the process with one sentence where Node is too old or installing does not work. */
export function ensureInstalled() {
  const wanted = readJson(join(ROOT, "package.json")).engines.node.replace(/^>=/, "");
  if (older(process.versions.node, wanted)) {
    fail(
      `Tallystick needs Node ${wanted} or newer and this is ${process.versions.node}: install a supported one from https://nodejs.org.`,
    );
  }
  const why = staleness();
  if (!why) return;
  console.log(`  … installing packages (${why}); this takes a minute the first time`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // NODE_ENV=production would leave out what the build needs.
  const done = spawnSync(npm, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (done.error) fail(`npm could not be started (${done.error.message}): install Node together with npm.`);
  if (done.status !== 0) {
    fail(
      "Installing the packages failed (npm says why above): check the network and the free disk space, then run the command again.",
    );
  }
  console.log("  ✓ packages installed");
}

/** Goes on in TypeScript, in this process. */
export async function goOnWith(file) {
  process.chdir(ROOT);
  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL(file, import.meta.url).href);
}

// npm writes what it installed into node_modules/.package-lock.json. Optional packages of other platforms are not in it.
function staleness() {
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return "there are none yet";
  const want = readJson(join(ROOT, "package-lock.json")).packages;
  const have = readJson(installed).packages;
  for (const [path, entry] of Object.entries(want)) {
    if (path === "" || entry.optional || entry.devOptional) continue;
    if (have[path]?.version !== entry.version) return `${path.replace(/^node_modules\//, "")} changed`;
  }
  return undefined;
}

function older(version, floor) {
  const [a, b] = [version, floor].map((text) => text.split(".").map(Number));
  for (let i = 0; i < 3; i += 1) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) < (b[i] ?? 0);
  return false;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function fail(sentence) {
  console.error(`\n  ✗ ${sentence}\n`);
  process.exit(1);
}
