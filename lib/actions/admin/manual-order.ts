"use server";

import { z } from "zod";
import { action } from "@/lib/action";
import { addressInput } from "@/lib/domain/addresses";
import { ShopError } from "@/lib/domain/errors";
import { createManual } from "@/lib/services/checkout/manual";

const manualInput = z.object({
  lines: z
    .array(
      z.object({
        variantId: z.uuid(),
        quantity: z.coerce.number("A whole number.").int("A whole number.").min(0).max(9_999),
      }),
    )
    .max(100)
    .default([]),
  email: z.email("Please enter an e-mail address."),
  shipping: addressInput,
  shippingRateId: z.uuid("Please choose a delivery."),
  method: z.enum(["card", "cash_on_delivery", "bank_transfer", "none"]),
  /** Asked of a bank transfer alone. */
  holdDays: z.coerce.number("A whole number.").int("A whole number.").optional().catch(undefined),
  discountCode: z.string().trim().max(40, "At most 40 characters.").optional(),
  note: z.string().trim().max(500, "At most 500 characters.").optional(),
  /** The form's own name, so that a repeated request orders once. */
  requestKey: z.uuid().optional(),
});

/** Orders for a customer and answers the link by which they see and pay the order. */
export const orderByHand = action(manualInput, { who: "admin" }, async (admin, input) => {
  const { shipping, requestKey, ...wanted } = input;
  if (wanted.lines.every(({ quantity }) => quantity === 0))
    throw new ShopError("invalid_input", { fields: { lines: "Choose goods first." } });
  const { number, key, method, total } = await createManual(admin, {
    ...wanted,
    address: shipping,
    key: requestKey,
  });
  return { number, method, total, link: `/orders/${number}?key=${key}` };
});
