"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { setCartCount } from "@/lib/cookies";
import { buyAgain } from "@/lib/services/orders/buy-again";
import { lookUp } from "@/lib/services/orders/look-up";
import { cancelOrder as cancel } from "@/lib/services/payments/cancel";

const cancelInput = z.object({
  orderId: z.uuid(),
  orderNumber: z.string(),
  key: z.string().optional(),
  note: z.string().trim().max(500, "At most 500 characters.").optional(),
});

export const cancelOrder = action(cancelInput, {}, async (shopper, { orderId, orderNumber, key, note }) => {
  await cancel(shopper, orderId, note ? { note } : {});
  redirect(`/orders/${encodeURIComponent(orderNumber)}${key ? `?key=${encodeURIComponent(key)}` : ""}`);
});

const againInput = z.object({
  orderId: z.uuid(),
  orderNumber: z.string(),
  key: z.string().optional(),
  requestKey: z.uuid().optional(),
});

/** Puts what is still for sale into the cart; what is not is told on the order's own page. */
export const buyOrderAgain = action(
  againInput,
  { visitor: true },
  async (shopper, { orderId, orderNumber, key, requestKey }) => {
    const { added, missing, count } = await buyAgain(shopper, orderId, requestKey);
    await setCartCount(count);
    if (missing.length === 0) redirect("/cart");
    const told = new URLSearchParams({
      ...(key ? { key } : {}),
      again: String(added),
      missing: String(missing.length),
    });
    redirect(`/orders/${encodeURIComponent(orderNumber)}?${told}`);
  },
);

const lookUpInput = z.object({
  number: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{1,4}-[0-9A-Z]{4,12}$/, "An order number looks like MR-7K2Q9D."),
  email: z.email("Please enter the e-mail address of the order."),
});

/** Number and e-mail open an order; tries are few, because both can be guessed. */
export const findOrder = action(
  lookUpInput,
  { limit: { name: "order-lookup", limit: 10, seconds: 900 } },
  async (shopper, input) => {
    const { number, key } = await lookUp(shopper, input);
    redirect(`/orders/${number}?key=${key}`);
  },
);
