/** Captures: what happens when an order's money has come, by card or in cash. Everything runs under the order's lock. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inOneGo } from "@/db/in-one-go";
import { now } from "@/db/schema/columns";
import { orderLines, orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import { post } from "@/lib/services/ledger/post";
import { captured, type LineSums } from "@/lib/services/ledger/sales";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { confirm } from "@/lib/services/orders/confirm";
import { mayRevive, revive } from "@/lib/services/orders/revive";
import { record } from "@/lib/services/orders/transition";
import { askFee } from "./fee";
import { giveBack, paidBy, returnMismatch, returnStray } from "./give-back";
import { askRefunds } from "./reported-refund";
import { settleUncollected } from "./uncollected";

type Payment = typeof payments.$inferSelect;
type Captured = "captured" | "revived" | "refunded_late" | "refunded_twice" | "duplicate" | "mismatch";

/**
 * Takes over a succeeded intent: once, whatever arrives twice or late. A pending order is confirmed and its stock sold;
 * one that expired is revived if it can be; for one that is cancelled otherwise the money goes back by itself.
 * Answers what was done, for the inbox.
 */
export async function capture(
  tx: Tx,
  system: System,
  order: Order,
  payment: Payment,
  intent: PaymentIntentView,
): Promise<Captured> {
  if (await isKnown(tx, intent.id)) return "duplicate";
  if (payment.status === "paid") {
    if (intent.amountReceived <= 0) return "mismatch";
    await returnStray(tx, system, order, intent, { reason: "Paid twice", automatic: "paid_twice" });
    return "refunded_twice";
  }
  if (
    intent.amountReceived !== payment.amount ||
    intent.currency !== payment.currency ||
    intent.livemode !== payment.isLive
  ) {
    await returnMismatch(tx, system, order, payment, intent);
    return "mismatch";
  }
  const [paid] = await tx
    .update(payments)
    .set(paidBy(intent, payment.method))
    .where(and(eq(payments.id, payment.id), eq(payments.status, payment.status)))
    .returning();
  if (!paid) return "duplicate";
  // Paid on the gateway's own page: its intent was nobody's until now, and what was told of it was lost on us.
  if (!payment.providerIntentId) await askRefunds(tx, paid.id);
  if (order.status !== "cancelled") {
    await sell(tx, order, paid);
    if (order.status === "pending") await confirm(tx, system, order, "Payment received");
    return "captured";
  }
  const refusal = mayRevive(order) ? await reviveOrNot(tx, system, order, paid) : "cancelled";
  if (!refusal) return "revived";
  await giveBack(tx, system, order, paid, {
    reason: refusals[refusal] ?? "Paid after the order was cancelled",
    automatic: "late_success",
  });
  return "refunded_late";
}

/** Why late money goes back, for the timeline and the shopper. */
const refusals: Readonly<Record<string, string>> = {
  sold_out: "Paid after the order expired, and its goods are sold out by now",
  discount_refused: "Paid after the order expired, and its discount is used up by now",
  conflict: "Paid after the order expired and was placed again",
};

/** All or nothing: a refusal in the middle leaves no trace. Answers its code; null where the order is back. */
async function reviveOrNot(tx: Tx, system: System, order: Order, paid: Payment): Promise<string | null> {
  try {
    await tx.transaction(async (half) => {
      await sell(half, order, paid);
      await revive(half, system, order);
    });
    return null;
  } catch (error) {
    if (!isShopError(error) || !(error.code in refusals)) throw error;
    return error.code;
  }
}

/** Whether an intent's money is in the books already, by whichever row. */
async function isKnown(tx: Tx, intentId: string): Promise<boolean> {
  const known = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.providerIntentId, intentId), eq(payments.status, "paid")));
  return known.length > 0;
}

/** Counts the money as the order's and books its sale. */
async function sell(tx: Tx, order: Order, paid: Payment): Promise<void> {
  const [lines] = await inOneGo<[LineSums[], ...unknown[]]>([
    () => sumsOf(tx, order.id),
    () =>
      tx
        .update(orders)
        .set({ captured: sql`${orders.captured} + ${paid.amount}` })
        .where(eq(orders.id, order.id)),
    () => askFee(tx, paid.id),
  ]);
  await post(tx, captured(order, lines, paid.id, "clearing"));
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
    // The courier did not ask for what was called off or never arrived.
    const amount = paid.amount - (await settleUncollected(tx, system, order));
    await record(tx, system, { orderId, kind: "paid", data: { method: "cash_on_delivery", amount } });
  });
}

/** Posts the sale of a locked order. */
export async function bookSale(
  tx: Tx,
  order: Order,
  paymentId: string,
  into: "clearing" | "cod_receivable",
): Promise<void> {
  await post(tx, captured(order, await sumsOf(tx, order.id), paymentId, into));
}

function sumsOf(tx: Tx, orderId: string) {
  return tx
    .select({
      ownerId: orderLines.ownerId,
      subtotal: orderLines.subtotal,
      discount: orderLines.discount,
      tax: orderLines.tax,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId));
}
