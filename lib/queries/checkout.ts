/** What the checkout shows: what was told so far, the quote for that place, saved addresses, and the missing step. */
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { readPricing } from "@/db/pricing";
import type { AddressFields } from "@/db/schema/checkout";
import { type Shopper, userIdOf } from "@/lib/domain/actors";
import { quoteCart } from "@/lib/domain/quote";
import { env } from "@/lib/env";
import { type CartView, findCart, getStore, viewOf } from "./cart";

export const CHECKOUT_STEPS = ["address", "delivery", "payment"] as const;
export type CheckoutStep = (typeof CHECKOUT_STEPS)[number];

export interface SavedAddress extends AddressFields {
  readonly id: string;
  readonly isDefaultShipping: boolean;
}

export interface CheckoutView {
  readonly cart: CartView;
  /** Null until the first step is told. */
  readonly checkoutId: string | null;
  /** Changes with every step that is told. */
  readonly version: string;
  /** Told already, or taken over from the account or the order before. */
  readonly email: string;
  readonly shipping: AddressFields | null;
  readonly billing: AddressFields | null;
  readonly billingSame: boolean;
  readonly note: string;
  /** Asked to be reminded by mail, should the cart be left behind. */
  readonly remind: boolean;
  readonly shippingRateId: string | null;
  readonly savedAddresses: readonly SavedAddress[];
  readonly isSignedIn: boolean;
  /** The first step that is not done; `payment` when only paying is left. */
  readonly next: CheckoutStep;
  readonly cashOnDelivery: boolean;
  /** Minor units: the total is above what may be paid to the courier. */
  readonly cashLimit: number | null;
}

interface CheckoutRow extends Record<string, unknown> {
  id: string;
  email: string | null;
  shipping: AddressFields | null;
  billing: AddressFields | null;
  billingSame: boolean;
  shippingRateId: string | null;
  note: string | null;
  remind: boolean;
  version: string;
}

/** The open checkout of the shopper's cart; null where there is nothing to check out. */
export async function getCheckout(shopper: Shopper): Promise<CheckoutView | null> {
  const cart = await findCart(shopper);
  if (!cart) return null;
  const [open, store, account, last] = await Promise.all([
    openCheckout(cart.id),
    getStore(),
    accountOf(shopper),
    lastTold(shopper),
  ]);
  const place = open?.shipping
    ? { country: open.shipping.country, region: open.shipping.region }
    : { country: cart.country ?? store.country, region: cart.region };
  const email = open?.email ?? account?.email ?? null;
  const pricing = await readPricing(db, cart.id, { place, email });
  const quote = quoteCart(pricing, { rateId: open?.shippingRateId ?? null });
  if (quote.lines.length === 0) return null;
  const view = viewOf(cart.id, quote, place, store);
  const told = Boolean(open?.shipping && open.email);
  const { cashOnDelivery, cashOnDeliveryLimit } = pricing.settings;
  const isTooMuch = cashOnDeliveryLimit !== null && quote.totals.total > cashOnDeliveryLimit;
  return {
    cart: view,
    checkoutId: open?.id ?? null,
    version: open?.version ?? "",
    email: email ?? last?.email ?? "",
    shipping: open?.shipping ?? last?.shipping ?? null,
    billing: open?.billing ?? null,
    billingSame: open?.billingSame ?? true,
    note: open?.note ?? "",
    remind: open?.remind ?? false,
    shippingRateId: open?.shippingRateId ?? null,
    savedAddresses: account?.addresses ?? [],
    isSignedIn: account !== null,
    next: !told ? "address" : open?.shippingRateId && quote.chosenRate ? "payment" : "delivery",
    cashOnDelivery: cashOnDelivery && !isTooMuch,
    cashLimit: cashOnDelivery && isTooMuch ? cashOnDeliveryLimit : null,
  };
}

async function openCheckout(cartId: string): Promise<CheckoutRow | undefined> {
  const rows = await db.execute<CheckoutRow>(sql`
    SELECT id, email, shipping_address AS shipping, billing_address AS billing, billing_same AS "billingSame",
      shipping_rate_id AS "shippingRateId", note,
      updated_at::text AS version, (SELECT reminder_consent_at IS NOT NULL FROM carts WHERE id = cart_id) AS remind
    FROM checkouts WHERE cart_id = ${cartId} AND status = 'open'`);
  return rows[0];
}

/** What the same shopper told at the order before this one, so that an expired order asks for nothing twice. */
async function lastTold(shopper: Shopper): Promise<{ email: string; shipping: AddressFields } | undefined> {
  const holder =
    shopper.kind === "guest"
      ? sql`c.guest_token_hash = ${shopper.tokenHash}`
      : sql`c.user_id = ${shopper.userId}`;
  const rows = await db.execute<{ email: string; shipping: AddressFields }>(sql`
    SELECT k.email, k.shipping_address AS shipping FROM checkouts k JOIN carts c ON c.id = k.cart_id
    WHERE ${holder} AND k.status = 'placed' AND k.email IS NOT NULL AND k.shipping_address IS NOT NULL
    ORDER BY k.updated_at DESC LIMIT 1`);
  return rows[0];
}

async function accountOf(shopper: Shopper): Promise<{ email: string; addresses: SavedAddress[] } | null> {
  const userId = userIdOf(shopper);
  if (!userId) return null;
  const [users, addresses] = await Promise.all([
    db.execute<{ email: string }>(sql`SELECT email FROM users WHERE id = ${userId}`),
    db.execute<SavedAddress & Record<string, unknown>>(sql`
      SELECT id, name, company, line1, line2, city, region, postal_code AS "postalCode", country, phone,
        is_default_shipping AS "isDefaultShipping"
      FROM addresses WHERE user_id = ${userId} ORDER BY is_default_shipping DESC, created_at DESC`),
  ]);
  return { email: users[0]?.email ?? "", addresses: [...addresses] };
}

/** How the browser reaches the payment gateway; nothing secret. */
export function getGateway(): { sandbox: boolean; publishableKey: string } {
  return { sandbox: Boolean(env.SANDBOX_URL), publishableKey: env.STRIPE_PUBLISHABLE_KEY ?? "" };
}
