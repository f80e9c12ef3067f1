/** The signed link by which a guest opens an order. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { requireEnv } from "@/lib/env";

/** The `key` of an order's link: an HMAC over its id, 128 bits in base64url. */
export function orderKey(orderId: string): string {
  return createHmac("sha256", requireEnv("AUTH_SECRET"))
    .update(`order:${orderId}`)
    .digest("base64url")
    .slice(0, 22);
}

/** The id of the order that a link opens; null for a wrong number or key, without telling which. */
export async function openLink(number: string, key: string): Promise<string | null> {
  const [order] = await db.select({ id: orders.id }).from(orders).where(eq(orders.number, number));
  return order && isOrderKey(order.id, key) ? order.id : null;
}

/** Whether `key` opens this order; takes the same time for every wrong one. */
export function isOrderKey(orderId: string, key: string): boolean {
  const right = Buffer.from(orderKey(orderId));
  const given = Buffer.from(key);
  return given.length === right.length && timingSafeEqual(given, right);
}
