/** Refunds: the sum is reserved and booked before anybody is asked to pay it; `refund-settle` takes over the answer. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { orderLines } from "@/db/schema/orders";
import { payments, refundLines, refunds } from "@/db/schema/payments";
import { type Actor, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { formatMoney } from "@/lib/domain/money";
import {
  leftInAll,
  planAmount,
  planRefund,
  planRest,
  type RefundPlan,
  type RefundWish,
} from "@/lib/domain/refunds";
import { enqueue } from "@/lib/queue";
import { post } from "@/lib/services/ledger/post";
import { refundRequested } from "@/lib/services/ledger/refunds";
import type { Order } from "@/lib/services/orders/access";
import { record } from "@/lib/services/orders/transition";
import { disputedOf, lockSale, type Payment, paidForSale, readRefundable } from "./refund-left";
import { restock } from "./refund-restock";
import { takeShares } from "./refund-shares";

declare module "@/lib/queue" {
  interface Jobs {
    "payments.refund": { refundId: string };
  }
}

export { sendRefund, settleRefund } from "./refund-settle";

export interface WantedRefund extends Omit<RefundWish, "lines"> {
  /** `restock` puts pieces back on the shelf unless they are there already (see `refund-restock`). */
  readonly lines: readonly {
    readonly orderLineId: string;
    readonly quantity: number;
    readonly restock: boolean;
  }[];
  readonly reason: string;
  /** Why it exists by itself; left out where a person asked. */
  readonly automatic?: string | null | undefined;
}

/**
 * Asks for a refund of a locked order: reserves the sum, books it, restocks where told, and lets a job ask the gateway.
 * `refundId` is null where there is nothing to give back: nothing was paid yet, or the pieces cost nothing.
 * @throws ShopError invalid_input naming the field and what is left
 */
export async function requestRefund(
  tx: Tx,
  actor: Actor,
  order: Order,
  what: WantedRefund,
): Promise<{ refundId: string | null; amount: number }> {
  const back = what.lines.filter((line) => line.restock);
  const payment = await lockSale(tx, order.id);
  const plan = payment && planRefund(await readRefundable(tx, order, payment.id), what);
  if (!payment || !plan || plan.amount === 0) {
    await restock(tx, order, back);
    return { refundId: null, amount: 0 };
  }
  const refundId = newId();
  await reserveSum(tx, payment, plan.amount, order.currency);
  // Before the ledger: owners' balances are locked last.
  await restock(tx, order, back);
  const { reason, automatic } = what;
  await writeRefund(tx, actor, order, { id: refundId, paymentId: payment.id, reason, automatic, plan, back });
  await ask(tx, actor, order, payment, { refundId, amount: plan.amount, reason });
  return { refundId, amount: plan.amount };
}

/**
 * Gives back all that is left of a payment of a locked order, nothing where nothing is. Of a sale every line and the
 * shipping go back on the books, less what a dispute holds. `automatic` names the reason where money never was a sale
 * ("late_success", "paid_twice"): it is owed as a whole, and the books saw no sale.
 */
export async function refundAll(
  tx: Tx,
  actor: Actor,
  order: Order,
  { id: paymentId }: Payment,
  { reason, automatic = null }: { reason: string; automatic?: string | null },
): Promise<void> {
  const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for("update");
  if (!payment) return;
  const left = payment.amount - payment.refunded - (await disputedOf(tx, paymentId));
  if (left <= 0) return;
  const refundId = newId();
  if (await paidForSale(tx, paymentId)) {
    const books = await readRefundable(tx, order, paymentId);
    const plan = left >= leftInAll(books) ? planRest(books) : planAmount(books, left);
    await reserveSum(tx, payment, plan.amount, order.currency);
    await writeRefund(tx, actor, order, { id: refundId, paymentId, plan, reason, automatic });
    await ask(tx, actor, order, payment, { refundId, amount: plan.amount, reason });
    return;
  }
  await reserveSum(tx, payment, left, order.currency);
  await writeStray(tx, actor, order, {
    id: refundId,
    paymentId,
    amount: left,
    reason,
    automatic: automatic ?? "paid_twice",
  });
  await ask(tx, actor, order, payment, { refundId, amount: left, reason });
}

