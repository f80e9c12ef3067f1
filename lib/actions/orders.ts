"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { setCartCount } from "@/lib/cookies";
import { addressInput } from "@/lib/domain/addresses";
import { type CancelReasonChoice, cancelReasons } from "@/lib/domain/orders";
import { changeAddress } from "@/lib/services/orders/address";
import { buyAgain } from "@/lib/services/orders/buy-again";
import { lookUp } from "@/lib/services/orders/look-up";
import { cancelOrder as cancel } from "@/lib/services/payments/cancel";

const order = { orderId: z.uuid(), orderNumber: z.string().max(20), key: z.string().max(64).optional() };
const choices = Object.keys(cancelReasons) as [CancelReasonChoice, ...CancelReasonChoice[]];

const cancelInput = z.object({
  ...order,
  reason: z.enum(["", ...choices]).default(""),
  note: z.string().trim().max(400, "At most 400 characters.").optional(),
});

/** Cancels the whole order, for whoever bought it or holds its link. */
export const cancelOrder = action(cancelInput, {}, async (shopper, { orderId, reason, note, ...at }) => {
  const why = [reason && cancelReasons[reason], note].filter(Boolean).join(": ");
  await cancel(shopper, orderId, why ? { note: why } : {});
  backTo(at);
});

const addressChange = z.object({
  ...order,
  shipping: addressInput,
  /** The form's own name, so that a repeated request changes it once. */
  requestKey: z.uuid().optional(),
});

/** Sends an order somewhere else until somebody packs it. */
export const changeOrderAddress = action(
  addressChange,
  {},
  async (shopper, { orderId, shipping, requestKey, ...at }) => {
    await changeAddress(shopper, { orderId, shipping, key: requestKey });
    backTo(at, { done: "address" });
  },
);

const againInput = z.object({ ...order, requestKey: z.uuid().optional() });

/** Puts what is still for sale into the cart; what is not is told on the order's own page. */
export const buyOrderAgain = action(againInput, { visitor: true }, async (shopper, input) => {
  const { orderId, requestKey, ...at } = input;
  const { missing, count } = await buyAgain(shopper, orderId, requestKey);
  await setCartCount(count);
  if (missing.length === 0 || !requestKey) redirect("/cart");
  backTo(at, { again: requestKey });
});

const lookUpInput = z.object({
  number: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{1,4}-[0-9A-Z]{4,12}$/, "An order number looks like MR-7K2Q9D."),
  email: z.email("Please enter the e-mail address of the order."),
  /** Where to go then: the order's page when left out. */
  next: z.literal("return").optional(),
});

/** Number and e-mail open an order; tries are few, because both can be guessed. */
export const findOrder = action(
  lookUpInput,
  { limit: { name: "order-lookup", limit: 10, seconds: 900 } },
  async (shopper, { next, ...input }) => {
    const { number, key } = await lookUp(shopper, input);
    redirect(`/orders/${number}${next ? `/${next}` : ""}?key=${key}` as Route);
  },
);

function backTo(
  { orderNumber, key }: { orderNumber: string; key?: string | undefined },
  told: Readonly<Record<string, string>> = {},
): never {
  const query = new URLSearchParams({ ...(key ? { key } : {}), ...told });
  redirect(`/orders/${encodeURIComponent(orderNumber)}${query.size > 0 ? `?${query}` : ""}` as Route);
}
