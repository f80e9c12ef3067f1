"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { setCartCount } from "@/lib/cookies";
import type { Shopper } from "@/lib/domain/actors";
import { addressInput } from "@/lib/domain/addresses";
import {
  atInput,
  contactInput,
  deliveryInput,
  noteInput,
  paymentInput,
  tickInput,
} from "@/lib/domain/checkout";
import { isPassing } from "@/lib/failures";
import * as cart from "@/lib/services/cart";
import { type Placed, place } from "@/lib/services/checkout/place";
import * as steps from "@/lib/services/checkout/steps";
import * as payments from "@/lib/services/payments/open";

const addressStep = z.preprocess(
  withoutUnusedBilling,
  contactInput.extend({
    shipping: addressInput,
    /** Absent where the bill goes to the same address. */
    billing: addressInput.optional(),
    billingSame: tickInput,
    note: noteInput.optional(),
    /** Unticked means no, also where it was ticked before. */
    remind: tickInput,
    at: atInput,
  }),
);

/** The fields of the billing address are on the page without scripts; they count only where it is another one. */
function withoutUnusedBilling(form: unknown): unknown {
  if (typeof form !== "object" || form === null || !("billingSame" in form)) return form;
  const { billing: _unused, ...rest } = form as Record<string, unknown>;
  return rest;
}

/** First step: who and where to. The fields of a billing address count only where it is another one. */
export const saveAddress = action(addressStep, { visitor: true }, async (shopper, input) => {
  const { billing = null, note = null } = input;
  const { hasDelivery } = await steps.saveAddress(shopper, { ...input, billing, note });
  // Changed at the last step, in place: back to it, unless the delivery has to be chosen again.
  redirect(
    hasDelivery && input.at === "payment" ? "/checkout/payment?changed=address" : "/checkout/delivery",
  );
});

export const saveDelivery = action(deliveryInput, {}, async (shopper, input) => {
  await steps.saveDelivery(shopper, input);
  redirect(input.at === "payment" ? "/checkout/payment?changed=delivery" : "/checkout/payment");
});

/** What the browser needs to go on paying a placed order. */
export interface PlacedForBrowser {
  readonly orderId: string;
  readonly number: string;
  readonly key: string;
  /** Null where the gateway did not answer: the order stands and its own page asks again. */
  readonly payment: payments.OpenPayment | null;
}

const placeInput = paymentInput.extend({ checkoutId: z.uuid().optional() });
const tries = { name: "place", limit: 60, seconds: 3600 };

/**
 * Places the order. Cash goes straight to the order's page; a card is asked for on the gateway's own page without
 * scripts, and by the form that called this with them. That way sets no cookie: a set cookie makes the router draw
 * the page again, which would take the card fields away while they are needed.
 */
export const placeOrder = action(
  placeInput,
  { limit: tries },
  async (shopper, input, { nojs }): Promise<PlacedForBrowser> => {
    const placed = await place(shopper, input);
    const page = `/orders/${placed.number}?key=${placed.key}`;
    if (placed.method === "card" && !nojs) return openForBrowser(shopper, placed);
    await countAgain(shopper);
    if (placed.method !== "card") redirect(page as Route);
    redirect((await hostedPage(shopper, placed.orderId, page)) as Route);
  },
);

// The order is placed already. Whatever is away for a moment must not look as if it were not: its page is there, shows
// it, and offers to pay again.

async function countAgain(shopper: Shopper): Promise<void> {
  try {
    await setCartCount((await cart.count(shopper)).count);
  } catch (error) {
    if (!isPassing(error)) throw error;
  }
}

async function openForBrowser(shopper: Shopper, { orderId, number, key }: Placed): Promise<PlacedForBrowser> {
  try {
    return { orderId, number, key, payment: await payments.open(shopper, orderId) };
  } catch (error) {
    if (isPassing(error)) return { orderId, number, key, payment: null };
    throw error;
  }
}

async function hostedPage(shopper: Shopper, orderId: string, page: string): Promise<string> {
  try {
    return (await payments.openHosted(shopper, orderId)).url;
  } catch (error) {
    if (isPassing(error)) return `${page}&gateway=silent`;
    throw error;
  }
}
