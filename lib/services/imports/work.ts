/** Imports by job: a slice of a dry run, a run or an undo at a time, going on where the last one stopped or died. */
import { eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { now } from "@/db/schema/columns";
import { imports } from "@/db/schema/imports";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { ImportProblem, isColumn } from "@/lib/domain/imports/columns";
import { CUSTOMERS, isOfPeople } from "@/lib/domain/imports/views";
import { enqueue } from "@/lib/queue";
import { customersSlice } from "./customers-work";
import type { DownloadLimits } from "./download";
import { fileOf, forgetFile, placeOf } from "./kept-file";
import { importGroup } from "./one";
import { ordersSlice } from "./orders-work";
import { putAside, takeUp } from "./paused";
import { Pictures } from "./pictures";
import { prepare } from "./prepare";
import { RunOver } from "./record";
import { undoSlice } from "./undo";
import { undoPeopleSlice } from "./undo-people";

/** A job that takes longer than a quarter of an hour counts as dead: a long import is many short jobs. */
const SLICE_MS = 60_000;

export interface Limits {
  readonly sliceMs?: number;
  /** The worker stops: what is begun is finished, the rest is for the next job. */
  readonly signal?: AbortSignal | undefined;
  readonly downloads?: DownloadLimits;
}

type ImportRow = typeof imports.$inferSelect;

/** Does what the import waits for, or nothing where it waits for nothing. @throws DatabaseFailure */
export async function workOn(system: System, importId: string, limits: Limits = {}): Promise<void> {
  const [row] = await db.select().from(imports).where(eq(imports.id, importId));
  if (!row) return;
  const until = performance.now() + (limits.sliceMs ?? SLICE_MS);
  const isOver = () => performance.now() > until || limits.signal?.aborted === true;
  try {
    if (row.status === "undoing") {
      const slice = isOfPeople(row) ? undoPeopleSlice : undoSlice;
      if (await slice(system, row, isOver)) return;
    } else if (row.status === "checking" || row.status === "running") {
      if (await runSlice(system, row, row.status, isOver, limits.downloads)) return;
    } else return;
  } catch (error) {
    if (error instanceof RunOver) return;
    if (!(error instanceof ImportProblem)) throw error;
    await close(row, "failed", error.message.replace(placeOf(row.id), `"${row.fileName}"`));
    return;
  }
  await withTx((tx) => enqueue(tx, "imports.work", { importId }));
}

/** Answers whether the file is through. */
async function runSlice(
  system: System,
  row: ImportRow,
  during: "checking" | "running",
  isOver: () => boolean,
  downloads: DownloadLimits = {},
): Promise<boolean> {
  const rehearse = during === "checking";
  if (isOfPeople(row)) {
    const slice = row.format === CUSTOMERS ? customersSlice : ordersSlice;
    if (!(await slice(system, row, during, isOver))) return false;
    await close(row, rehearse ? "checked" : "finished", null);
    if (!rehearse) await forgetFile(row.id);
    return true;
  }
  const chosen = row.mapping?.columns.map((column) => (column !== null && isColumn(column) ? column : null));
  const spot = { importId: row.id, path: await fileOf(row.id), chosen };
  const reading = await takeUp({ ...spot, done: row.groupsDone });
  const { file, groups } = reading;
  const { setStock = false, images = true, isOwnerGiven = true } = row.options ?? {};
  const prepared = await prepare(system, {
    fileName: row.fileName,
    ownerId: row.ownerId ?? undefined,
    setStock,
    slugs: file.slugs,
  });
  const context = { ...prepared, isOwnerGiven, isOwners: isOwnerGiven, userId: row.startedBy };
  await db.update(imports).set({ rowsTotal: file.rows }).where(eq(imports.id, row.id));
  const pictures = rehearse || !images ? null : new Pictures(downloads);
  for (let group = row.groupsDone + 1; ; group += 1) {
    if (isOver()) {
      await putAside({ ...spot, done: group - 1 }, reading);
      return false;
    }
    const next = await groups.next();
    if (next.done) break;
    const place = { importId: row.id, group, during };
    try {
      await importGroup(context, file, next.value, { place, pictures, rehearse });
    } catch (error) {
      await groups.return(undefined);
      throw error;
    }
  }
  await close(row, rehearse ? "checked" : "finished", null);
  return true;
}

async function close(row: ImportRow, status: "checked" | "finished" | "failed", message: string | null) {
  await db
    .update(imports)
    .set({
      status,
      message,
      summary: await summaryOf(row.id),
      // A trial that failed did nothing: there is nothing to go on with, and nothing to undo.
      ...(row.status === "checking" && status === "failed" ? { groupsDone: 0, rowsDone: 0 } : {}),
      ...(status === "checked" ? {} : { finishedAt: now as unknown as Date }),
    })
    .where(sql`${imports.id} = ${row.id} AND ${imports.status} = ${row.status}`);
}

/** Products and rows by outcome, counted from what was noted. */
async function summaryOf(importId: string): Promise<Record<string, unknown>> {
  const counted = await db.execute<{ outcome: string; rows: number; products: number }>(sql`
    SELECT outcome, count(*)::int AS rows, count(lines)::int AS products FROM import_rows
    WHERE import_id = ${importId} GROUP BY outcome`);
  const of = (what: "rows" | "products") =>
    Object.fromEntries(counted.map((line) => [line.outcome, line[what]]));
  return { rows: of("rows"), products: of("products") };
}
