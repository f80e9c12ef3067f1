/** Money that belongs to no sale: it is booked as owed and goes back by itself. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import type { System } from "@/lib/domain/actors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import { isLive } from "@/lib/gateway/stripe";
import { post } from "@/lib/services/ledger/post";
import type { Order } from "@/lib/services/orders/access";
import { record } from "@/lib/services/orders/transition";
import { askFee } from "./fee";
import { refundAll } from "./refund";

type Payment = typeof payments.$inferSelect;

interface Why {
  readonly reason: string;
  /** The code under which the refund is known: late_success, paid_twice, mismatch. */
  readonly automatic: string;
}

/**
 * Books what a paid row took as owed, and asks for its refund. The order counts it as taken and soon given back, unless
 * it came in another currency: its sums are in its own.
 */
export async function giveBack(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  why: Why,
): Promise<void> {
  await tx
    .update(orders)
    .set({ captured: sql`${orders.captured} + ${payment.amount}` })
    .where(and(eq(orders.id, order.id), eq(orders.currency, payment.currency)));
  await post(tx, {
    kind: "late_success",
    sourceId: payment.id,
    orderId: order.id,
    currency: payment.currency,
    entries: [
      { account: "clearing", amount: payment.amount },
      { account: "refunds_due", amount: -payment.amount },
    ],
  });
  await refundAll(tx, system, order, payment, why);
  await askFee(tx, payment.id);
}

/** A second intent of an order that is paid already took money too: it gets a row of its own, and the money goes back. */
export async function returnStray(
  tx: Tx,
  system: System,
  order: Order,
  intent: PaymentIntentView,
  why: Why,
): Promise<void> {
  const id = newId();
  await tx.insert(payments).values({
    id,
    orderId: order.id,
    provider: "stripe",
    method: intent.methodType ?? "card",
    amount: intent.amountReceived,
    currency: intent.currency,
    idempotencyKey: `${id}:1`,
    isLive: intent.livemode,
  });
  const [stray] = await tx
    .update(payments)
    .set(paidBy(intent, "card"))
    .where(eq(payments.id, id))
    .returning();
  if (!stray) throw new Error("an inserted payment was not answered");
  await giveBack(tx, system, order, stray, why);
}

/**
 * A success over another sum, in another currency or in another mode never confirms: the row keeps what it really took,
 * which goes back, and an order that still waits gets a fresh row to pay with. Nothing taken: nothing but a word of it.
 */
export async function returnMismatch(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  intent: PaymentIntentView,
): Promise<void> {
  const { amountReceived: received, currency, livemode } = intent;
  await record(tx, system, {
    orderId: order.id,
    kind: "payment_mismatch",
    data: { received, currency, livemode, expected: payment.amount, intentId: intent.id },
  });
  if (received <= 0) return;
  const [stray] = await tx
    .update(payments)
    .set({ ...paidBy(intent, payment.method), amount: received, currency, isLive: livemode })
    .where(and(eq(payments.id, payment.id), eq(payments.status, payment.status)))
    .returning();
  if (!stray) return;
  if (order.status === "pending") {
    const id = newId();
    await tx.insert(payments).values({
      id,
      orderId: order.id,
      provider: payment.provider,
      method: payment.method,
      amount: order.total,
      currency: order.currency,
      idempotencyKey: `${id}:1`,
      isLive: isLive(),
    });
  }
  await giveBack(tx, system, order, stray, {
    reason: "The payment did not fit the order",
    automatic: "mismatch",
  });
}

/** What a row holds once its intent has taken the money. */
export const paidBy = (intent: PaymentIntentView, method: string) => ({
  status: "paid" as const,
  paidAt: now as unknown as Date,
  providerIntentId: intent.id,
  providerChargeId: intent.latestChargeId,
  method: intent.methodType ?? method,
  failureCode: null,
  gatewayResponse: intent.response,
});
