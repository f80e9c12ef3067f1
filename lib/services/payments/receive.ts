/** The inbox: each event of the gateway is kept, takes effect once, in any order, in one transaction. */
import { and, eq, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { inOneGo } from "@/db/in-one-go";
import { orders } from "@/db/schema/orders";
import { payments, webhookEventIds } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import type { GatewayEvent, PaymentIntentView } from "@/lib/gateway/gateway";
import type { Order } from "@/lib/services/orders/access";
import { transferChanged } from "@/lib/services/payouts/transfer";
import { bankPaid } from "./bank";
import { type DisputeTold, disputeChanged } from "./disputes";
import { lockToSettle, type Seen, whatIsSeen } from "./lock";
import { chargeReported, type Reported, refundReported } from "./reported-refund";
import { type Settled, settleIntent } from "./settle";

/** What became of an event; anything thrown instead means "send it again". */
export type Outcome = Settled | Reported | DisputeTold["outcome"] | "payout_settled" | "booked";

type Payment = typeof payments.$inferSelect;

/** Takes in a verified event. The event's id and its effect are one transaction: a crash loses neither or both. */
export async function receive(system: System, event: GatewayEvent): Promise<Outcome> {
  return withTx(async (tx) => {
    const [[fresh], [seen]] = await inOneGo([
      () =>
        tx
          .insert(webhookEventIds)
          .values({ providerEventId: event.id })
          .onConflictDoNothing()
          .returning({ id: webhookEventIds.providerEventId }),
      () => seeOrder(tx, event),
    ]);
    if (!fresh) return "duplicate";
    const { outcome, orderId, objectId } = await apply(tx, system, event, seen);
    await keep(tx, event, { outcome, orderId, objectId });
    return outcome;
  });
}

/** Writes the event into the inbox; one that failed before has its row there already (`noteFailure`). */
async function keep(
  tx: Tx,
  { id, type, payload }: GatewayEvent,
  { outcome, orderId, objectId }: { outcome: Outcome; orderId: string | null; objectId: string | null },
): Promise<void> {
  await tx.execute(sql`
    WITH again AS (
      UPDATE webhook_events SET outcome = ${outcome}, order_id = ${orderId}::uuid, object_id = ${objectId}::text,
        processed_at = shop_now()
      WHERE provider_event_id = ${id} AND processed_at IS NULL RETURNING id
    )
    INSERT INTO webhook_events (id, provider_event_id, type, object_id, order_id, payload, outcome, processed_at)
    SELECT ${newId()}::uuid, ${id}, ${type}, ${objectId}::text, ${orderId}::uuid, ${JSON.stringify(payload)}::jsonb,
      ${outcome}, shop_now()
    WHERE NOT EXISTS (SELECT FROM again)`);
}

async function apply(tx: Tx, system: System, event: GatewayEvent, seen: Seen | undefined) {
  const { subject } = event;
  if (subject.kind === "intent") {
    const found = seen && (await lockBoth(tx, system, event, subject.intent, seen));
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

/** The payments that an event of an intent may mean. */
function meantBy({ subject, intentId, paymentId }: GatewayEvent): SQL | undefined {
  if (subject.kind !== "intent") return undefined;
  return or(
    intentId ? eq(payments.providerIntentId, intentId) : undefined,
    paymentId && isUuid(paymentId) ? eq(payments.id, paymentId) : undefined,
  );
}

/** The order of an intent's event, not locked yet. An intent that we do not know is somebody else's. */
async function seeOrder(tx: Tx, event: GatewayEvent): Promise<Seen[]> {
  const meant = meantBy(event);
  if (!meant) return [];
  return tx
    .select(whatIsSeen)
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(meant)
    .limit(1);
}

/** Order first, then payment. */
async function lockBoth(
  tx: Tx,
  system: System,
  event: GatewayEvent,
  intent: PaymentIntentView,
  seen: Seen,
): Promise<{ order: Order; payment: Payment } | undefined> {
  const [order, [payment]] = await lockToSettle(tx, system, seen.id, intent, {
    seen,
    // An order that was paid twice has two rows: the intent's own counts more than what its metadata names.
    next: () =>
      tx
        .select()
        .from(payments)
        .where(and(meantBy(event), eq(payments.orderId, seen.id)))
        .orderBy(sql`(${payments.providerIntentId} = ${event.intentId}::text) IS TRUE DESC`)
        .limit(1)
        .for("update"),
  });
  return payment && { order, payment };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}
