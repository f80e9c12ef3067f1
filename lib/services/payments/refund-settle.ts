/** Refunds on their way: a job asks the gateway for a reserved one, and whatever it answers settles the row, once. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { payments, refunds } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { Actor, System } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { GatewayRefusal } from "@/lib/gateway/failures";
import type { RefundView } from "@/lib/gateway/gateway";
import * as gateway from "@/lib/gateway/refunds";
import { settleEarnings } from "@/lib/services/ledger/earnings";
import { entriesOf, type Posting, post } from "@/lib/services/ledger/post";
import { refundSucceeded } from "@/lib/services/ledger/refunds";
import { settleOwed } from "@/lib/services/ledger/stray";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { record } from "@/lib/services/orders/transition";
import { NOT_COLLECTED, paidForSale } from "./refund-left";

type Refund = typeof refunds.$inferSelect;
/** What is said of a refund; `response` is the gateway's own object, redacted, where it was the gateway. */
export type Answer = Pick<RefundView, "status" | "failureReason"> &
  Partial<Pick<RefundView, "response">> & { id: string | null };

/** Asks the gateway for a reserved refund and settles its answer. Throws what is worth trying again. */
export async function sendRefund(system: System, refundId: string): Promise<void> {
  const [row] = await db
    .select({
      refund: refunds,
      payment: payments,
      isOld: sql<boolean>`${refunds.createdAt} < shop_now() - interval '1 hour'`,
    })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(and(eq(refunds.id, refundId), inArray(refunds.status, ["reserved", "pending"])));
  if (!row) return;
  const { refund, payment, isOld } = row;
  // Cash goes back by hand, and a person records it.
  if (payment.provider === "manual" || !payment.providerIntentId) return;
  try {
    const answer = refund.providerRefundId
      ? await gateway.retrieveRefund(refund.providerRefundId)
      : ((isOld ? await sentBefore(refund, payment.providerIntentId) : undefined) ??
        (await gateway.refund({
          intentId: payment.providerIntentId,
          amount: refund.amount,
          idempotencyKey: refundId,
          metadata: { refund_id: refundId, order_id: refund.orderId },
        })));
    await settleRefund(system, refundId, answer);
  } catch (error) {
    const failureReason = whyNever(error);
    if (!failureReason) throw error;
    await settleRefund(system, refundId, { status: "failed", failureReason, id: null });
  }
}

/** The gateway forgets keys after a day: what was sent with one of ours is looked for, so that it is not paid twice. */
async function sentBefore({ id, amount }: Refund, intentId: string): Promise<RefundView | undefined> {
  const views = await gateway.listRefunds(intentId);
  return views.find((view) => view.metadata.refund_id === id && view.amount === amount);
}

/** Why asking again would not help, as a code; undefined where it may. */
function whyNever(error: unknown): string | undefined {
  if (isShopError(error, "conflict")) return "over_refund";
  if (error instanceof GatewayRefusal && error.code !== "idempotency_key_in_use")
    return error.code ?? error.kind;
  return undefined;
}

/** Takes over what the gateway, or whoever paid cash back, says of a refund: by answer or by webhook, once. */
export async function settleRefund(actor: Actor, refundId: string, answer: Answer, on?: Tx): Promise<void> {
  await withTx(
    async (tx) => {
      const [found] = await tx
        .select({ orderId: refunds.orderId })
        .from(refunds)
        .where(eq(refunds.id, refundId));
      if (!found) return;
      const order = await lockOrder(tx, actor, found.orderId);
      await settleLocked(tx, actor, order, refundId, answer);
    },
    { tx: on },
  );
}

