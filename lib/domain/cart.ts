/** Cart: what adding and changing take in. */
import { z } from "zod";

export const addInput = z.object({
  variantId: z.uuid("Please choose a variant."),
  quantity: z.coerce.number().int().min(1, "At least one.").max(999, "At most 999."),
});

export const quantityInput = z.object({
  itemId: z.uuid(),
  quantity: z.coerce.number().int().min(0).max(999, "At most 999."),
});
