/** Whether an order that its shopper looks at can still become an account's. Never cached. */
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import type { Shopper } from "@/lib/domain/actors";
import { isErased } from "@/lib/domain/erased";

/**
 * How: guests open an account with it, users who opened its signed link keep it. Null where it is somebody's already,
 * is not placed for good, or was called off. The page has found the order to be the shopper's.
 */
export async function getClaim(shopper: Shopper, orderId: string): Promise<"open" | "keep" | null> {
  const [order] = await db
    .select({ userId: orders.userId, status: orders.status, email: orders.email })
    .from(orders)
    .where(eq(orders.id, orderId));
  if (!order || order.userId || isErased(order.email)) return null;
  if (order.status === "pending" || order.status === "cancelled") return null;
  if (shopper.kind === "guest") return "open";
  return shopper.orderId === orderId ? "keep" : null;
}
