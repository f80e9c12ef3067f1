/** The data folder: made if missing, tried out before anything relies on it. */
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { asProblem, Problem } from "./problem";

const MIB = 1024 * 1024;
// A fresh database takes 60 MiB and the demo's pictures about as much again.
const FIRST_MIB = 300;
const LATER_MIB = 30;
// Less than one segment of PostgreSQL's journal.
const EXHAUSTED_MIB = 16;

/** Makes sure that the folder can be written and has room. Throws a `Problem` when not. */
export function prepareFolder(dataDir: string): void {
  const probe = join(dataDir, ".probe");
  try {
    makeFolder(dataDir);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw asProblem(error, dataDir);
  }
  const free = freeMib(dataDir);
  const needed = existsSync(join(dataDir, "secrets.json")) ? LATER_MIB : FIRST_MIB;
  if (free < needed) {
    throw new Problem(
      `The disk that holds ${dataDir} is full (${free} MiB free, ${needed} needed): free some space there, or set DATA_DIR to a folder on another disk.`,
    );
  }
}

/** What a failure means: a full disk shows in many ways, the least clear of which is a database that went away. */
export function explain(error: unknown, dataDir: string): unknown {
  const told = asProblem(error, dataDir);
  if (told instanceof Problem || freeMib(dataDir) >= EXHAUSTED_MIB) return told;
  return asProblem(Object.assign(new Error("full", { cause: error }), { code: "ENOSPC" }), dataDir);
}

function freeMib(dataDir: string): number {
  const disk = statfsSync(dataDir);
  return Math.floor((disk.bavail * disk.bsize) / MIB);
}

/** Not mkdir's own `recursive`: where a file system answers ENOENT to every mkdir (/proc), Node loops for ever. */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), mode);
  mkdirSync(path, mode);
}
