/** Pays for goods that came back: by the ordinary refund, once per return. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { returnLines } from "@/db/schema/returns";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { formatMoney } from "@/lib/domain/money";
import { planRefund } from "@/lib/domain/refunds";
import { write } from "@/lib/services/audit";
import { once, type RequestKey } from "@/lib/services/once";
import type { Order } from "@/lib/services/orders/access";
import { lockReturn, moveReturn, soldBy } from "@/lib/services/returns/move";
import { requestRefund } from "./refund";
import { lockSale, readRefundable } from "./refund-left";

export interface RefundedReturn {
  /** Null where nothing was to be given back: it was refunded before, or `amount` is zero. */
  readonly refundId: string | null;
  /** Minor units. */
  readonly amount: number;
}

/**
 * Refunds what was received of a return: the price of its pieces, or `amount` where that is lower (wear, missing
 * parts), and with `shipping` what is left of the order's shipping, which is for an admin to give: it is the shop's.
 * @throws ShopError not_found, forbidden, illegal_transition, invalid_input for more than the pieces cost
 */
export async function refundReturn(
  staff: Staff,
  {
    returnId,
    shipping = false,
    amount,
    key,
  }: { returnId: string; shipping?: boolean; amount?: number | undefined; key?: RequestKey },
): Promise<RefundedReturn> {
  if (shipping && staff.kind !== "admin") throw new ShopError("forbidden", {});
  return withTx(async (tx) => {
    const { order, found } = await lockReturn(tx, staff, returnId, soldBy(staff));
    return once(tx, staff, `return.refund:${returnId}`, key, async () => {
      if (found.status !== "received")
        throw new ShopError("illegal_transition", { machine: "return", from: found.status, to: "refunded" });
      const lines = await refundable(tx, returnId);
      if (amount !== undefined) await checkLower(tx, order, lines, amount);
      const refunded = await pay(tx, staff, order, {
        lines: amount === 0 ? [] : lines,
        shipping: shipping ? ("all" as const) : (0 as const),
        amount: lines.length > 0 && amount ? amount : undefined,
        reason: `Return ${found.number}`,
      });
      await moveReturn(tx, staff, found, "refund", {
        set: { refundId: refunded.refundId },
        data: { ...refunded },
      });
      await write(tx, staff, {
        action: "return.refund",
        subject: "returns",
        subjectId: returnId,
        before: { status: found.status },
        after: { status: "refunded", ...refunded },
      });
      return refunded;
    });
  });
}

type Wish = Parameters<typeof requestRefund>[3];

async function pay(tx: Tx, staff: Staff, order: Order, wish: Wish): Promise<RefundedReturn> {
  if (wish.lines.length === 0 && wish.shipping === 0) return { refundId: null, amount: 0 };
  const { refundId, amount } = await requestRefund(tx, staff, order, wish);
  return { refundId, amount };
}

/** The pieces that came, less those whose price was given back otherwise meanwhile. Receiving put them on the shelf. */
async function refundable(tx: Tx, returnId: string): Promise<Wish["lines"]> {
  const rows = await tx
    .select({
      orderLineId: returnLines.orderLineId,
      restocked: returnLines.restockedQuantity,
      writtenOff: returnLines.writtenOffQuantity,
      quantity: orderLines.quantity,
      refunded: orderLines.refundedQuantity,
    })
    .from(returnLines)
    .innerJoin(orderLines, eq(orderLines.id, returnLines.orderLineId))
    .where(eq(returnLines.returnId, returnId));
  return rows
    .map(({ orderLineId, restocked, writtenOff, quantity, refunded }) => ({
      orderLineId,
      quantity: Math.min(restocked + writtenOff, quantity - refunded),
      restock: false,
    }))
    .filter((line) => line.quantity > 0);
}

async function checkLower(tx: Tx, order: Order, lines: Wish["lines"], amount: number): Promise<void> {
  const payment = await lockSale(tx, order.id);
  const price = payment
    ? planRefund(await readRefundable(tx, order, payment.id), { lines, shipping: 0 }).amount
    : 0;
  if (Number.isSafeInteger(amount) && amount >= 0 && amount <= price) return;
  const message = `At most ${formatMoney(price, order.currency)}: that is what these items cost.`;
  throw new ShopError("invalid_input", { fields: { amount: message } });
}
