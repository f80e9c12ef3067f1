/** Refunds: the sum is reserved before the gateway is asked; a job asks it, and its answer settles the row. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { orderLines, orders } from "@/db/schema/orders";
import { payments, refundLines, refunds } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import { type Actor, type System, userIdOf } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { GatewayRefusal } from "@/lib/gateway/failures";
import type { RefundView } from "@/lib/gateway/gateway";
import * as gateway from "@/lib/gateway/stripe";
import { enqueue } from "@/lib/queue";
import { entriesOf, post } from "@/lib/services/ledger/post";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { record } from "@/lib/services/orders/transition";

declare module "@/lib/queue" {
  interface Jobs {
    "payments.refund": { refundId: string };
  }
}

type Payment = typeof payments.$inferSelect;

/**
 * Gives back all that an order was paid and not yet refunded, for a locked order. Nothing paid: does nothing.
 * `automatic` names the reason where no person asked ("late_success"); the books then never saw a sale.
 */
export async function refundAll(
  tx: Tx,
  actor: Actor,
  order: Order,
  payment: Payment,
  { reason, automatic = null }: { reason: string; automatic?: string | null },
): Promise<void> {
  const amount = payment.amount - payment.refunded;
  if (amount <= 0) return;
  const refundId = newId();
  await tx
    .update(payments)
    .set({ refunded: sql`${payments.refunded} + ${amount}` })
    .where(eq(payments.id, payment.id));
  await tx.insert(refunds).values({
    id: refundId,
    orderId: order.id,
    paymentId: payment.id,
    amount,
    shipping: automatic ? 0 : order.shipping,
    tax: automatic ? 0 : order.tax,
    reason,
    automatic,
    requestedBy: userIdOf(actor),
  });
  if (!automatic) await bookSaleBack(tx, order, refundId);
  await record(tx, actor, {
    orderId: order.id,
    kind: "refund_requested",
    reason,
    data: { refundId, amount },
  });
  await enqueue(tx, "payments.refund", { refundId }, { key: `payments.refund:${refundId}` });
}

/** Asks the gateway for a reserved refund and settles its answer. Throws what is worth trying again. */
export async function sendRefund(system: System, refundId: string): Promise<void> {
  const [row] = await db
    .select({ refund: refunds, payment: payments })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(and(eq(refunds.id, refundId), inArray(refunds.status, ["reserved", "pending"])));
  if (!row) return;
  const intentId = row.payment.providerIntentId;
  if (row.payment.provider === "manual" || !intentId) {
    await settleRefund(system, refundId, { status: "succeeded", failureReason: null, id: null });
    return;
  }
  try {
    const answer = await gateway.refund({
      intentId,
      amount: row.refund.amount,
      idempotencyKey: refundId,
      metadata: { refund_id: refundId, order_id: row.refund.orderId },
    });
    await settleRefund(system, refundId, answer);
  } catch (error) {
    const failureReason = whyNever(error);
    if (!failureReason) throw error;
    await settleRefund(system, refundId, { status: "failed", failureReason, id: null });
  }
}

/** Why asking again would not help, as a code; undefined where it may. */
function whyNever(error: unknown): string | undefined {
  if (isShopError(error, "conflict")) return "over_refund";
  if (error instanceof GatewayRefusal && error.code !== "idempotency_key_in_use")
    return error.code ?? error.kind;
  return undefined;
}

/** Takes over what the gateway says of a refund: by answer or by webhook, once. */
export async function settleRefund(
  system: System,
  refundId: string,
  answer: Pick<RefundView, "status" | "failureReason"> & { id: string | null },
  on?: Tx,
): Promise<void> {
  await withTx(
    async (tx) => {
      const [found] = await tx
        .select({ orderId: refunds.orderId })
        .from(refunds)
        .where(eq(refunds.id, refundId));
      if (!found) return;
      const order = await lockOrder(tx, system, found.orderId);
      const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
      if (!refund) return;
      if (answer.id && !refund.providerRefundId) {
        await tx.update(refunds).set({ providerRefundId: answer.id }).where(eq(refunds.id, refundId));
      }
      if (answer.status === "succeeded") await succeed(tx, system, order, refund);
      else if (answer.status === "failed" || answer.status === "canceled") {
        await fail(tx, system, order, refund, answer.failureReason);
      } else if (refund.status === "reserved") {
        await tx.update(refunds).set({ status: "pending" }).where(eq(refunds.id, refundId));
      }
    },
    { tx: on },
  );
}

