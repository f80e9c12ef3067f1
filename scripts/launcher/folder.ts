/** The data folder: made if missing, tried out before anything relies on it. */
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asProblem, Problem } from "./problem";

const MIB = 1024 * 1024;
// A fresh database takes 60 MiB and the demo's pictures about as much again.
const FIRST_MIB = 300;
const LATER_MIB = 30;

/** Makes sure that the folder can be written and has room. Throws a `Problem` when not. */
export function prepareFolder(dataDir: string): void {
  const probe = join(dataDir, ".probe");
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw asProblem(error, dataDir);
  }
  const disk = statfsSync(dataDir);
  const free = Math.floor((disk.bavail * disk.bsize) / MIB);
  const needed = existsSync(join(dataDir, "secrets.json")) ? LATER_MIB : FIRST_MIB;
  if (free < needed) {
    throw new Problem(
      `The disk that holds ${dataDir} is full (${free} MiB free, ${needed} needed): free some space there, or set DATA_DIR to a folder on another disk.`,
    );
  }
}
