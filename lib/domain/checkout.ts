/** Checkout: what each step takes in. */
import { z } from "zod";
import { EMAIL_FAULT } from "./address-faults";

export const contactInput = z.object({
  email: z
    .email(EMAIL_FAULT)
    .max(254)
    .transform((email) => email.trim()),
});

/** A tick: there when it is set. */
export const tickInput = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

/** A word for the courier: lines may break, other control characters are none of a person's. */
export const noteInput = z
  .string()
  .trim()
  .max(500, "At most 500 characters.")
  .refine((text) => !/[^\P{Cc}\n\r\t]|\p{Cs}/u.test(text), "Please leave out invisible characters.");

/** The step on whose page a form stands, where that is a later one than its own. */
export const atInput = z.enum(["delivery", "payment"]).optional().catch(undefined);

export const deliveryInput = z.object({ shippingRateId: z.uuid("Please choose a delivery."), at: atInput });

export const paymentInput = z.object({
  // A bank transfer is agreed with the shop, never chosen here.
  method: z.enum(["card", "cash_on_delivery", "none"], "Please choose how to pay."),
  /** What the page showed, in minor units: a different total is told before it is charged. */
  expectedTotal: z.coerce.number().int().nonnegative(),
  /** What stood in it: see lib/domain/fingerprint.ts. */
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
});
