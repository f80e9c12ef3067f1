/** The order of locks for whatever the gateway tells of a payment: the cart first where a late success may take from it. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orders } from "@/db/schema/orders";
import type { System } from "@/lib/domain/actors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import * as cart from "@/lib/services/cart";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { mayRevive } from "@/lib/services/orders/revive";

/** What must be known of an order before it is locked. */
export const whatIsSeen = {
  id: orders.id,
  status: orders.status,
  cancelReason: orders.cancelReason,
  cartId: orders.cartId,
};

type Seen = Pick<Order, keyof typeof whatIsSeen>;

/**
 * Locks the order of a payment of which `intent` is told. `seen`: what was read of it a moment ago; read here when
 * left out. @throws ShopError not_found
 */
export async function lockToSettle(
  tx: Tx,
  system: System,
  orderId: string,
  intent: Pick<PaymentIntentView, "status">,
  seen?: Seen,
): Promise<Order> {
  if (intent.status !== "succeeded") return lockOrder(tx, system, orderId);
  const known = seen ?? (await tx.select(whatIsSeen).from(orders).where(eq(orders.id, orderId)))[0];
  const isLate = known !== undefined && mayRevive(known);
  if (isLate && known.cartId) await cart.lockForTakeBack(tx, known.cartId);
  const order = await lockOrder(tx, system, orderId);
  if (mayRevive(order) && !isLate) throw new ExpiredMeanwhile();
  return order;
}

/** The order expired between a look and its lock: `withTx` begins again, as after a serialization failure. */
class ExpiredMeanwhile extends Error {
  readonly code = "40001";
}
