/** Imports: a whole file in one go, for the command line; in the browser it is done by jobs (work.ts). */
import { basename } from "node:path";
import { type Staff, type System, userIdOf } from "@/lib/domain/actors";
import type { DownloadLimits } from "./download";
import { groupsOf, survey } from "./file";
import { importGroup } from "./one";
import { Pictures } from "./pictures";
import { prepare } from "./prepare";
import { begin, finish } from "./record";
import { Report } from "./report";

export interface ImportInput {
  /** Where the file lies. */
  readonly path: string;
  /** Its name for people; that of the path when left out. */
  readonly fileName?: string;
  /** Slug of the shop that sells the goods; the oldest one when left out. An owner always imports for themselves. */
  readonly owner?: string | undefined;
  /** Does everything and keeps nothing; loads no pictures. */
  readonly dryRun?: boolean;
  readonly images?: boolean;
  /** Sets the stock of variants that are there already to the file's numbers. */
  readonly setStock?: boolean;
  /** For tests: which addresses pictures may come from. */
  readonly downloads?: DownloadLimits;
}

export interface Progress {
  readonly rows: number;
  readonly rowsTotal: number;
  readonly product: string;
}

/**
 * Imports a file. Products that cannot be imported are in the report with their lines; all others are in the shop.
 * @throws ImportProblem where nothing can be imported at all: one sentence that says why.
 */
export async function run(
  actor: Staff | System,
  input: ImportInput,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Report> {
  const file = await survey(input.path);
  const fileName = input.fileName ?? basename(input.path);
  const { owner, setStock = false, dryRun = false } = input;
  const context = await prepare(actor, { fileName, owner, setStock, slugs: file.slugs });
  const importId = dryRun
    ? null
    : await begin({
        fileName,
        fileHash: file.hash,
        format: file.format,
        ownerId: context.owner.id,
        startedBy: userIdOf(actor),
        rowsTotal: file.rows,
      });
  const report = new Report(importId, context.owner.name, file.rows);
  const pictures = input.images === false || dryRun ? null : new Pictures(input.downloads);
  try {
    let place = 0;
    for await (const group of groupsOf(file)) {
      place += 1;
      const at = importId ? ({ importId, group: place, during: "running" } as const) : null;
      const done = await importGroup(context, file, group, { place: at, pictures, rehearse: dryRun });
      report.add(done.result, done);
      onProgress({ rows: report.rowsDone, rowsTotal: file.rows, product: group.handle });
    }
  } catch (error) {
    if (importId) await finish(importId, "failed", report.summary()).catch(() => {});
    throw error;
  }
  if (importId) await finish(importId, "finished", report.summary());
  return report;
}
