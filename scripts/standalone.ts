/** `npm run build:standalone`: the app as a folder that runs with Node alone, for images and for machines without npm. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build as bundle } from "esbuild";
import { FOR_NODE, PACKAGES } from "./bundle";
import { ROOT } from "./install.mjs";
import { build, isBuilt } from "./launcher/build";

const distDir = process.env.DIST_DIR || ".next-standalone";
const to = resolve(process.argv[2] ?? join(ROOT, distDir, "run"));

/** What an operator runs beside the server: `node tools/NAME.mjs`. */
const TOOLS = {
  worker: "lib/jobs/worker.ts",
  prepare: "scripts/prepare.ts",
  "db-ahead": "scripts/db-ahead.ts",
  "db-slow": "scripts/db-slow.ts",
  doctor: "scripts/doctor.ts",
  reconcile: "scripts/reconcile.ts",
  backup: "scripts/backup.ts",
  restore: "scripts/restore.ts",
  "user-create": "scripts/user-create.ts",
  "user-role": "scripts/user-role.ts",
  sandbox: "lib/gateway/sandbox/server.ts",
};
const isNoTest = (path: string) => !path.endsWith(".test.ts");

// Next writes the folder of its types into the compiler's settings; this one is not for editors.
async function buildKeeping(file: string): Promise<void> {
  const before = readFileSync(file);
  await build(ROOT, distDir, (line) => line && console.log(line)).finally(() => writeFileSync(file, before));
}

async function assemble(): Promise<void> {
  rmSync(to, { recursive: true, force: true });
  cpSync(join(ROOT, distDir, "standalone"), to, { recursive: true, verbatimSymlinks: true });
  cpSync(join(ROOT, distDir, "static"), join(to, distDir, "static"), { recursive: true });
  cpSync(join(ROOT, "public"), join(to, "public"), { recursive: true });
  cpSync(join(ROOT, "db", "migrations"), join(to, "tools", "migrations"), { recursive: true });
  // Next takes along what lies beside the pages that it read.
  for (const name of ["docs", "README.md", "AGENTS.md"])
    rmSync(join(to, name), { recursive: true, force: true });
  // The cache handlers are loaded by their path, and Redis only where it is set.
  cpSync(join(ROOT, "lib", "caching"), join(to, "lib", "caching"), { recursive: true, filter: isNoTest });
  for (const name of ["redis", "@redis"])
    cpSync(join(ROOT, "node_modules", name), join(to, "node_modules", name), { recursive: true });
  const missing = PACKAGES.filter((name) => !existsSync(join(to, "node_modules", name, "package.json")));
  if (missing.length > 0) throw new Error(`The build did not take along ${missing.join(", ")}.`);
  await bundle({
    entryPoints: Object.fromEntries(Object.entries(TOOLS).map(([name, file]) => [name, join(ROOT, file)])),
    outdir: join(to, "tools"),
    outExtension: { ".js": ".mjs" },
    splitting: true,
    chunkNames: "chunk-[hash]",
    ...FOR_NODE,
  });
  writeFileSync(join(to, "start.mjs"), START);
  console.log(`  ✓ tools: ${readdirSync(join(to, "tools")).length} files`);
}

// The settings are looked at and the database is brought up to date before anything listens.
const START = `// Prepares the database, then serves. \`node start.mjs\`
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const prepared = spawnSync(process.execPath, [fileURLToPath(new URL("./tools/prepare.mjs", import.meta.url))], {
  stdio: "inherit",
  env: { ...process.env, APP_NAME: "tallystick-prepare" },
});
if (prepared.status !== 0) process.exit(prepared.status ?? 1);
process.title = "tallystick-web";
// Before Next listens: stopping is ours, and so is every answer from the first on.
process.env.NEXT_MANUAL_SIG_HANDLE = "1";
const { installGuard } = await import("./lib/csp/guard.mjs");
installGuard(fileURLToPath(new URL("./${distDir}", import.meta.url)));
await import("./server.js");
`;

process.env.BUILD_OUTPUT = "standalone";
if (!isBuilt(ROOT, distDir)) await buildKeeping(join(ROOT, "tsconfig.json"));
await assemble();
console.log(`  ✓ ${to}: node start.mjs`);
