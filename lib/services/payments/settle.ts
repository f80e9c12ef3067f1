/** Settles what the gateway says of an intent, asked or told: the one function behind webhook, expiry and reconciler. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { paymentAttempts, payments } from "@/db/schema/payments";
import type { System } from "@/lib/domain/actors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import { enqueue } from "@/lib/queue";
import type { Order } from "@/lib/services/orders/access";
import { endHold, holdUntil } from "@/lib/services/orders/hold";
import { record } from "@/lib/services/orders/transition";
import { capture } from "./capture";
import { countDecline, declinesOfOrder, MOST_DECLINES } from "./declines";

declare module "@/lib/queue" {
  interface Jobs {
    /** What was told contradicts what was told before: only the gateway knows which came last. */
    "payments.sync": { orderId: string };
  }
}

export type Settled =
  | Awaited<ReturnType<typeof capture>>
  | "declined"
  | "processing"
  | "cancelled"
  | "ignored";

type Payment = typeof payments.$inferSelect;

/** Minutes by which a hold grows while the gateway cannot be asked or still works on the payment (decisions). */
export const EXTENSION_MINUTES = 15;

/**
 * Takes over how an intent stands, for a locked order and payment (`lockToSettle`). `eventId`: it was told by this
 * event, which may be old by now; null: it was asked, and is how things are.
 */
export async function settleIntent(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  intent: PaymentIntentView,
  eventId: string | null = null,
): Promise<Settled> {
  if (intent.status === "succeeded") return capture(tx, system, order, payment, intent);
  // An intent that was given up for another way to pay: what becomes of it is no news of this payment.
  if (payment.providerIntentId && payment.providerIntentId !== intent.id) return "ignored";
  switch (intent.status) {
    case "processing":
      return process(tx, order, payment, intent, eventId);
    case "canceled":
      // While the order waits, whoever cancelled it opens another: a change of the way to pay, or a crash in the middle.
      if (order.status === "pending") return "ignored";
      return (await move(tx, payment, intent, ["pending", "failed"], "cancelled")) ? "cancelled" : "ignored";
    case "requires_payment_method":
      return intent.lastError ? decline(tx, system, order, payment, intent, eventId) : "ignored";
    default:
      return "ignored";
  }
}

/** Neither paid nor failed: the hold grows, and nobody may pay another way meanwhile. */
async function process(
  tx: Tx,
  order: Order,
  payment: Payment,
  intent: PaymentIntentView,
  eventId: string | null,
): Promise<Settled> {
  if (payment.status === "failed") {
    if (eventId) {
      // A retry after a decline, or the news of before that decline.
      await askWhich(tx, order);
      return "ignored";
    }
    await move(tx, payment, intent, ["failed"], "pending");
  }
  if (!(await move(tx, payment, intent, ["pending"], "processing"))) return "ignored";
  if (order.status === "pending")
    await holdUntil(tx, order.id, sql`shop_now() + make_interval(mins => ${EXTENSION_MINUTES}::int)`);
  return "processing";
}

async function decline(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  intent: PaymentIntentView,
  eventId: string | null,
): Promise<Settled> {
  if (eventId && payment.status === "processing") await askWhich(tx, order);
  const code = intent.lastError?.code ?? null;
  const isNews = await move(tx, payment, intent, ["pending", "processing"], "failed", code);
  // Asked, the gateway tells its last decline again and again; only as an event is it one more try.
  if (!isNews && !eventId) return "ignored";
  const [noted] = await tx
    .insert(paymentAttempts)
    .values({
      id: newId(),
      paymentId: payment.id,
      providerEventId: eventId,
      outcome: "failed",
      failureCode: code,
      declineCode: intent.lastError?.declineCode,
      message: intent.lastError?.message,
    })
    .onConflictDoNothing()
    .returning({ id: paymentAttempts.id });
  if (noted) await countDecline(tx, order);
  // Nobody can try again for an order that was closed while the payment was in the works.
  if (isNews && order.status === "cancelled") await move(tx, payment, intent, ["failed"], "cancelled", code);
  if (order.status !== "pending") return "declined";
  await record(tx, system, {
    orderId: order.id,
    kind: "payment_failed",
    reason: intent.lastError?.declineCode ?? null,
  });
  if ((await declinesOfOrder(tx, order.id)) >= MOST_DECLINES) {
    // Who tests stolen cards gets no more of them through this order. Expiry closes the intent and restores the cart.
    await endHold(tx, order.id);
    await enqueue(tx, "orders.expire", { orderId: order.id }, { key: `orders.expire:${order.id}` });
  }
  return "declined";
}

async function askWhich(tx: Tx, { id: orderId }: Order): Promise<void> {
  await enqueue(tx, "payments.sync", { orderId }, { key: `payments.sync:${orderId}` });
}

async function move(
  tx: Tx,
  payment: Payment,
  { response }: PaymentIntentView,
  from: Payment["status"][],
  to: Payment["status"],
  failureCode: string | null = null,
): Promise<boolean> {
  const moved = await tx
    .update(payments)
    .set({ status: to, failureCode, gatewayResponse: response })
    .where(and(eq(payments.id, payment.id), inArray(payments.status, from)))
    .returning({ id: payments.id });
  return moved.length > 0;
}
