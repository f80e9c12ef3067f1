/** Cart: what adding and changing take in. */
import { z } from "zod";

/** A cart that nobody touched for so long is left behind: whoever asked for it is reminded, once. */
export const REMIND_AFTER_HOURS = 4;
/** After that it is too late: a mail about a cart of last month surprises. */
export const REMIND_WITHIN_DAYS = 14;

export const addInput = z.object({
  variantId: z.uuid("Please choose a variant."),
  quantity: z.coerce.number().int().min(1, "At least one.").max(999, "At most 999."),
});

export const quantityInput = z.object({
  itemId: z.uuid(),
  quantity: z.coerce.number().int().min(0).max(999, "At most 999."),
});

/** What a signed link to a cart holds. */
export const cartLinkInput = z.object({ cartId: z.uuid(), key: z.string().min(1).max(100) });
