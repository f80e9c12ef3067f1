/** Writes refunds down: the reserved sum, the row with its lines, their counters and the request in the books. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { orderLines } from "@/db/schema/orders";
import { payments, refundLines, refunds } from "@/db/schema/payments";
import { type Actor, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { formatMoney } from "@/lib/domain/money";
import type { RefundPlan } from "@/lib/domain/refunds";
import { settleEarnings } from "@/lib/services/ledger/earnings";
import { post } from "@/lib/services/ledger/post";
import { refundRequested } from "@/lib/services/ledger/refunds";
import type { Order } from "@/lib/services/orders/access";
import { disputedOf, type Payment } from "./refund-left";

/** Raises what is given back of a payment; the condition refuses more than was paid and is not disputed. */
export async function reserveSum(tx: Tx, payment: Payment, amount: number, currency: string): Promise<void> {
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

export interface NewRefund {
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
  await settleEarnings(tx, order, { kind: "refund_share", sourceId: refund.id });
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
