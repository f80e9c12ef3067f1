/** Refunded goods back on the shelf: the line's own counters decide, so that no piece is put back twice. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import type { Actor } from "@/lib/domain/actors";
import { putBack } from "@/lib/services/inventory/reserve";
import type { Order } from "@/lib/services/orders/access";
import { callOffLines } from "@/lib/services/orders/call-off";

interface Piece {
  readonly orderLineId: string;
  readonly quantity: number;
}

/**
 * Puts pieces of a locked order back. Those that were not sent yet are taken off the order, and its parts follow; those
 * that were count as returned. What is beyond both was put back before and is left out. Answers the order as it is
 * then: cancelled where nothing of it is left to be sent.
 */
export async function restock(
  tx: Tx,
  actor: Actor,
  order: Order,
  pieces: readonly Piece[],
  reason: string,
): Promise<Order> {
  const shelved = await splitUp(tx, order, pieces);
  const off = shelved.filter((line) => line.off > 0).map((line) => ({ ...line, quantity: line.off }));
  const followed = await takeOff(tx, actor, order, off, reason);
  for (const { orderLineId, returned } of shelved) {
    if (returned === 0) continue;
    await tx
      .update(orderLines)
      .set({ returnedQuantity: sql`${orderLines.returnedQuantity} + ${returned}` })
      .where(eq(orderLines.id, orderLineId));
  }
  const back = shelved.map((line) => ({ ...line, quantity: line.off + line.returned }));
  await putBack(
    tx,
    order.id,
    back.filter((line) => line.quantity > 0),
  );
  return followed;
}

/** Items of a line in parcels that were lost or came back: taken in, or written off, when that was told. */
const ASTRAY = sql<number>`COALESCE((SELECT sum(i.quantity) FROM shipment_items i JOIN shipments s ON s.id = i.shipment_id
  WHERE i.order_line_id = ${orderLines.id} AND s.status IN ('lost', 'returned')), 0)`;

/** How many of the pieces were not sent yet, and how many were and are not back. */
async function splitUp(tx: Tx, order: Order, pieces: readonly Piece[]) {
  if (pieces.length === 0) return [];
  const wanted = new Map<string, number>();
  for (const { orderLineId, quantity } of pieces)
    wanted.set(orderLineId, (wanted.get(orderLineId) ?? 0) + quantity);
  const lines = await tx
    .select({ line: orderLines, part: fulfilments.status, astray: ASTRAY.mapWith(Number) })
    .from(orderLines)
    .innerJoin(
      fulfilments,
      and(eq(fulfilments.orderId, orderLines.orderId), eq(fulfilments.ownerId, orderLines.ownerId)),
    )
    .where(and(eq(orderLines.orderId, order.id), inArray(orderLines.id, [...wanted.keys()])));
  return lines.map(({ line, part, astray }) => {
    const quantity = wanted.get(line.id) ?? 0;
    // What was never sent of a cancelled order or part went back when it was cancelled.
    const isGone = order.status === "cancelled" || part === "cancelled";
    const unsent = isGone ? 0 : line.quantity - line.shippedQuantity - line.cancelledQuantity;
    const off = Math.min(quantity, unsent);
    const arrived = line.shippedQuantity - astray - line.returnedQuantity;
    const returned = Math.min(quantity - off, Math.max(0, arrived));
    return { orderLineId: line.id, variantId: line.variantId, off, returned };
  });
}

async function takeOff(
  tx: Tx,
  actor: Actor,
  order: Order,
  off: readonly Piece[],
  reason: string,
): Promise<Order> {
  if (off.length === 0) return order;
  const isOpen = order.status === "confirmed" || order.status === "processing";
  if (isOpen && (actor.kind === "admin" || actor.kind === "owner"))
    return (await callOffLines(tx, actor, order, off, reason)).order;
  for (const { orderLineId, quantity } of off)
    await tx
      .update(orderLines)
      .set({ cancelledQuantity: sql`${orderLines.cancelledQuantity} + ${quantity}` })
      .where(eq(orderLines.id, orderLineId));
  return order;
}
