"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { setCartCount } from "@/lib/cookies";
import { cartLinkInput } from "@/lib/domain/cart";
import * as reminder from "@/lib/services/cart-reminder";

const input = z.object({ link: cartLinkInput });

/** Puts the cart of a mail's link into this browser's. The field is "link.key": "key" alone opens an order. */
export const openLinkedCart = action(input, { visitor: true }, async (shopper, { link }) => {
  const { count } = await reminder.open(shopper, link);
  await setCartCount(count);
  redirect("/cart");
});

/** No more mails about carts, without signing in. */
export const stopReminders = action(input, {}, async (shopper, { link }) => {
  await reminder.withdraw(shopper, link);
  redirect("/cart/reminders?done=1");
});
