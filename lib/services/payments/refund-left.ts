/** What of an order's payment may still be given back: read under the order's lock. */
import { and, asc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { disputes, payments, refundLines, refunds } from "@/db/schema/payments";
import { ShopError } from "@/lib/domain/errors";
import { formatMoney } from "@/lib/domain/money";
import type { RefundableOrder } from "@/lib/domain/refunds";
import type { Order } from "@/lib/services/orders/access";

/** The `automatic` of a refund that never left the shop: the courier asked for that much less. */
export const NOT_COLLECTED = "not_collected";

export type Payment = typeof payments.$inferSelect;

/** Only money that was booked as a sale: what came late or twice is owed as a whole and goes back by itself. */
const isSale = sql`EXISTS (SELECT FROM ledger_transactions t WHERE t.kind = 'captured' AND t.source_id = ${payments.id}::text)`;

/** The payment behind something of the gateway's: by intent, which is indexed; by charge only where it names none. */
export function paidBy({
  intentId,
  chargeId,
}: {
  intentId: string | null;
  chargeId: string | null;
}): SQL | undefined {
  if (intentId) return eq(payments.providerIntentId, intentId);
  return chargeId ? eq(payments.providerChargeId, chargeId) : undefined;
}

/** The payment that paid a locked order, locked too; undefined while nothing was paid. */
export async function lockSale(tx: Tx, orderId: string): Promise<Payment | undefined> {
  const [payment] = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, orderId), eq(payments.status, "paid"), isSale))
    .orderBy(asc(payments.createdAt))
    .limit(1)
    .for("update");
  return payment;
}

/**
 * Refuses a form that said another sum is left than there is: a dispute, or a refund that failed, changed it meanwhile
 * though nobody touched the order. @throws ShopError conflict, with the sum that is left
 */
export async function refuseIfLess(tx: Tx, order: Order, left: number | undefined, seen = 0): Promise<void> {
  if (left === undefined) return;
  const payment = await lockSale(tx, order.id);
  const stored = payment
    ? Math.max(0, payment.amount - payment.refunded - (await disputedOf(tx, payment.id)))
    : 0;
  if (stored === left) return;
  throw new ShopError("conflict", {
    what: "order",
    told: {
      who: "This order changed:",
      did: `${formatMoney(stored, order.currency)} may still be refunded, not ${formatMoney(left, order.currency)} as`,
      ago: "the form said",
      advice: "send it again if it is still right",
      version: seen,
    },
  });
}

/** Whether a payment paid for an order, unlike money that came late or twice. */
export async function paidForSale(tx: Tx, paymentId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.id, paymentId), isSale));
  return rows.length > 0;
}

/** What disputes hold or took of a payment: nobody may give that back a second time. */
export const disputedOf = (tx: Tx, paymentId: string): Promise<number> =>
  inDisputes(tx, paymentId, ["open", "lost"]);

/** What the bank took of a payment for good. */
export const lostOf = (tx: Tx, paymentId: string): Promise<number> => inDisputes(tx, paymentId, ["lost"]);

async function inDisputes(tx: Tx, paymentId: string, statuses: ("open" | "lost")[]): Promise<number> {
  const [row] = await tx
    .select({ sum: sql<number>`COALESCE(sum(${disputes.amount}), 0)`.mapWith(Number) })
    .from(disputes)
    .where(and(eq(disputes.paymentId, paymentId), inArray(disputes.status, statuses)));
  return row?.sum ?? 0;
}

/** The lines and the shipping of a locked order with what live refunds gave back of them. */
export async function readRefundable(tx: Tx, order: Order, paymentId: string): Promise<RefundableOrder> {
  const lines = await tx
    .select({
      id: orderLines.id,
      name: orderLines.productName,
      total: orderLines.total,
      tax: orderLines.tax,
      quantity: orderLines.quantity,
      refundedQuantity: orderLines.refundedQuantity,
      refunded: orderLines.refundedAmount,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.position));
  const live = and(eq(refunds.paymentId, paymentId), ne(refunds.status, "failed"));
  const taxes = await tx
    .select({ lineId: refundLines.orderLineId, tax: sql<number>`sum(${refundLines.tax})`.mapWith(Number) })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .where(live)
    .groupBy(refundLines.orderLineId);
  const [sums] = await tx
    .select({
      amount: sql<number>`COALESCE(sum(${refunds.amount}), 0)`.mapWith(Number),
      tax: sql<number>`COALESCE(sum(${refunds.tax}), 0)`.mapWith(Number),
    })
    .from(refunds)
    .where(live);
  const ofLines = lines.reduce((sum, line) => sum + line.refunded, 0);
  const taxOfLines = taxes.reduce((sum, line) => sum + line.tax, 0);
  return {
    currency: order.currency,
    lines: lines.map((line) => ({
      ...line,
      refundedTax: taxes.find((one) => one.lineId === line.id)?.tax ?? 0,
    })),
    shipping: {
      total: order.shipping + (order.pricesIncludeTax ? 0 : order.shippingTax),
      tax: order.shippingTax,
      refunded: (sums?.amount ?? 0) - ofLines,
      refundedTax: (sums?.tax ?? 0) - taxOfLines,
    },
  };
}
