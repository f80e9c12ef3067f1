/** Builds the app, but only when its source is not the one that was built last. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "./problem";

// What cannot change the app: tests, tools, data, and whatever git does not track anyway.
const SKIP = new Set([
  "node_modules",
  "e2e",
  "bench",
  "docs",
  "scripts",
  "coverage",
  "shots",
  "test-results",
  "playwright-report",
]);
const SKIP_FILE = /\.test\.tsx?$|\.tsbuildinfo$|\.md$|^next-env\.d\.ts$/;

/** A fingerprint of everything that goes into a build. */
export function sourceHash(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`${name}=${value}\0`);
  }
  for (const file of filesUnder(root, ""))
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

/** Is the last build made of today's source? */
export function isBuilt(root: string, distDir: string): boolean {
  const stamp = join(root, distDir, "source-hash");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourceHash(root);
}

/** Runs `next build`; `note` hears its lines. Throws a `Problem` with what it said when it fails. */
export async function build(
  root: string,
  distDir: string,
  note: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const hash = sourceHash(root);
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const said: string[] = [];
  const code = await new Promise<number | null>((done, failed) => {
    const child = spawn(process.execPath, [next, "build"], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", DIST_DIR: distDir },
      stdio: ["ignore", "pipe", "pipe"],
      signal,
    });
    const hear = (chunk: string) => {
      for (const line of chunk
        .split("\n")
        .map((text) => text.trim())
        .filter(Boolean)) {
        said.push(line);
        note(line.slice(0, 70));
      }
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.once("error", failed);
    child.once("close", done);
  });
  if (code !== 0) {
    throw new Problem(
      `The app does not build; mend what Next says and start again:\n\n${said.slice(-40).join("\n")}`,
    );
  }
  mkdirSync(join(root, distDir), { recursive: true });
  writeFileSync(join(root, distDir, "source-hash"), hash);
  note("");
}

function filesUnder(root: string, folder: string): string[] {
  const found: string[] = [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.name.startsWith(".") || SKIP.has(path) || SKIP_FILE.test(entry.name)) continue;
    if (entry.isDirectory()) found.push(...filesUnder(root, path));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}
