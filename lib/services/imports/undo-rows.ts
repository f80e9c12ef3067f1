/** The rows of an import that are still to be taken back, a handful at a time, however often it is interrupted. */
import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { db } from "@/db/client";
import { importRows } from "@/db/schema/imports";

const AT_ONCE = 50;

/** Calls `undo` for each until `isOver`. Answers whether all are done. @throws DatabaseFailure, and what `undo` throws */
export async function undoRows(
  importId: string,
  isOver: () => boolean,
  undo: (rowId: string) => Promise<unknown>,
): Promise<boolean> {
  for (;;) {
    const rows = await db
      .select({ id: importRows.id })
      .from(importRows)
      .where(and(eq(importRows.importId, importId), isNotNull(importRows.before), isNull(importRows.undo)))
      .orderBy(asc(importRows.line))
      .limit(AT_ONCE);
    if (rows.length === 0) return true;
    for (const { id } of rows) {
      if (isOver()) return false;
      await undo(id);
    }
  }
}
