/** The inbox: each event of the gateway is kept, takes effect once, in any order, in one transaction. */
import { and, eq, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { orders } from "@/db/schema/orders";
import { payments, webhookEventIds, webhookEvents } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import type { GatewayEvent, PaymentIntentView } from "@/lib/gateway/gateway";
import type { Order } from "@/lib/services/orders/access";
import { transferChanged } from "@/lib/services/payouts/transfer";
import { bankPaid } from "./bank";
import { type DisputeTold, disputeChanged } from "./disputes";
import { lockToSettle, whatIsSeen } from "./lock";
import { chargeReported, type Reported, refundReported } from "./reported-refund";
import { type Settled, settleIntent } from "./settle";

/** What became of an event; anything thrown instead means "send it again". */
export type Outcome = Settled | Reported | DisputeTold["outcome"] | "payout_settled" | "booked";

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

async function apply(tx: Tx, system: System, event: GatewayEvent) {
  const { subject } = event;
  if (subject.kind === "intent") {
    const found = await lockPayment(tx, system, event, subject.intent);
    if (!found) return { outcome: "ignored" as const, orderId: null, objectId: subject.intent.id };
    const outcome = await settleIntent(tx, system, found.order, found.payment, subject.intent, event.id);
    return { outcome, orderId: found.order.id, objectId: subject.intent.id };
  }
  if (subject.kind === "refund") {
    const told = await refundReported(tx, system, subject.refund);
    return { ...told, objectId: subject.refund.id };
  }
  if (subject.kind === "charge") {
    const told = await chargeReported(tx, subject.charge, event.paymentId);
    return { ...told, objectId: subject.charge.id };
  }
  if (subject.kind === "dispute") {
    const told = await disputeChanged(tx, system, subject.dispute);
    return { ...told, objectId: subject.dispute.id };
  }
  if (subject.kind === "transfer") {
    const isNews = await transferChanged(tx, system, subject.transfer);
    const outcome = isNews ? ("payout_settled" as const) : ("ignored" as const);
    return { outcome, orderId: null, objectId: subject.transfer.id };
  }
  if (subject.kind === "bank_payout") {
    const isNews = await bankPaid(tx, system, subject.payout);
    const outcome = isNews ? ("booked" as const) : ("ignored" as const);
    return { outcome, orderId: null, objectId: subject.payout.id };
  }
  return { outcome: "ignored" as const, orderId: null, objectId: null };
}

/** Order first, then payment. An intent that we do not know is somebody else's. */
async function lockPayment(
  tx: Tx,
  system: System,
  event: GatewayEvent,
  intent: PaymentIntentView,
): Promise<{ order: Order; payment: Payment } | null> {
  const known = or(
    event.intentId ? eq(payments.providerIntentId, event.intentId) : undefined,
    event.paymentId && isUuid(event.paymentId) ? eq(payments.id, event.paymentId) : undefined,
  );
  if (!known) return null;
  const [seen] = await tx
    .select(whatIsSeen)
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(known)
    .limit(1);
  if (!seen) return null;
  const order = await lockToSettle(tx, system, seen.id, intent, seen);
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

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}
