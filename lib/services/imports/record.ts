/** Imports: what each run and each line of its file did, kept so that it can be read and undone later. */
import { and, eq, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { importRows, imports } from "@/db/schema/imports";
import { lineRange } from "@/lib/domain/imports/groups";
import type { Note } from "@/lib/domain/imports/note";

export type Outcome = "created" | "updated" | "unchanged" | "skipped" | "failed";

/** How a product of the file fared; every one of its lines shares the outcome. */
export interface Result {
  readonly handle: string;
  readonly lines: readonly number[];
  readonly outcome: Outcome;
  /** Why it failed or was skipped; null otherwise. */
  readonly message: string | null;
  readonly notes: readonly Note[];
  readonly before: Record<string, unknown> | null;
}

/** Where in a run a product stands: the run, its place in the file counted from 1, and the state the run must be in. */
export interface Place {
  readonly importId: string;
  readonly group: number;
  readonly during: "running" | "checking";
}

/** Somebody stopped the run, or it runs elsewhere: nothing more may be written in its name. */
export class RunOver extends Error {
  override name = "RunOver";
}

const BATCH = 1_000;

/** Opens the record of a run; answers its id. */
export async function begin(run: {
  fileName: string;
  fileHash: string;
  /** What kind of file it was: "columns", "woocommerce", "customers" or "orders". */
  format: string;
  /** Whose goods they are; null where they are nobody's. */
  ownerId: string | null;
  startedBy: string | null;
  rowsTotal: number;
}): Promise<string> {
  const id = newId();
  await db.insert(imports).values({ id, ...run });
  return id;
}

/**
 * Notes a product's lines, in the transaction that wrote the product.
 * @throws RunOver where the run is not in that state, or the product was noted already.
 */
export async function note(tx: Tx, { importId, group, during }: Place, result: Result): Promise<void> {
  const { handle, lines, outcome, message, notes, before } = result;
  const remarks = new Map<number, string[]>();
  for (const { line, text } of notes) remarks.set(line, [...(remarks.get(line) ?? []), text]);
  const rows = lines.map((line, i) => ({
    id: newId(),
    importId,
    line,
    handle: handle.slice(0, 255),
    outcome,
    message: [...(i === 0 && message ? [message] : []), ...(remarks.get(line) ?? [])].join("; ") || null,
    lines: i === 0 ? lineRange(lines) : null,
    before: i === 0 ? before : null,
  }));
  const failed = outcome === "failed" ? lines.length : 0;
  const taken = await tx
    .update(imports)
    .set({
      groupsDone: group,
      rowsDone: sql`${imports.rowsDone} + ${lines.length}`,
      rowsFailed: sql`${imports.rowsFailed} + ${failed}`,
    })
    .where(
      and(eq(imports.id, importId), eq(imports.status, during), sql`${imports.groupsDone} = ${group - 1}`),
    )
    .returning({ id: imports.id });
  if (taken.length === 0) throw new RunOver("the import was stopped, or this product is noted already");
  for (let from = 0; from < rows.length; from += BATCH)
    await tx.insert(importRows).values(rows.slice(from, from + BATCH));
}

/** Closes the record. */
export async function finish(
  importId: string,
  status: "finished" | "failed",
  summary: Record<string, unknown>,
): Promise<void> {
  await db
    .update(imports)
    .set({ status, summary, finishedAt: now as unknown as Date })
    .where(eq(imports.id, importId));
}
