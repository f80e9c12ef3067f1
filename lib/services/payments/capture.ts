/** Captures: what happens when an order's money has come, by card or in cash. Everything runs under the order's lock. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { orderLines, orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import { post } from "@/lib/services/ledger/post";
import { captured } from "@/lib/services/ledger/sales";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { confirm } from "@/lib/services/orders/confirm";
import { record } from "@/lib/services/orders/transition";
import { refundAll } from "./refund";

type Payment = typeof payments.$inferSelect;
type Captured = "captured" | "refunded_late" | "refunded_twice" | "duplicate" | "mismatch";

/**
 * Takes over a succeeded intent: once, whatever arrives twice or late. A pending order is confirmed and its stock sold;
 * for one that is cancelled by now the money goes back by itself. Answers what was done, for the inbox.
 */
export async function capture(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  intent: PaymentIntentView,
): Promise<Captured> {
  if (payment.status === "paid") {
    return payment.providerIntentId === intent.id
      ? "duplicate"
      : returnSecond(tx, system, order, payment, intent);
  }
  if (
    intent.amountReceived !== payment.amount ||
    intent.currency !== payment.currency ||
    intent.livemode !== payment.isLive
  ) {
    await record(tx, system, {
      orderId: order.id,
      kind: "payment_mismatch",
      data: { received: intent.amountReceived, currency: intent.currency },
    });
    return "mismatch";
  }
  const [paid] = await tx
    .update(payments)
    .set({
      status: "paid",
      paidAt: now as unknown as Date,
      providerIntentId: intent.id,
      providerChargeId: intent.latestChargeId,
      method: intent.methodType ?? payment.method,
    })
    .where(and(eq(payments.id, payment.id), eq(payments.status, payment.status)))
    .returning();
  if (!paid) return "duplicate";
  if (order.status === "cancelled") {
    await giveBack(tx, system, order, paid, {
      reason: "Paid after the order was cancelled",
      automatic: "late_success",
    });
    return "refunded_late";
  }
  await tx
    .update(orders)
    .set({ captured: sql`${orders.captured} + ${payment.amount}` })
    .where(eq(orders.id, order.id));
  await bookSale(tx, order, payment.id, "clearing");
  if (order.status === "pending") await confirm(tx, system, order, "Payment received");
  return "captured";
}

/** A second intent of an order that is paid already took money too: it gets a row of its own and goes back by itself. */
async function returnSecond(
  tx: Tx,
  system: System,
  order: Order,
  first: Payment,
  intent: PaymentIntentView,
): Promise<Captured> {
  const amount = intent.amountReceived;
  if (amount <= 0 || intent.currency !== first.currency || intent.livemode !== first.isLive)
    return "mismatch";
  const id = newId();
  await tx.insert(payments).values({
    id,
    orderId: order.id,
    provider: "stripe",
    method: intent.methodType ?? first.method,
    amount,
    currency: intent.currency,
    idempotencyKey: `${id}:1`,
    providerIntentId: intent.id,
    providerChargeId: intent.latestChargeId,
    isLive: intent.livemode,
  });
  const [second] = await tx
    .update(payments)
    .set({ status: "paid", paidAt: now as unknown as Date })
    .where(eq(payments.id, id))
    .returning();
  if (!second) throw new Error("an inserted payment was not answered");
  await giveBack(tx, system, order, second, { reason: "Paid twice", automatic: "paid_twice" });
  return "refunded_twice";
}

/** Money that belongs to no sale: it is booked as owed and refunded. */
async function giveBack(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  why: { reason: string; automatic: string },
): Promise<void> {
  await tx
    .update(orders)
    .set({ captured: sql`${orders.captured} + ${payment.amount}` })
    .where(eq(orders.id, order.id));
  await post(tx, {
    kind: "late_success",
    sourceId: payment.id,
    orderId: order.id,
    currency: order.currency,
    entries: [
      { account: "clearing", amount: payment.amount },
      { account: "refunds_due", amount: -payment.amount },
    ],
  });
  await refundAll(tx, system, order, payment, why);
}

/** An order that cost nothing still sold goods: what was given away stands in the books as discounts. */
export async function bookFree(tx: Tx, order: Order): Promise<void> {
  await bookSale(tx, order, order.id, "clearing");
}

/** The courier handed over the cash of a delivered order. Doing it twice changes nothing. */
export async function collectCash(system: System, orderId: string): Promise<void> {
  await withTx(async (tx) => {
    const order = await lockOrder(tx, system, orderId);
    if (order.status !== "delivered" && order.status !== "completed") return;
    const [paid] = await tx
      .update(payments)
      .set({ status: "paid", paidAt: now as unknown as Date })
      .where(
        and(
          eq(payments.orderId, orderId),
          eq(payments.provider, "manual"),
          inArray(payments.status, ["pending"]),
        ),
      )
      .returning({ id: payments.id, amount: payments.amount });
    if (!paid) return;
    await tx
      .update(orders)
      .set({ captured: sql`${orders.captured} + ${paid.amount}` })
      .where(eq(orders.id, orderId));
    await bookSale(tx, order, paid.id, "cod_receivable");
    await record(tx, system, {
      orderId,
      kind: "paid",
      data: { method: "cash_on_delivery", amount: paid.amount },
    });
  });
}

async function bookSale(
  tx: Tx,
  order: Order,
  paymentId: string,
  into: "clearing" | "cod_receivable",
): Promise<void> {
  const lines = await tx
    .select({
      ownerId: orderLines.ownerId,
      subtotal: orderLines.subtotal,
      discount: orderLines.discount,
      tax: orderLines.tax,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id));
  await post(tx, captured(order, lines, paymentId, into));
}
