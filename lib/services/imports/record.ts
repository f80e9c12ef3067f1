/** Imports: what each run and each line of its file did, kept so that it can be read and undone later. */
import { eq, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { importRows, imports } from "@/db/schema/imports";
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

const BATCH = 1_000;

/** Opens the record of a run; answers its id. */
export async function begin(run: {
  fileName: string;
  fileHash: string;
  ownerId: string;
  startedBy: string | null;
  rowsTotal: number;
}): Promise<string> {
  const id = newId();
  await db.insert(imports).values({ id, format: "shopify", ...run });
  return id;
}

/** Notes a product's lines, in the transaction that wrote the product. */
export async function note(tx: Tx, importId: string, result: Result): Promise<void> {
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
    before: i === 0 ? before : null,
  }));
  for (let from = 0; from < rows.length; from += BATCH)
    await tx.insert(importRows).values(rows.slice(from, from + BATCH));
  const failed = outcome === "failed" ? lines.length : 0;
  await tx
    .update(imports)
    .set({
      rowsDone: sql`${imports.rowsDone} + ${lines.length}`,
      rowsFailed: sql`${imports.rowsFailed} + ${failed}`,
    })
    .where(eq(imports.id, importId));
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
