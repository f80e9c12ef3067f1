/** Shops of owners: what an admin tells of one. */
import { z } from "zod";
import { versionInput } from "./version";

export const shopInput = z.object({
  name: z.string().trim().min(1, "Please enter a name.").max(80, "At most 80 characters."),
  /** Null: paid by hand. */
  stripeAccountId: z
    .string()
    .trim()
    .max(100, "At most 100 characters.")
    .transform((id) => id || null)
    .refine(
      (id) => id === null || /^acct_[A-Za-z0-9]+$/.test(id),
      "It begins with acct_ and goes on with letters and digits, as Stripe shows it.",
    ),
});
export type ShopInput = z.output<typeof shopInput>;

/** As the form tells it. */
export const typedShop = shopInput.extend({ ownerId: z.uuid(), version: versionInput });
