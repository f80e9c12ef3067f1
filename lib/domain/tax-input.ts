/** Tax: what an admin tells of classes and rates. Rates in parts per million: 19 % is 190,000. */
import { z } from "zod";
import { placeInput } from "./shipping-input";

const name = z.string().trim().min(1, "Please enter a name.").max(80, "At most 80 characters.");

export const taxClassInput = z.object({
  code: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "Letters, digits and dashes."),
  name,
  /** The class of products without one, and the class that shipping is taxed by. */
  isDefault: z.boolean().default(false),
});
export type TaxClassInput = z.input<typeof taxClassInput>;

const rateParts = z.object({
  taxClassId: z.uuid("Please choose a class."),
  name,
  rate: z.int("Parts per million, whole.").min(0, "Not below zero.").max(1_000_000, "At most 100 %."),
  appliesToShipping: z.boolean().default(true),
});
/** A region's rate stands instead of its country's, not beside it. */
export const taxRateInput = z.intersection(rateParts, placeInput);
export type TaxRateInput = z.input<typeof taxRateInput>;
