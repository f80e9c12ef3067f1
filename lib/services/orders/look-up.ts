/** Finds an order by its number and the e-mail it was placed with, for guests who lost their link. */
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import type { Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { orderKey } from "./link";

/**
 * The signed link's parts. A wrong number and a wrong e-mail are refused alike; the caller limits the tries.
 * @throws ShopError not_found
 */
export async function lookUp(
  _shopper: Shopper,
  { number, email }: { number: string; email: string },
): Promise<{ number: string; key: string }> {
  const [order] = await db
    .select({ id: orders.id, number: orders.number })
    .from(orders)
    .where(and(eq(orders.number, number.toUpperCase()), sql`lower(${orders.email}) = lower(${email})`));
  if (!order) throw new ShopError("not_found", { what: "order" });
  return { number: order.number, key: orderKey(order.id) };
}
