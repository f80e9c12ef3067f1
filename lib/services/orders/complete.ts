/** Completes orders: after the return window, once nothing is open any more, owners have earned. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines, orders } from "@/db/schema/orders";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { ratio } from "@/lib/domain/money";
import { enqueue } from "@/lib/queue";
import { takeLostShares } from "@/lib/services/ledger/lost-shares";
import { post } from "@/lib/services/ledger/post";
import { lineCompleted } from "@/lib/services/ledger/sales";
import { lockOrder, type Order } from "./access";
import { transition } from "./transition";

declare module "@/lib/queue" {
  interface Jobs {
    "orders.complete": { orderId: string };
    /** The courier brought the cash: payments' business, which stands above orders. */
    "payments.collect": { orderId: string };
  }
}

/** What holds an order that was delivered: a return that is not decided, cash that did not come. Expects `orders`. */
export const HELD_BY_OTHERS = sql`(
  EXISTS (SELECT FROM returns r WHERE r.order_id = orders.id AND r.status IN ('requested', 'approved', 'received'))
  OR EXISTS (SELECT FROM payments p WHERE p.order_id = orders.id AND p.status IN ('pending', 'processing', 'failed')))`;

/** End of the return window. Expects `orders`, delivered. */
export const WINDOW_END = sql`(orders.delivered_at + make_interval(days => (SELECT return_window_days FROM settings WHERE id = 1)))`;

/**
 * The order is done and its owners' shares become payable: each line's net, less what of it was given back. Answers
 * false, changing nothing, while it is disputed, a return is open or its cash is not collected, and the second time.
 * The clock is the caller's business: `completeWhenDue` looks at it.
 */
export async function complete(system: System, orderId: string): Promise<boolean> {
  return withTx(async (tx) => {
    const order = await lockOrder(tx, system, orderId);
    if (order.status !== "delivered" || order.isDisputed || (await isHeld(tx, orderId))) return false;
    await transition(tx, system, order, "complete");
    for (const line of await earnedOf(tx, order)) {
      const commission = ratio(line.net, line.commission, 1_000_000);
      await post(tx, lineCompleted({ ...line, orderId, commission, currency: order.currency }));
    }
    await takeLostShares(tx, order);
    return true;
  });
}

/** The job: completes an order whose return window is over; one that came too early is planned again. */
export async function completeWhenDue(system: System, orderId: string): Promise<boolean> {
  const isEarly = await withTx(async (tx) => {
    const [early] = await tx
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.id, orderId), eq(orders.status, "delivered"), sql`${WINDOW_END} > shop_now()`));
    if (early) await planCompletion(tx, orderId);
    return early !== undefined;
  });
  return isEarly ? false : complete(system, orderId);
}

/**
 * Plans the completion of a delivered order for the end of its return window, or at once where that is over.
 * Whoever ends what held it (a return, a dispute, open cash) calls this in the same transaction.
 */
export async function planCompletion(tx: Tx, orderId: string): Promise<void> {
  const [window] = await tx
    .select({ end: sql<string>`${WINDOW_END}` })
    .from(orders)
    .innerJoin(settings, eq(settings.id, 1))
    .where(and(eq(orders.id, orderId), eq(orders.status, "delivered")));
  if (!window) return;
  const runAt = new Date(window.end);
  await enqueue(tx, "orders.complete", { orderId }, { key: `orders.complete:${orderId}`, runAt });
}

/** An order that was just delivered: its cash is collected, its completion planned. */
export async function afterDelivery(tx: Tx, order: Order): Promise<void> {
  const { id: orderId } = order;
  if (order.paymentMethod === "cash_on_delivery")
    await enqueue(tx, "payments.collect", { orderId }, { key: `payments.collect:${orderId}` });
  await planCompletion(tx, orderId);
}

async function isHeld(tx: Tx, orderId: string): Promise<boolean> {
  const [held] = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.id, orderId), HELD_BY_OTHERS));
  return held !== undefined;
}

/** Each line's net in minor units: after discount, without tax, less what refunds that did not fail gave back of it. */
async function earnedOf(tx: Tx, order: Order) {
  // Written out: in a query over one table Drizzle leaves the tables' names away.
  const back = sql<number>`COALESCE((SELECT sum(f.amount - f.tax) FROM refund_lines f
    JOIN refunds r ON r.id = f.refund_id AND r.status <> 'failed' WHERE f.order_line_id = order_lines.id), 0)`;
  const lines = await tx
    .select({
      id: orderLines.id,
      ownerId: orderLines.ownerId,
      commission: orderLines.commission,
      paid: sql<number>`${orderLines.total} - ${orderLines.tax}`.mapWith(Number),
      back: back.mapWith(Number),
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id))
    .orderBy(orderLines.position);
  return lines.map(({ paid, back: given, ...line }) => ({ ...line, net: paid - given }));
}