type Refund = typeof refunds.$inferSelect;

async function succeed(tx: Tx, system: System, order: Order, refund: Refund): Promise<void> {
  if (refund.status !== "reserved" && refund.status !== "pending") return;
  await tx.update(refunds).set({ status: "succeeded" }).where(eq(refunds.id, refund.id));
  await tx
    .update(orders)
    .set({ refunded: sql`${orders.refunded} + ${refund.amount}` })
    .where(eq(orders.id, order.id));
  await post(tx, {
    kind: "refund_succeeded",
    sourceId: refund.id,
    orderId: order.id,
    currency: order.currency,
    entries: [
      { account: "refunds_due", amount: refund.amount },
      { account: order.paymentMethod === "cash_on_delivery" ? "bank" : "clearing", amount: -refund.amount },
    ],
  });
  await record(tx, system, {
    orderId: order.id,
    kind: "refunded",
    data: { refundId: refund.id, amount: refund.amount },
  });
}

/** A failed refund gives its sum back and its request off the books, so that somebody can try again. */
async function fail(
  tx: Tx,
  system: System,
  order: Order,
  refund: Refund,
  reason: string | null,
): Promise<void> {
  if (refund.status === "failed") return;
  await tx.update(refunds).set({ status: "failed", failureCode: reason }).where(eq(refunds.id, refund.id));
  await tx
    .update(payments)
    .set({ refunded: sql`${payments.refunded} - ${refund.amount}` })
    .where(eq(payments.id, refund.paymentId));
  if (refund.status === "succeeded") {
    await tx
      .update(orders)
      .set({ refunded: sql`${orders.refunded} - ${refund.amount}` })
      .where(eq(orders.id, order.id));
    await post(tx, {
      kind: "refund_reversed",
      sourceId: refund.id,
      orderId: order.id,
      currency: order.currency,
      entries: [
        { account: "clearing", amount: refund.amount },
        { account: "refunds_due", amount: -refund.amount },
      ],
    });
  }
  // Money that never was a sale stays owed: nothing was requested of the books for it.
  if (!refund.automatic) await takeRequestBack(tx, order, refund.id);
  await record(tx, system, {
    orderId: order.id,
    kind: "refund_failed",
    reason,
    data: { refundId: refund.id },
  });
}

async function takeRequestBack(tx: Tx, order: Order, refundId: string): Promise<void> {
  await tx.execute(sql`
    UPDATE order_lines l SET refunded_quantity = l.refunded_quantity - r.quantity, refunded_amount = l.refunded_amount - r.amount
    FROM refund_lines r WHERE r.refund_id = ${refundId} AND r.order_line_id = l.id`);
  const entries = await entriesOf(tx, { kind: "refund_requested", sourceId: refundId });
  await post(tx, {
    kind: "refund_request_reversed",
    sourceId: refundId,
    orderId: order.id,
    currency: order.currency,
    entries: entries.map((entry) => ({ ...entry, amount: -entry.amount })),
  });
}

/** Full refund of a sale: every line, the shipping and the tax go back on the books. */
async function bookSaleBack(tx: Tx, order: Order, refundId: string): Promise<void> {
  const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, order.id));
  await tx.insert(refundLines).values(
    lines.map((line) => ({
      id: newId(),
      refundId,
      orderLineId: line.id,
      quantity: line.quantity - line.refundedQuantity,
      amount: line.total - line.refundedAmount,
      tax: line.tax,
    })),
  );
  await tx
    .update(orderLines)
    .set({ refundedQuantity: orderLines.quantity, refundedAmount: orderLines.total })
    .where(eq(orderLines.orderId, order.id));
  await post(tx, {
    kind: "refund_requested",
    sourceId: refundId,
    orderId: order.id,
    currency: order.currency,
    entries: [
      ...lines.map((line) => ({
        account: "refunds" as const,
        ownerId: line.ownerId,
        amount: line.total - line.tax,
      })),
      {
        account: "shipping_income",
        amount: order.shipping - (order.pricesIncludeTax ? order.shippingTax : 0),
      },
      { account: "tax_payable", amount: order.tax },
      { account: "refunds_due", amount: -order.total },
    ],
  });
}
