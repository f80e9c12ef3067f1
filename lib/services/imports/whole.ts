/** Imports of people on the command line: a whole file in one go, its record opened before it and closed whatever happens. */
import { basename } from "node:path";
import { begin, finish, type Place } from "./record";
import { Report } from "./report";

interface Whole {
  readonly path: string;
  readonly hash: string;
  readonly format: string;
  readonly rows: number;
  /** Nothing is recorded. */
  readonly dryRun: boolean;
}

/** Runs `work`, which adds to the report and notes each group of rows at its place; the places of a trial are null. */
export async function importWhole(
  { path, hash, format, rows, dryRun }: Whole,
  work: (report: Report, placeOf: (group: number) => Place | null) => Promise<void>,
): Promise<Report> {
  const run = {
    fileName: basename(path),
    fileHash: hash,
    format,
    ownerId: null,
    startedBy: null,
    rowsTotal: rows,
  };
  const importId = dryRun ? null : await begin(run);
  const report = new Report(importId, "", rows);
  try {
    await work(report, (group) => (importId ? { importId, group, during: "running" } : null));
  } catch (error) {
    if (importId) await finish(importId, "failed", report.summary()).catch(() => {});
    throw error;
  }
  if (importId) await finish(importId, "finished", report.summary());
  return report;
}
