"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import * as payments from "@/lib/services/payments/open";

const orderInput = z.object({ orderId: z.uuid() });
// Each try may cost the shop a fee and helps to test stolen cards.
const tries = { name: "pay", limit: 40, seconds: 3600 };

/** Opens the payment of a pending order again: same intent, another card. */
export const openPayment = action(orderInput, { limit: tries }, (shopper, { orderId }) =>
  payments.open(shopper, orderId),
);

/** Pays on the gateway's own page: for browsers without scripts, and for whoever prefers it. */
export const openHostedPayment = action(orderInput, { limit: tries }, async (shopper, { orderId }) => {
  const { url } = await payments.openHosted(shopper, orderId);
  redirect(url as Route);
});
