/** Brings an order back that expired before its money came: stock, discounts and cart as if it had never lapsed. */
import { and, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { discountRedemptions, discounts } from "@/db/schema/discounts";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import type { System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import * as cart from "@/lib/services/cart";
import { commit, reserve } from "@/lib/services/inventory/reserve";
import type { Order } from "./access";
import { record, transition } from "./transition";

/** Only what lapsed may come back: whom a person cancelled, or who was paid and cancelled since, never. */
export const mayRevive = (order: Pick<Order, "status" | "cancelReason">): boolean =>
  order.status === "cancelled" && order.cancelReason === "expired";

/**
 * Confirms a locked order that expired. Run it in a savepoint: a refusal leaves half of it done. The lock of the cart
 * is taken before the order's (`cart.lockForTakeBack`); the stock comes last, so that a hot row is locked briefly.
 * @throws ShopError conflict (what was restored has been ordered again), discount_refused, sold_out
 */
export async function revive(tx: Tx, system: System, order: Order): Promise<Order> {
  if (order.cartId && !(await cart.takeBack(tx, order.cartId)))
    throw new ShopError("conflict", { what: "cart" });
  await countDiscountsAgain(tx, order);
  const revived = await transition(tx, system, order, "revive", {
    set: { cancelReason: null, cancelNote: null, cancelledAt: null },
    reason: "Payment received late",
  });
  await record(tx, system, { orderId: order.id, kind: "revived", reason: "Payment received late" });
  await tx
    .update(fulfilments)
    .set({ status: "open", version: sql`${fulfilments.version} + 1` })
    .where(and(eq(fulfilments.orderId, order.id), eq(fulfilments.status, "cancelled")));
  const lines = await tx
    .select({
      variantId: orderLines.variantId,
      quantity: sql<number>`${orderLines.quantity} - ${orderLines.cancelledQuantity}`.mapWith(Number),
      name: orderLines.productName,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id));
  // Sold in the same breath, so the end of the hold never matters.
  await reserve(tx, order.id, lines, order.placedAt);
  await commit(tx, order.id);
  return revived;
}

/**
 * Counts the uses again that the expiry gave back, within the limits as they are now; the price was promised at
 * placing, so a discount that ended since is honoured. @throws ShopError discount_refused
 */
async function countDiscountsAgain(tx: Tx, order: Order): Promise<void> {
  const given = await tx
    .select()
    .from(discountRedemptions)
    .where(and(eq(discountRedemptions.orderId, order.id), isNotNull(discountRedemptions.givenBackAt)))
    .orderBy(discountRedemptions.discountId);
  for (const { discountId, amount } of given) {
    const [taken] = await tx
      .update(discounts)
      .set({ used: sql`${discounts.used} + 1` })
      .where(
        and(
          eq(discounts.id, discountId),
          or(isNull(discounts.totalLimit), sql`${discounts.used} < ${discounts.totalLimit}`),
        ),
      )
      .returning({ limit: discounts.perCustomerLimit });
    if (!taken) throw new ShopError("discount_refused", { reason: "The discount was used up meanwhile." });
    const { id: orderId, userId, email } = order;
    if (taken.limit !== null && (await usesBy(tx, discountId, order)) >= taken.limit)
      throw new ShopError("discount_refused", { reason: "The discount was used again meanwhile." });
    await tx.insert(discountRedemptions).values({ id: newId(), discountId, orderId, userId, email, amount });
  }
}

async function usesBy(tx: Tx, discountId: string, { email, userId }: Order): Promise<number> {
  const mine = or(
    sql`mailbox_of(${discountRedemptions.email}) = mailbox_of(${email})`,
    userId ? eq(discountRedemptions.userId, userId) : undefined,
  );
  const [row] = await tx
    .select({ uses: sql<number>`count(*)`.mapWith(Number) })
    .from(discountRedemptions)
    .where(
      and(eq(discountRedemptions.discountId, discountId), isNull(discountRedemptions.givenBackAt), mine),
    );
  return row?.uses ?? 0;
}
