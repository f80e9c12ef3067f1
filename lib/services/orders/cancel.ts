/** Cancels a locked order inside a transaction: parts, stock, discount and cart. The money is payments' business. */
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { now } from "@/db/schema/columns";
import { discountRedemptions, discounts } from "@/db/schema/discounts";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import type { Actor } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import type { OrderVerb } from "@/lib/domain/orders";
import * as cart from "@/lib/services/cart";
import { putBack, release } from "@/lib/services/inventory/reserve";
import type { Order } from "./access";
import { transition } from "./transition";

type CancelReason = NonNullable<Order["cancelReason"]>;

/**
 * Cancels and undoes what placing did. Stock that was held is released; stock that was sold comes back.
 * An order that expired gives its cart back. @throws ShopError illegal_transition
 */
export async function cancelLocked(
  tx: Tx,
  actor: Actor,
  order: Order,
  { reason, note = null }: { reason: CancelReason; note?: string | null },
): Promise<Order> {
  const mayCallOff = actor.kind === "admin" || actor.kind === "system";
  const verb: OrderVerb = order.status === "processing" && mayCallOff ? "callOff" : "cancel";
  const lines = await piecesOf(tx, order.id);
  // What was sent stays sold: whoever calls off the rest of such an order does it line by line (call-off.ts).
  if (verb === "callOff" && lines.some((line) => line.shipped > 0))
    throw new ShopError("illegal_transition", { machine: "order", from: "partly shipped", to: "cancelled" });
  const cancelled = await transition(tx, actor, order, verb, {
    set: { cancelReason: reason, cancelNote: note },
    // What shoppers write may be personal, and events are kept when a person is erased: the order alone holds it.
    reason: reason === "shopper" ? null : note,
    data: { reason },
  });
  await tx
    .update(fulfilments)
    .set({ status: "cancelled", version: sql`${fulfilments.version} + 1` })
    .where(and(eq(fulfilments.orderId, order.id), inArray(fulfilments.status, ["open", "processing"])));
  await giveDiscountsBack(tx, order.id);
  if (order.cartId && (reason === "expired" || reason === "payment_failed"))
    await cart.restore(tx, order.cartId);
  if (order.status === "pending") await release(tx, order.id);
  else {
    const left = lines.map(({ variantId, quantity, cancelled: off }) => ({
      variantId,
      quantity: quantity - off,
    }));
    await putBack(
      tx,
      order.id,
      left.filter((line) => line.quantity > 0),
    );
  }
  return cancelled;
}

/** decisions: a discount's use is given back only by a full cancel before shipping. */
export async function giveDiscountsBack(tx: Tx, orderId: string): Promise<void> {
  const back = await tx
    .update(discountRedemptions)
    .set({ givenBackAt: now as unknown as Date })
    .where(and(eq(discountRedemptions.orderId, orderId), isNull(discountRedemptions.givenBackAt)))
    .returning({ discountId: discountRedemptions.discountId });
  for (const { discountId } of back.sort((a, b) => (a.discountId < b.discountId ? -1 : 1))) {
    await tx
      .update(discounts)
      .set({ used: sql`${discounts.used} - 1` })
      .where(eq(discounts.id, discountId));
  }
}

async function piecesOf(
  tx: Tx,
  orderId: string,
): Promise<{ variantId: string; quantity: number; shipped: number; cancelled: number }[]> {
  return tx
    .select({
      variantId: orderLines.variantId,
      quantity: orderLines.quantity,
      shipped: orderLines.shippedQuantity,
      cancelled: orderLines.cancelledQuantity,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId));
}
