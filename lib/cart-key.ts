/** The signed link of a cart that was left behind: opens it on another device, and ends mails about it. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { requireEnv } from "./env";

/** The `key` of a cart's link: an HMAC over its id, 128 bits in base64url. */
export function cartKey(cartId: string): string {
  return createHmac("sha256", requireEnv("AUTH_SECRET"))
    .update(`cart:${cartId}`)
    .digest("base64url")
    .slice(0, 22);
}

/** Whether `key` opens this cart; takes the same time for every wrong one. */
export function isCartKey(cartId: string, key: string): boolean {
  const right = Buffer.from(cartKey(cartId));
  const given = Buffer.from(key);
  return given.length === right.length && timingSafeEqual(given, right);
}
