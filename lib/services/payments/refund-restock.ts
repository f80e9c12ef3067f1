/** Refunded goods back on the shelf: the line's own counters decide, so that no piece is put back twice. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import { putBack } from "@/lib/services/inventory/reserve";
import type { Order } from "@/lib/services/orders/access";

/**
 * Puts pieces of a locked order back. Those that were not sent yet are taken off the order (`cancelled_quantity`),
 * those that were count as returned (`returned_quantity`); what is beyond both was put back before and is left out.
 */
export async function restock(
  tx: Tx,
  order: Order,
  pieces: readonly { readonly orderLineId: string; readonly quantity: number }[],
): Promise<void> {
  if (pieces.length === 0) return;
  const lines = await tx
    .select({ line: orderLines, part: fulfilments.status })
    .from(orderLines)
    .innerJoin(
      fulfilments,
      and(eq(fulfilments.orderId, orderLines.orderId), eq(fulfilments.ownerId, orderLines.ownerId)),
    )
    .where(
      and(
        eq(orderLines.orderId, order.id),
        inArray(
          orderLines.id,
          pieces.map((piece) => piece.orderLineId),
        ),
      ),
    );
  const back = [];
  for (const { line, part } of lines) {
    const wanted = pieces
      .filter((piece) => piece.orderLineId === line.id)
      .reduce((sum, piece) => sum + piece.quantity, 0);
    // What was never sent of a cancelled order or part went back when it was cancelled.
    const isGone = order.status === "cancelled" || part === "cancelled";
    const unsent = isGone ? 0 : line.quantity - line.shippedQuantity - line.cancelledQuantity;
    const off = Math.min(wanted, unsent);
    const returned = Math.min(wanted - off, line.shippedQuantity - line.returnedQuantity);
    if (off + returned <= 0) continue;
    await tx
      .update(orderLines)
      .set({
        cancelledQuantity: sql`${orderLines.cancelledQuantity} + ${off}`,
        returnedQuantity: sql`${orderLines.returnedQuantity} + ${returned}`,
      })
      .where(eq(orderLines.id, line.id));
    back.push({ variantId: line.variantId, quantity: off + returned });
  }
  await putBack(tx, order.id, back);
}
