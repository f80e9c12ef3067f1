/** Orders of the cast and of the demo: a shopper's whole way from an empty cart, through the services. */
import { eq } from "drizzle-orm";
import type { Shopper } from "@/lib/domain/actors";
import type { Address } from "@/lib/domain/addresses";
import type { PaymentMethod } from "@/lib/domain/payments";
import { quoteCart } from "@/lib/domain/quote";
import * as cart from "@/lib/services/cart";
import { type Placed, place } from "@/lib/services/checkout/place";
import { lockCart, saveAddress, saveDelivery } from "@/lib/services/checkout/steps";
import { db } from "./client";
import { readPricing } from "./pricing";
import { checkouts } from "./schema/checkout";
import { withTx } from "./tx";

export interface Wish {
  readonly variantId: string;
  readonly quantity: number;
}

export const BERLIN: Address = {
  name: "Ada Lovelace",
  line1: "Torstraße 112",
  city: "Berlin",
  postalCode: "10119",
  country: "DE",
  company: undefined,
  line2: undefined,
  region: undefined,
  phone: undefined,
};

export interface Ready {
  readonly cartId: string;
  readonly checkoutId: string;
  readonly shippingRateId: string;
  /** What the payment page shows, in minor units. */
  readonly expectedTotal: number;
}

/** Fills a cart and tells everything up to the payment step; the cheapest delivery is chosen. */
export async function getReady(
  shopper: Shopper,
  wishes: readonly Wish[],
  {
    email = "ada@example.com",
    address = BERLIN,
    code,
  }: { email?: string; address?: Address; code?: string } = {},
): Promise<Ready> {
  for (const wish of wishes) await cart.add(shopper, wish);
  if (code) await cart.applyCode(shopper, { code });
  await saveAddress(shopper, { email, shipping: address, billing: null });
  const { id: cartId } = await withTx((tx) => lockCart(tx, shopper));
  const pricing = await readPricing(db, cartId, { place: address, email });
  const [rate] = [...quoteCart(pricing).rates].sort((a, b) => a.price - b.price);
  if (!rate) throw new Error(`nothing is delivered to ${address.country}`);
  await saveDelivery(shopper, { shippingRateId: rate.id });
  const { totals } = quoteCart(pricing, { rateId: rate.id });
  const [checkout] = await db
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(eq(checkouts.cartId, cartId));
  if (!checkout) throw new Error("the checkout was not kept");
  return { cartId, checkoutId: checkout.id, shippingRateId: rate.id, expectedTotal: totals.total };
}

/** From an empty cart to a placed order. */
export async function order(
  shopper: Shopper,
  wishes: readonly Wish[],
  {
    method = "card",
    ...told
  }: { method?: PaymentMethod; email?: string; address?: Address; code?: string } = {},
): Promise<Placed> {
  const { expectedTotal, checkoutId } = await getReady(shopper, wishes, told);
  return place(shopper, { method, expectedTotal, checkoutId });
}
