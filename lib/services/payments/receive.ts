/** The inbox: each event of the gateway is kept, takes effect once, in any order, in one transaction. */
import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { paymentAttempts, payments, webhookEventIds, webhookEvents } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import type { GatewayEvent, PaymentIntentView } from "@/lib/gateway/gateway";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { record } from "@/lib/services/orders/transition";
import { transferChanged } from "@/lib/services/payouts/transfer";
import { capture } from "./capture";
import { settleRefund } from "./refund";

/** What became of an event; anything thrown instead means "send it again". */
export type Outcome =
  | "captured"
  | "refunded_late"
  | "refunded_twice"
  | "duplicate"
  | "mismatch"
  | "declined"
  | "processing"
  | "cancelled"
  | "refund_settled"
  | "payout_settled"
  | "ignored";

type Payment = typeof payments.$inferSelect;

/** Takes in a verified event. The event's id and its effect are one transaction: a crash loses neither or both. */
export async function receive(system: System, event: GatewayEvent): Promise<Outcome> {
  return withTx(async (tx) => {
    const [fresh] = await tx
      .insert(webhookEventIds)
      .values({ providerEventId: event.id })
      .onConflictDoNothing()
      .returning({ id: webhookEventIds.providerEventId });
    if (!fresh) return "duplicate";
    const { outcome, orderId, objectId } = await apply(tx, system, event);
    await tx.insert(webhookEvents).values({
      id: newId(),
      providerEventId: event.id,
      type: event.type,
      objectId,
      orderId,
      payload: event.payload,
      outcome,
      processedAt: now as unknown as Date,
    });
    return outcome;
  });
}

/** Settles what the gateway says of an intent, asked or told: the one function behind webhook, expiry and reconciler. */
export async function settleIntent(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  intent: PaymentIntentView,
  eventId: string | null = null,
): Promise<Outcome> {
  if (intent.status === "succeeded") return capture(tx, system, order, payment, intent);
  // An intent that was given up for another way to pay: what becomes of it is no news of this payment.
  if (payment.providerIntentId && payment.providerIntentId !== intent.id) return "ignored";
  switch (intent.status) {
    case "processing":
      return (await move(tx, payment, ["pending"], "processing")) ? "processing" : "ignored";
    case "canceled":
      // While the order waits, whoever cancelled it opens another: a change of the way to pay, or a crash in the middle.
      if (order.status === "pending") return "ignored";
      return (await move(tx, payment, ["pending", "failed"], "cancelled")) ? "cancelled" : "ignored";
    case "requires_payment_method":
      return intent.lastError ? decline(tx, system, order, payment, intent, eventId) : "ignored";
    default:
      return "ignored";
  }
}

async function apply(tx: Tx, system: System, event: GatewayEvent) {
  const { subject } = event;
  if (subject.kind === "intent") {
    const found = await lockPayment(tx, system, event);
    if (!found) return { outcome: "ignored" as const, orderId: null, objectId: subject.intent.id };
    const outcome = await settleIntent(tx, system, found.order, found.payment, subject.intent, event.id);
    return { outcome, orderId: found.order.id, objectId: subject.intent.id };
  }
  if (subject.kind === "refund") {
    const { refund_id: refundId, order_id: told } = subject.refund.metadata;
    // Others may use the same account with metadata of their own.
    const isOurs = refundId !== undefined && isUuid(refundId);
    if (isOurs) await settleRefund(system, refundId, subject.refund, tx);
    return {
      outcome: isOurs ? ("refund_settled" as const) : ("ignored" as const),
      orderId: told && isUuid(told) ? told : null,
      objectId: subject.refund.id,
    };
  }
  if (subject.kind === "transfer") {
    const isNews = await transferChanged(tx, system, subject.transfer);
    const outcome = isNews ? ("payout_settled" as const) : ("ignored" as const);
    return { outcome, orderId: null, objectId: subject.transfer.id };
  }
  return { outcome: "ignored" as const, orderId: null, objectId: null };
}

/** Order first, then payment: the one order of locks. An intent that we do not know is somebody else's. */
async function lockPayment(
  tx: Tx,
  system: System,
  event: GatewayEvent,
): Promise<{ order: Order; payment: Payment } | null> {
  const known = or(
    event.intentId ? eq(payments.providerIntentId, event.intentId) : undefined,
    event.paymentId && isUuid(event.paymentId) ? eq(payments.id, event.paymentId) : undefined,
  );
  if (!known) return null;
  const [row] = await tx.select({ orderId: payments.orderId }).from(payments).where(known).limit(1);
  if (!row) return null;
  const order = await lockOrder(tx, system, row.orderId);
  // An order that was paid twice has two rows: the intent's own counts more than what its metadata names.
  const [payment] = await tx
    .select()
    .from(payments)
    .where(and(known, eq(payments.orderId, order.id)))
    .orderBy(sql`(${payments.providerIntentId} = ${event.intentId}::text) IS TRUE DESC`)
    .limit(1)
    .for("update");
  return payment ? { order, payment } : null;
}

async function decline(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  intent: PaymentIntentView,
  eventId: string | null,
): Promise<Outcome> {
  const isNews = await move(tx, payment, ["pending", "processing"], "failed", intent.lastError?.code ?? null);
  // Asked, the gateway tells its last decline again and again; only as an event is it one more try.
  if (!isNews && !eventId) return "ignored";
  await tx
    .insert(paymentAttempts)
    .values({
      id: newId(),
      paymentId: payment.id,
      providerEventId: eventId,
      outcome: "failed",
      failureCode: intent.lastError?.code,
      declineCode: intent.lastError?.declineCode,
      message: intent.lastError?.message,
    })
    .onConflictDoNothing();
  if (order.status !== "pending") return "declined";
  await record(tx, system, {
    orderId: order.id,
    kind: "payment_failed",
    reason: intent.lastError?.declineCode ?? null,
  });
  return "declined";
}

async function move(
  tx: Tx,
  payment: Payment,
  from: Payment["status"][],
  to: Payment["status"],
  failureCode: string | null = null,
): Promise<boolean> {
  const moved = await tx
    .update(payments)
    .set({ status: to, failureCode })
    .where(and(eq(payments.id, payment.id), inArray(payments.status, from)))
    .returning({ id: payments.id });
  return moved.length > 0;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}