/** The same for an order that is locked already. */
export async function settleLocked(
  tx: Tx,
  actor: Actor,
  order: Order,
  refundId: string,
  answer: Answer,
): Promise<void> {
  const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
  if (!refund) return;
  if (answer.id) {
    const providerRefundId = refund.providerRefundId ?? answer.id;
    const gatewayResponse = answer.response ?? refund.gatewayResponse;
    await tx.update(refunds).set({ providerRefundId, gatewayResponse }).where(eq(refunds.id, refundId));
  }
  if (answer.status === "succeeded") await succeed(tx, actor, order, refund);
  else if (answer.status === "failed" || answer.status === "canceled") {
    await fail(tx, actor, order, refund, answer.failureReason);
  } else if (refund.status === "reserved") {
    await tx.update(refunds).set({ status: "pending" }).where(eq(refunds.id, refundId));
  }
}

async function succeed(tx: Tx, actor: Actor, order: Order, refund: Refund): Promise<void> {
  if (refund.status !== "reserved" && refund.status !== "pending") return;
  await tx.update(refunds).set({ status: "succeeded" }).where(eq(refunds.id, refund.id));
  const payment = await ofPayment(tx, order, refund);
  await countRefunded(tx, order, payment, refund.amount);
  const isUncollected = refund.automatic === NOT_COLLECTED;
  const byHand = isUncollected ? "cod_receivable" : "bank";
  const of = { id: order.id, currency: payment.currency };
  await post(tx, refundSucceeded(of, refund, payment.provider === "manual" ? byHand : "clearing"));
  // The shopper never paid it, so that nobody is told of money on its way.
  if (isUncollected) return;
  await record(tx, actor, {
    orderId: order.id,
    kind: "refunded",
    reason: refund.reason,
    data: { refundId: refund.id, amount: refund.amount, automatic: refund.automatic },
  });
}

/** The order's own sum; money that came in another currency is in none of its sums. */
async function countRefunded(
  tx: Tx,
  order: Order,
  { currency }: { currency: string },
  amount: number,
): Promise<void> {
  await tx
    .update(orders)
    .set({ refunded: sql`${orders.refunded} + ${amount}` })
    .where(and(eq(orders.id, order.id), eq(orders.currency, currency)));
}

/** The payment that a refund is of. */
async function ofPayment(tx: Tx, order: Order, { paymentId: id }: Refund) {
  const [payment] = await tx
    .select({ id: payments.id, provider: payments.provider, currency: payments.currency })
    .from(payments)
    .where(eq(payments.id, id));
  return payment ?? { id, provider: "stripe", currency: order.currency };
}

/** A failed refund gives its sum back and its request off the books, so that somebody can try again. */
async function fail(
  tx: Tx,
  actor: Actor,
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
  const payment = await ofPayment(tx, order, refund);
  const of = { id: order.id, currency: payment.currency };
  if (refund.status === "succeeded") {
    await countRefunded(tx, order, payment, -refund.amount);
    await reverse(tx, of, refund.id, "refund_succeeded", "refund_reversed");
  }
  await tx.execute(sql`
    UPDATE order_lines l SET refunded_quantity = l.refunded_quantity - r.quantity, refunded_amount = l.refunded_amount - r.amount
    FROM refund_lines r WHERE r.refund_id = ${refund.id} AND r.order_line_id = l.id`);
  await reverse(tx, of, refund.id, "refund_requested", "refund_request_reversed");
  if (await paidForSale(tx, refund.paymentId))
    await settleEarnings(tx, order, { kind: "refund_share_reversed", sourceId: refund.id });
  else await settleOwed(tx, order, payment, refund.id);
  await record(tx, actor, {
    orderId: order.id,
    kind: "refund_failed",
    reason,
    data: { refundId: refund.id, amount: refund.amount },
  });
}

/** Money that never was a sale stays owed: nothing was requested of the books for it, so nothing is reversed. */
async function reverse(
  tx: Tx,
  of: { id: string; currency: string },
  sourceId: string,
  reversed: Posting["kind"],
  kind: Posting["kind"],
): Promise<void> {
  const entries = await entriesOf(tx, { kind: reversed, sourceId });
  if (entries.length === 0) return;
  await post(tx, {
    kind,
    sourceId,
    orderId: of.id,
    currency: of.currency,
    entries: entries.map((entry) => ({ ...entry, amount: -entry.amount })),
  });
}
