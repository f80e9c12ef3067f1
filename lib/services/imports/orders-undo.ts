/** Imports: an order of the former shop is taken back, unless a later import changed it or its customer was erased. */
import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { variants } from "@/db/schema/catalog";
import { formerOrders } from "@/db/schema/former-orders";
import { importRows } from "@/db/schema/imports";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import type { KeptLine, KeptOrder } from "@/lib/domain/imports/order-difference";
import { asColumns, replaceLines } from "./write-order";

const EMPTY = { externalId: null, email: null, address: null, note: null, tags: [] as string[] };

/** Takes one order back. Answers why it stays; nothing where it is as it was. */
export async function undoOrder(_system: System, rowId: string): Promise<string | null> {
  return withTx(async (tx) => {
    const [row] = await tx.select().from(importRows).where(eq(importRows.id, rowId)).for("update");
    const kept = row?.before as KeptOrder | null | undefined;
    if (!kept || row?.undo !== null) return null;
    const [order] = await tx
      .select()
      .from(formerOrders)
      .where(eq(formerOrders.id, kept.orderId))
      .for("update");
    const why = order ? await takeBack(tx, kept, order) : null;
    await tx
      .update(importRows)
      .set({ undo: why ?? "" })
      .where(eq(importRows.id, rowId));
    return why;
  });
}

async function takeBack(
  tx: Tx,
  kept: KeptOrder,
  order: typeof formerOrders.$inferSelect,
): Promise<string | null> {
  // Deleted, it would come back with the file, name and all.
  if (order.erasedAt) return "its customer was erased: it stays without a name";
  if (order.version !== kept.version) return "a later import changed it: undo that one first";
  if (kept.isNew) {
    await tx.delete(formerOrders).where(eq(formerOrders.id, order.id));
    return null;
  }
  await tx
    .update(formerOrders)
    .set({
      ...asColumns(kept.was),
      ...Object.fromEntries(kept.filled.map((field) => [field, EMPTY[field]])),
      // As before: the import before this one can be taken back then.
      version: kept.version - 1,
    })
    .where(and(eq(formerOrders.id, order.id), eq(formerOrders.version, kept.version)));
  if (kept.lines) await replaceLines(tx, order.id, await thoseThere(tx, kept.lines.was));
  return null;
}

/** A variant that was deleted since cannot be named again. */
async function thoseThere(tx: Tx, lines: readonly KeptLine[]): Promise<KeptLine[]> {
  const ids = lines.flatMap(({ variantId }) => variantId ?? []);
  if (ids.length === 0) return [...lines];
  const rows = await tx.select({ id: variants.id }).from(variants).where(inArray(variants.id, ids));
  const there = new Set(rows.map(({ id }) => id));
  return lines.map((line) => ({
    ...line,
    variantId: there.has(line.variantId ?? "") ? line.variantId : null,
  }));
}
