/** A shop without a demo: what must be there before an admin can set it up, and nothing to sell yet. */
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import { insertDelivery, insertTaxes } from "./store";

/**
 * Gives a database without settings those of a new store, European VAT and delivery to look over. Answers whether it
 * did; a store that is there stays as it is.
 */
export async function insertBareStore(): Promise<boolean> {
  return withTx(async (tx) => {
    const made = await tx
      .insert(settings)
      .values({
        storeName: "New shop",
        homeStatement: "Welcome. Look around.",
        homeText:
          "No account is needed to order, and whatever you buy can be followed and sent back from the page of its order.",
        storeEmail: "shop@example.com",
        currency: "EUR",
        country: "DE",
        timeZone: "Europe/Berlin",
        cashOnDelivery: false,
      })
      .onConflictDoNothing()
      .returning({ id: settings.id });
    if (made.length === 0) return false;
    await insertTaxes(tx);
    await insertDelivery(tx);
    return true;
  });
}
