/** Contact: a message from anybody becomes a mail to the shop, kept in the outbox like every other. */
import { newId } from "@/db/id";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { Shopper } from "@/lib/domain/actors";
import type { ContactInput } from "@/lib/domain/contact";
import { mailTo } from "./notifications/tell";

/**
 * Passes a message on to the shop's address; sent twice under one `requestKey` it arrives once. The writer gets no
 * copy: the form would send mail to whomever somebody names. What fills the trap field is dropped without a word.
 */
export async function write(
  _from: Shopper,
  { name, email, orderNumber, message, website, requestKey }: ContactInput,
): Promise<void> {
  if (website) return;
  await withTx(async (tx) => {
    const [store] = await tx.select({ email: settings.storeEmail }).from(settings);
    if (!store) throw new Error("the shop has no settings");
    await mailTo(tx, {
      template: "contact_message",
      dedupe: requestKey ?? newId(),
      email: store.email,
      data: { name, email, orderNumber: orderNumber || undefined, message },
    });
  });
}
