import type { Route } from "next";
import { redirect } from "next/navigation";
import { CHECKOUT_STEPS, type CheckoutStep, type CheckoutView, getCheckout } from "@/lib/queries/checkout";
import { getPendingOrder } from "@/lib/queries/orders";
import { getShopper } from "@/lib/session";

const PATHS: Record<CheckoutStep, Route> = {
  address: "/checkout",
  delivery: "/checkout/delivery",
  payment: "/checkout/payment",
};

/**
 * The checkout for one of its steps. Who skipped a step goes to it; who has nothing to buy goes to the order that
 * waits for its money, or to the cart; so does who has not yet seen a changed price.
 */
export async function requireCheckout(step: CheckoutStep): Promise<CheckoutView> {
  const shopper = await getShopper();
  const checkout = await getCheckout(shopper);
  if (!checkout?.cart.canCheckOut) {
    const pending = checkout ? null : await getPendingOrder(shopper);
    redirect(pending ? `/orders/${pending.number}` : "/cart");
  }
  if (checkout.cart.hasChanges) redirect("/cart");
  if (CHECKOUT_STEPS.indexOf(checkout.next) < CHECKOUT_STEPS.indexOf(step)) redirect(PATHS[checkout.next]);
  return checkout;
}
