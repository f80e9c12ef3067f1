/** A refund that failed is tried again: once, with the pieces and sums that it had. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { orderEvents } from "@/db/schema/orders";
import { payments, refundLines, type refunds } from "@/db/schema/payments";
import { returns } from "@/db/schema/returns";
import { withTx } from "@/db/tx";
import type { Admin, Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { planAgain } from "@/lib/domain/refunds";
import { once, type RequestKey } from "@/lib/services/once";
import type { Order } from "@/lib/services/orders/access";
import { adminOnly, ask, lockRefund, refundAll } from "./refund";
import { paidForSale, readRefundable } from "./refund-left";
import { reserveSum, writeRefund } from "./refund-write";

/**
 * An admin tries a failed refund again: the same pieces and sums as a new one, the goods where they are. Money that
 * never was a sale goes back as a whole. The new one may fail and be tried again in its turn.
 * @throws ShopError forbidden for owners, not_found unless it failed and was not tried again before, invalid_input
 * where that is no longer left
 */
export async function refundAgain(
  staff: Staff,
  { refundId, key }: { readonly refundId: string; readonly key?: RequestKey },
): Promise<void> {
  const admin = adminOnly(staff);
  await withTx((tx) =>
    once(tx, admin, `refund_again:${refundId}`, key, async () => {
      const { refund: failed, order } = await lockRefund(tx, admin, refundId, "failed");
      const { reason, automatic } = failed;
      const [payment] = await tx
        .select()
        .from(payments)
        .where(eq(payments.id, failed.paymentId))
        .for("update");
      if (!payment || (await isTriedAgain(tx, failed))) throw new ShopError("not_found", { what: "refund" });
      if (await paidForSale(tx, payment.id)) await repeat(tx, admin, order, payment, failed);
      else await refundAll(tx, admin, order, payment, { reason, automatic });
      return null;
    }),
  );
}

type Payment = typeof payments.$inferSelect;
type Refund = typeof refunds.$inferSelect;

async function repeat(tx: Tx, admin: Admin, order: Order, payment: Payment, failed: Refund): Promise<void> {
  const lines = await tx.select().from(refundLines).where(eq(refundLines.refundId, failed.id));
  const goods = lines.reduce((sum, line) => sum + line.amount, 0);
  const books = await readRefundable(tx, order, payment.id);
  const plan = planAgain(books, { lines, shipping: failed.amount - goods });
  const refundId = newId();
  const { reason } = failed;
  await reserveSum(tx, payment, plan.amount, order.currency);
  await writeRefund(tx, admin, order, { id: refundId, paymentId: payment.id, reason, plan });
  // The return that it pays for is paid by the new one.
  await tx.update(returns).set({ refundId }).where(eq(returns.refundId, failed.id));
  await ask(tx, admin, order, payment, {
    refundId,
    amount: plan.amount,
    reason,
    automatic: null,
    again: failed.id,
  });
}

async function isTriedAgain(tx: Tx, { id, orderId }: Refund): Promise<boolean> {
  const tried = await tx
    .select({ id: orderEvents.id })
    .from(orderEvents)
    .where(
      and(
        eq(orderEvents.orderId, orderId),
        eq(orderEvents.kind, "refund_requested"),
        sql`${orderEvents.data} ->> 'again' = ${id}`,
      ),
    );
  return tried.length > 0;
}
