import { CHECKOUT_STEPS, type CheckoutStep, type CheckoutView, getCheckout } from "@/lib/queries/checkout";
import { getPendingOrder } from "@/lib/queries/orders";
import { getShopper } from "@/lib/session";

const PATHS: Record<CheckoutStep, string> = {
  address: "/checkout",
  delivery: "/checkout/delivery",
  payment: "/checkout/payment",
};

/** Where to go instead, and what to say meanwhile. */
export interface Elsewhere {
  readonly href: string;
  readonly title: string;
  readonly label: string;
}

const toCart: Elsewhere = { href: "/cart", title: "First a look at your cart", label: "See the cart" };

/**
 * The checkout for one of its steps. Who skipped a step goes to it; who has nothing to buy goes to the order that
 * waits for its money, or to the cart; so does who has not yet seen a changed price.
 */
export async function requireCheckout(
  step: CheckoutStep,
): Promise<{ checkout: CheckoutView } | { elsewhere: Elsewhere }> {
  const shopper = await getShopper();
  const checkout = await getCheckout(shopper);
  if (!checkout) {
    const pending = await getPendingOrder(shopper);
    if (!pending) return { elsewhere: toCart };
    const href = `/orders/${pending.number}`;
    return { elsewhere: { href, title: "This order is placed", label: "See the order" } };
  }
  if (!checkout.cart.canCheckOut || checkout.cart.hasChanges) return { elsewhere: toCart };
  if (CHECKOUT_STEPS.indexOf(checkout.next) >= CHECKOUT_STEPS.indexOf(step)) return { checkout };
  return {
    elsewhere: { href: PATHS[checkout.next], title: "One step is missing", label: "Go to that step" },
  };
}
