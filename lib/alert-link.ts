/** The signed link by which whoever reads a mail of an alert stops it, without an account. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { requireEnv } from "./env";

export interface AlertLink {
  /** The alert that the mail was about. */
  readonly alertId: string;
  readonly key: string;
}

/** The `key` of an alert's link: an HMAC over its id, 128 bits in base64url. */
export function alertKey(alertId: string): string {
  return createHmac("sha256", requireEnv("AUTH_SECRET"))
    .update(`alert:${alertId}`)
    .digest("base64url")
    .slice(0, 22);
}

/** Whether the shop made this link; takes the same time for every wrong one. */
export function isAlertLink({ alertId, key }: AlertLink): boolean {
  const right = Buffer.from(alertKey(alertId));
  const given = Buffer.from(key);
  return given.length === right.length && timingSafeEqual(given, right);
}