/** Raises what is given back of a payment; the condition refuses more than was paid and is not disputed. */
async function reserveSum(tx: Tx, payment: Payment, amount: number, currency: string): Promise<void> {
  const disputed = sql`(SELECT COALESCE(sum(d.amount), 0) FROM disputes d WHERE d.payment_id = ${payment.id} AND d.status IN ('open', 'lost'))`;
  const [reserved] = await tx
    .update(payments)
    .set({ refunded: sql`${payments.refunded} + ${amount}` })
    .where(
      and(
        eq(payments.id, payment.id),
        eq(payments.status, "paid"),
        sql`${payments.refunded} + ${amount} + ${disputed} <= ${payments.amount}`,
      ),
    )
    .returning({ id: payments.id });
  if (reserved) return;
  const left = Math.max(0, payment.amount - payment.refunded - (await disputedOf(tx, payment.id)));
  throw new ShopError("invalid_input", {
    fields: { amount: `At most ${formatMoney(left, currency)} of the payment is left.` },
  });
}

interface NewRefund {
  readonly id: string;
  readonly paymentId: string;
  readonly reason: string;
  readonly automatic?: string | null | undefined;
  readonly providerRefundId?: string | null;
}

/** Writes the row, its lines and their counters, and books the request; for sums that are reserved already. */
export async function writeRefund(
  tx: Tx,
  actor: Actor,
  order: Order,
  { plan, back = [], ...refund }: NewRefund & { plan: RefundPlan; back?: readonly { orderLineId: string }[] },
): Promise<void> {
  const { amount, tax, shipping, shippingTax } = plan;
  await tx.insert(refunds).values({
    ...rowOf(actor, order, refund),
    amount,
    // As in the order itself: with prices without tax the shipping has none in it.
    shipping: order.pricesIncludeTax ? shipping : shipping - shippingTax,
    tax,
  });
  const lines = [];
  for (const line of plan.lines) {
    const [counted] = await tx
      .update(orderLines)
      .set({
        refundedQuantity: sql`${orderLines.refundedQuantity} + ${line.quantity}`,
        refundedAmount: sql`${orderLines.refundedAmount} + ${line.amount}`,
      })
      .where(and(eq(orderLines.id, line.orderLineId), eq(orderLines.orderId, order.id)))
      .returning({ ownerId: orderLines.ownerId });
    if (counted) lines.push({ ...line, ownerId: counted.ownerId });
  }
  if (lines.length > 0) {
    await tx.insert(refundLines).values(
      lines.map(({ ownerId: _, ...line }) => ({
        ...line,
        id: newId(),
        refundId: refund.id,
        restock: back.some((one) => one.orderLineId === line.orderLineId),
      })),
    );
  }
  await post(tx, refundRequested(order, { ...plan, id: refund.id, lines }));
  await takeShares(tx, order, refund.id);
}

/** Writes a refund of money that never was a sale: the books owe it since it came. */
export async function writeStray(
  tx: Tx,
  actor: Actor,
  order: Order,
  { amount, ...refund }: NewRefund & { amount: number },
): Promise<void> {
  await tx.insert(refunds).values({ ...rowOf(actor, order, refund), amount });
}

function rowOf(actor: Actor, order: Order, { reason, automatic = null, ...refund }: NewRefund) {
  return { ...refund, orderId: order.id, reason, automatic, requestedBy: userIdOf(actor) };
}

/** Tells the timeline, and the job to ask the gateway. Cash is paid back by hand and recorded then. */
async function ask(
  tx: Tx,
  actor: Actor,
  order: Order,
  payment: Payment,
  { refundId, amount, reason }: { refundId: string; amount: number; reason: string },
): Promise<void> {
  await record(tx, actor, {
    orderId: order.id,
    kind: "refund_requested",
    reason,
    data: { refundId, amount },
  });
  if (payment.provider === "manual") return;
  await enqueue(tx, "payments.refund", { refundId }, { key: `payments.refund:${refundId}` });
}
