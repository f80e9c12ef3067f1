"use server";

import { refresh } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import * as alerts from "@/lib/services/alerts";

const kind = z.enum(["back_in_stock", "price_drop"]);
const askInput = z.object({
  variantId: z.uuid(),
  kind,
  email: z
    .string()
    .trim()
    .max(320, "At most 320 characters.")
    .pipe(
      z.union([
        z.literal("").transform(() => undefined),
        z.email("Please enter an e-mail address like name@example.com."),
      ]),
    )
    .optional(),
});
const ownInput = z.object({ variantId: z.uuid(), kind });
const linkInput = z.object({ alertId: z.uuid(), key: z.string().max(100), oneId: z.uuid().optional() });

// Each asking may write a mail to an address that somebody typed.
const asking = { name: "alerts", limit: 20, seconds: 3600 };

/** Remembers what somebody wants to hear; the page that follows, without scripts too, says so. */
export const askForAlert = action(askInput, { limit: asking }, (shopper, input) =>
  alerts.askForAlert(shopper, input),
);

/** Takes back one of the account's own, on the product's page. */
export const forgetAlert = action(ownInput, {}, (shopper, input) => alerts.withdrawAlert(shopper, input));

/** The same in the account's list. */
export const dropAlert = action(ownInput, { who: "user" }, async (user, input, { nojs }) => {
  await alerts.withdrawAlert(user, input);
  if (nojs) redirect("/account/alerts", RedirectType.replace);
  refresh();
});

/** By the signed link of a mail: one, or all that its address waits for. */
export const stopAlerts = action(linkInput, {}, async (shopper, { oneId, ...link }, { nojs }) => {
  await alerts.withdrawByLink(shopper, link, oneId);
  if (nojs) redirect(`/alerts/${link.alertId}?key=${encodeURIComponent(link.key)}`, RedirectType.replace);
  refresh();
});
