/** What a form says about a parcel: its carrier and the number that the carrier gave it. */
import { z } from "zod";
import { carriers } from "@/lib/domain/shipping";

const isCarrier = (name: string) => name === "Other" || Object.hasOwn(carriers, name);

export const parcelLabel = {
  carrier: z.string().refine(isCarrier, "Please choose a carrier."),
  trackingNumber: z
    .string()
    .trim()
    .max(60, "At most 60 characters.")
    .regex(/^[\w /-]*$/, "Letters, digits and dashes only.")
    .optional(),
};
