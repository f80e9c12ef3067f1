/** What a form says about a parcel: its carrier and the number that the carrier gave it. */
import { z } from "zod";
import { isCarrier } from "@/lib/domain/shipping";

const trackingNumber = z
  .string()
  .trim()
  .max(60, "At most 60 characters.")
  .regex(/^[\w /-]*$/, "Letters, digits and dashes only.")
  .optional();

export const parcelLabel = {
  carrier: z.string().refine(isCarrier, "Please choose a carrier."),
  trackingNumber,
};

/** Of a parcel that is on its way: the service lets it keep a carrier that we do not know. */
export const rightLabel = {
  carrier: z.string().trim().min(1, "Please choose a carrier.").max(100, "Please choose a carrier."),
  trackingNumber,
};
