"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { setCartCount } from "@/lib/cookies";
import * as together from "@/lib/services/together";

const MOST = 6;
// One chosen piece arrives as a text, several as a list, none not at all.
const togetherInput = z.object({
  variantIds: z.preprocess(
    (value) => (typeof value === "string" ? [value] : (value ?? [])),
    z.array(z.uuid()).min(1, "Please choose at least one.").max(MOST),
  ),
});

/** Adds the chosen companions of a piece. Without scripts the cart page is the answer. */
export const addTogether = action(togetherInput, { visitor: true }, async (shopper, input, { nojs }) => {
  const added = await together.addTogether(shopper, input.variantIds);
  await setCartCount(added.count);
  if (nojs) redirect("/cart");
  return added;
});
