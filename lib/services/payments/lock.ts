/** The order of locks for whatever the gateway tells of a payment: the cart first where a late success may take from it. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orders } from "@/db/schema/orders";
import type { System } from "@/lib/domain/actors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import * as cart from "@/lib/services/cart";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { mayRevive } from "@/lib/services/orders/revive";

/** Locks the order of a payment of which `intent` is told. @throws ShopError not_found */
export async function lockToSettle(
  tx: Tx,
  system: System,
  orderId: string,
  intent: Pick<PaymentIntentView, "status">,
): Promise<Order> {
  if (intent.status !== "succeeded") return lockOrder(tx, system, orderId);
  const [seen] = await tx
    .select({ status: orders.status, cancelReason: orders.cancelReason, cartId: orders.cartId })
    .from(orders)
    .where(eq(orders.id, orderId));
  const isLate = seen !== undefined && mayRevive(seen);
  if (isLate && seen.cartId) await cart.lockForTakeBack(tx, seen.cartId);
  const order = await lockOrder(tx, system, orderId);
  if (mayRevive(order) && !isLate) throw new ExpiredMeanwhile();
  return order;
}

/** The order expired between a look and its lock: `withTx` begins again, as after a serialization failure. */
class ExpiredMeanwhile extends Error {
  readonly code = "40001";
}
