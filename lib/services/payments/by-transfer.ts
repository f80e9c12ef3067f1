/** Payment by bank transfer: an admin saw the money in the bank's list and writes it down with the transfer's reference. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { now } from "@/db/schema/columns";
import { orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { write } from "@/lib/services/audit";
import { cashRemitted } from "@/lib/services/ledger/cash";
import { post } from "@/lib/services/ledger/post";
import { once, type RequestKey } from "@/lib/services/once";
import { lockOrder } from "@/lib/services/orders/access";
import { confirm } from "@/lib/services/orders/confirm";
import { refuseIfMoved, type Seen } from "@/lib/services/orders/seen";
import { record } from "@/lib/services/orders/transition";
import { bookSale } from "./capture";

export interface Transfer {
  readonly orderId: string;
  /** What the bank's list says of it. */
  readonly reference: string;
  readonly key?: RequestKey;
  readonly seen?: Seen;
}

/**
 * Confirms an order that waits for its bank transfer: the whole sum came. On the books it is cash that was handed over
 * at once, so that it lies in the bank.
 * @throws ShopError not_found, payment_closed where it does not wait for a transfer (paid, expired, cancelled, by card),
 * conflict where somebody moved the order on
 */
export async function markTransferred(
  admin: Admin,
  { orderId, reference, key, seen }: Transfer,
): Promise<void> {
  await withTx((tx) =>
    once(tx, admin, `transfer:${orderId}`, key, async () => {
      const order = await lockOrder(tx, admin, orderId);
      await refuseIfMoved(tx, admin, orderId, seen);
      if (order.status !== "pending" || order.paymentMethod !== "bank_transfer")
        throw new ShopError("payment_closed", {});
      const [paid] = await tx
        .update(payments)
        .set({ status: "paid", paidAt: now as unknown as Date, gatewayResponse: { reference } })
        .where(
          and(
            eq(payments.orderId, orderId),
            eq(payments.provider, "manual"),
            inArray(payments.status, ["pending"]),
          ),
        )
        .returning({ id: payments.id, amount: payments.amount });
      if (!paid) throw new ShopError("payment_closed", {});
      await tx
        .update(orders)
        .set({ captured: sql`${orders.captured} + ${paid.amount}` })
        .where(eq(orders.id, orderId));
      await bookSale(tx, order, paid.id, "cod_receivable");
      const { currency, total } = order;
      await post(tx, cashRemitted({ orderId, sourceId: orderId, amount: total, currency }));
      const data = { method: "bank_transfer", amount: paid.amount };
      await record(tx, admin, { orderId, kind: "paid", data });
      await confirm(tx, admin, order, "Payment received");
      await write(tx, admin, {
        action: "order.transferred",
        subject: "orders",
        subjectId: orderId,
        before: { captured: order.captured },
        after: { captured: paid.amount, reference },
      });
      return {};
    }),
  );
}
