/** Discounts: what an admin tells of one. Amounts in minor units, moments as dates. */
import { z } from "zod";

const limit = z.int("A whole number.").min(1, "At least 1.").max(2_000_000_000, "Too large.").nullable();
const moment = z.date("Please enter a date.").nullable();
const ids = z
  .array(z.uuid())
  .max(500, "At most 500.")
  .default([])
  .transform((list) => [...new Set(list)]);

export const discountInput = z
  .object({
    title: z.string().trim().min(1, "Please enter a title.").max(120, "At most 120 characters."),
    /** As typed; kept in capitals. Null or blank: applies by itself. */
    code: z
      .string()
      .nullable()
      .default(null)
      .transform((typed) => typed?.trim().toUpperCase() || null)
      .refine(
        (code) => code === null || /^[A-Z0-9_-]{2,40}$/.test(code),
        "2 to 40 letters, digits and dashes.",
      ),
    kind: z.enum(["percentage", "fixed", "free_shipping"], "Please choose one."),
    /** Whole per cent, or minor units; none for free shipping. */
    value: z.int("A whole number.").nullable().default(null),
    membershipTierId: z.uuid("Please choose a tier.").nullable().default(null),
    minSubtotal: z.int("A whole number.").min(0, "Not below zero.").nullable().default(null),
    totalLimit: limit.default(null),
    perCustomerLimit: limit.default(null),
    startsAt: moment.default(null),
    endsAt: moment.default(null),
    isActive: z.boolean().default(true),
    /** Neither: the whole order. A category means all that stands below it, too. */
    categoryIds: ids,
    productIds: ids,
  })
  .check(({ value: { kind, value, startsAt, endsAt }, issues }) => {
    const fault = (path: string, message: string) =>
      issues.push({ code: "custom", path: [path], message, input: value });
    if (kind === "percentage" && (value === null || value < 1 || value > 100))
      fault("value", "From 1 to 100 per cent.");
    if (kind === "fixed" && (value === null || value < 1))
      fault("value", "Please enter an amount above zero.");
    if (kind === "free_shipping" && value !== null) fault("value", "Free shipping has no amount.");
    if (startsAt && endsAt && endsAt <= startsAt) fault("endsAt", "It ends after it starts.");
  });

export type DiscountInput = z.input<typeof discountInput>;
