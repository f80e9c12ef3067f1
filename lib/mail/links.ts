/** The addresses that stand in mails, and the secrets in some of them. */
import { createHmac } from "node:crypto";
import { alertKey } from "@/lib/alert-link";
import { cartKey } from "@/lib/cart-key";
import { env, requireEnv } from "@/lib/env";
import { orderKey } from "@/lib/services/orders/link";

/** An address of the shop, from "/" on, as a whole one. */
export const absolute = (path: string): string => `${env.SITE_URL}${path}`;

/** The order's page, opened without an account. */
export const orderLink = ({ id, number }: { id: string; number: string }): string =>
  absolute(`/orders/${number}?key=${orderKey(id)}`);

/** Where one press stops what an address asked to hear; `withoutSecret` for those who may read the mail but not act. */
export function stopLink(alertId: string, withoutSecret: boolean): string {
  return absolute(`/api/alerts/stop?alert=${alertId}&key=${withoutSecret ? "…" : alertKey(alertId)}`);
}

export type TokenPurpose = "verify_email" | "reset_password";

/**
 * The token of a link that proves that its reader owns the address. It is made from a seed and the shop's secret, so
 * that neither the outbox nor the table of hashes gives it away, and a mail that is sent twice has the same link.
 */
export function tokenOf(purpose: TokenPurpose, seed: string): string {
  return createHmac("sha256", requireEnv("AUTH_SECRET")).update(`${purpose}:${seed}`).digest("base64url");
}

const PAGES: Readonly<Record<TokenPurpose, string>> = {
  verify_email: "/verify-email",
  reset_password: "/reset-password",
};

/** `seed` null: the link without its secret, for those who may read the mail but not act on it. */
export function tokenLink(purpose: TokenPurpose, seed: string | null): string {
  return absolute(`${PAGES[purpose]}?token=${seed === null ? "…" : tokenOf(purpose, seed)}`);
}

const CART_PAGES = { open: "/cart/open", unsubscribe: "/api/cart/unsubscribe" } as const;

/** Opens a cart on any device, or ends mails about it; without its key for those who may read the mail but not act on it. */
export function cartLink(what: keyof typeof CART_PAGES, cartId: string, withoutSecrets = false): string {
  return absolute(`${CART_PAGES[what]}?cart=${cartId}&key=${withoutSecrets ? "…" : cartKey(cartId)}`);
}
