/** Imports of people, customers and orders alike: taken back in slices by job, or in one go on the command line. */
import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { now } from "@/db/schema/columns";
import { importRows, imports } from "@/db/schema/imports";
import type { System } from "@/lib/domain/actors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { CUSTOMERS, isOfPeople } from "@/lib/domain/imports/views";
import { undoCustomer } from "./customers-undo";
import { forgetFile } from "./kept-file";
import { undoOrder } from "./orders-undo";
import { undoRows } from "./undo-rows";

type Run = typeof imports.$inferSelect;

export interface Undone {
  readonly undone: number;
  /** Lines whose account or order stays, and why. */
  readonly left: readonly { readonly line: number; readonly why: string }[];
}

const rowUndo = ({ format }: Pick<Run, "format">) => (format === CUSTOMERS ? undoCustomer : undoOrder);

/** Takes accounts or orders back until `isOver`. Answers whether all are done. @throws DatabaseFailure */
export async function undoPeopleSlice(system: System, run: Run, isOver: () => boolean): Promise<boolean> {
  const undo = rowUndo(run);
  if (!(await undoRows(run.id, isOver, (rowId) => undo(system, rowId)))) return false;
  const left = await db.$count(
    importRows,
    and(eq(importRows.importId, run.id), sql`${importRows.undo} <> ''`),
  );
  await db
    .update(imports)
    .set({ status: "undone", finishedAt: now as unknown as Date, summary: { ...run.summary, left } })
    .where(and(eq(imports.id, run.id), eq(imports.status, "undoing")));
  await forgetFile(run.id);
  return true;
}

/**
 * Takes an import of people back: accounts that it made and nobody has used are gone, and orders that no later import
 * changed; what it filled in or changed elsewhere is as it was. Safe to repeat.
 * @throws ImportProblem where there is no such import
 */
export async function undoPeople(system: System, importId: string): Promise<Undone & { format: string }> {
  const [run] = await db.select().from(imports).where(eq(imports.id, importId));
  if (!run) throw new ImportProblem("There is no import of that number.");
  if (!isOfPeople(run))
    throw new ImportProblem("That is no import of customers or orders: undo it under /admin/import.");
  const undo = rowUndo(run);
  const rows = await db
    .select({ id: importRows.id, line: importRows.line })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), isNotNull(importRows.before), isNull(importRows.undo)))
    .orderBy(asc(importRows.line));
  const left: { line: number; why: string }[] = [];
  for (const { id, line } of rows) {
    const why = await undo(system, id);
    if (why) left.push({ line, why });
  }
  await db
    .update(imports)
    .set({ status: "undone", finishedAt: now as unknown as Date })
    .where(eq(imports.id, importId));
  return { undone: rows.length - left.length, left, format: run.format };
}
