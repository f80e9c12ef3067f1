/** Cash on delivery that nobody hands over: all of it for an order that ended, a part of it for pieces that never came. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import type { Actor } from "@/lib/domain/actors";
import { planRefund } from "@/lib/domain/refunds";
import type { Order } from "@/lib/services/orders/access";
import { requestRefund } from "./refund";
import { NOT_COLLECTED, readRefundable } from "./refund-left";
import { settleLocked } from "./refund-settle";

/** The order ended before its cash was handed over: nobody waits for it any more. Nothing is open: does nothing. */
export async function refuseCash(tx: Tx, _actor: Actor, order: Order): Promise<boolean> {
  const refused = await tx
    .update(payments)
    .set({ status: "cancelled" })
    .where(and(ofCash(order), eq(payments.status, "pending")))
    .returning({ id: payments.id });
  return refused.length > 0;
}

/**
 * Right after an order's cash was booked at its whole total: what the courier did not ask for, because it was called
 * off, lost or sent back, goes off the books again, out of the same account. The shopper hears nothing of it.
 * Answers it in minor units.
 */
export async function settleUncollected(tx: Tx, actor: Actor, order: Order): Promise<number> {
  const { refundId, amount } = await requestRefund(tx, actor, order, {
    lines: (await missingOf(tx, order)).map((line) => ({ ...line, restock: false })),
    shipping: 0,
    reason: "Not delivered and not collected",
    automatic: NOT_COLLECTED,
  });
  if (refundId)
    await settleLocked(tx, actor, order, refundId, { status: "succeeded", failureReason: null, id: null });
  return amount;
}

/** What the courier asks for, in minor units: the total less pieces that never come. 0 where no cash is awaited. */
export async function cashToCollect(tx: Tx, order: Order): Promise<number> {
  const [payment] = await tx
    .select()
    .from(payments)
    .where(and(ofCash(order), eq(payments.status, "pending")));
  if (!payment) return 0;
  const books = await readRefundable(tx, order, payment.id);
  return payment.amount - planRefund(books, { lines: await missingOf(tx, order), shipping: 0 }).amount;
}

const ofCash = ({ id }: Order) => and(eq(payments.orderId, id), eq(payments.provider, "manual"));

/** Pieces of a locked order that were called off, or went in parcels that were lost or came back. */
async function missingOf(tx: Tx, order: Order): Promise<{ orderLineId: string; quantity: number }[]> {
  const astray = sql`COALESCE((SELECT sum(i.quantity) FROM shipment_items i JOIN shipments s ON s.id = i.shipment_id
    WHERE i.order_line_id = ${sql.raw("order_lines.id")} AND s.status IN ('lost', 'returned')), 0)`;
  const missing = sql<number>`${orderLines.cancelledQuantity} + ${astray}`;
  return tx
    .select({ orderLineId: orderLines.id, quantity: missing.mapWith(Number) })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, order.id), sql`${missing} > 0`));
}
