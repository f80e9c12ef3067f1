/** What a process of the shop has used, from /proc: the benches run on Linux. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The process of a part of the shop ("web", "worker"). */
export function pidOf(dataDir: string, name: string): number {
  return (JSON.parse(readFileSync(join(dataDir, "run", `${name}.json`), "utf8")) as { pid: number }).pid;
}

/** Milliseconds of user and system time. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Megabytes of memory that it holds now. */
export function memoryOf(pid: number): number {
  const found = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Math.round(Number(found?.[1] ?? 0) / 1024);
}
