/** The order of locks for whatever the gateway tells of a payment: the cart first where a late success may take from it. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inOneGo } from "@/db/in-one-go";
import { orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
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

export type Seen = Pick<Order, keyof typeof whatIsSeen>;

/**
 * Locks the order of a payment of which `intent` is told, and sends `next` behind it without waiting. `seen`: what was
 * read of the order a moment ago; read here when left out. @throws ShopError not_found
 */
export async function lockToSettle<T>(
  tx: Tx,
  system: System,
  orderId: string,
  intent: Pick<PaymentIntentView, "status">,
  { seen, next }: { seen?: Seen; next: () => PromiseLike<T> },
): Promise<[Order, T]> {
  const isPaid = intent.status === "succeeded";
  const known = seen ?? (isPaid ? await see(tx, orderId) : undefined);
  const isLate = isPaid && known !== undefined && mayRevive(known);
  if (isLate && known.cartId) await cart.lockForTakeBack(tx, known.cartId);
  const [order, answer] = await inOneGo<[Order, T]>([() => lockOrder(tx, system, orderId), next]);
  if (isPaid && mayRevive(order) && !isLate) throw new ExpiredMeanwhile();
  return [order, answer];
}

/** The statement that locks a payment by its id, for `next`. */
export const lockPayment = (tx: Tx, id: string) => () =>
  tx.select().from(payments).where(eq(payments.id, id)).for("update");

async function see(tx: Tx, orderId: string): Promise<Seen | undefined> {
  const [seen] = await tx.select(whatIsSeen).from(orders).where(eq(orders.id, orderId));
  return seen;
}

/** The order expired between a look and its lock: `withTx` begins again, as after a serialization failure. */
class ExpiredMeanwhile extends Error {
  readonly code = "40001";
}
