/** Confirms an order: it is paid, or cash on delivery was accepted; what it holds is sold. */
import type { Tx } from "@/db/client";
import type { Actor } from "@/lib/domain/actors";
import { commit } from "@/lib/services/inventory/reserve";
import type { Order } from "./access";
import { transition } from "./transition";

/** Takes a locked, pending order. @throws ShopError illegal_transition */
export async function confirm(tx: Tx, actor: Actor, order: Order, reason: string): Promise<Order> {
  const confirmed = await transition(tx, actor, order, "confirm", { reason });
  await commit(tx, order.id);
  return confirmed;
}
