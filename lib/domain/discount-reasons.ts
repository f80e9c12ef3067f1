/** Why a discount does not hold for a cart: a sentence of its own for every reason. */
import type { PricingDiscount } from "@/db/pricing";
import { formatMoney } from "./money";

/** What a discount is held against. */
export interface Against {
  /** Minor units, before discounts. */
  readonly subtotal: number;
  /** The cart items that can be bought. */
  readonly itemIds: readonly string[];
  readonly currency: string;
}

/** It holds, but other discounts or a delivery that is free anyway leave it nothing to take off. */
export const IDLE = "This takes nothing more off: what you have already covers it.";

/** Why a discount does not hold, as a sentence; undefined where it does. What a shopper can mend is told last. */
export function reasonAgainst(discount: PricingDiscount, cart: Against): string | undefined {
  const it = discount.code === null ? "This offer" : "This code";
  if (!discount.isActive) return `${it} is not active.`;
  if (!discount.hasStarted) return `${it} does not hold yet.`;
  if (discount.hasEnded) return `${it} has ended.`;
  if (!discount.isForTier) return `${it} is for members.`;
  if (discount.isUsedUp) return `${it} has been used up.`;
  if (discount.isUsedUpByCustomer) return `You have used ${it.toLowerCase()} already.`;
  const { itemIds, minSubtotal } = discount;
  if (itemIds && !cart.itemIds.some((item) => itemIds.includes(item)))
    return `${it} is for other goods than those in your cart.`;
  if (minSubtotal !== null && cart.subtotal < minSubtotal) {
    const from = formatMoney(minSubtotal, cart.currency);
    const missing = formatMoney(minSubtotal - cart.subtotal, cart.currency);
    return `${it} holds from ${from} on: ${missing} more to go.`;
  }
  return undefined;
}
