"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { stockInput, thresholdInput } from "@/lib/domain/inventory-input";
import { adjust, restock, setOnHand } from "@/lib/services/inventory/adjust";
import { setThreshold } from "@/lib/services/inventory/policy";

/** Changes a count by hand; the reason stays in the variant's ledger. */
export const changeStock = action(
  stockInput,
  { who: "staff" },
  async (staff, { variantId, how, delta, reason, requestKey: key }) => {
    if (how === "receive") await restock(staff, { variantId, quantity: delta, reason, key });
    else if (how === "correct") await adjust(staff, { variantId, delta, reason, key });
    else await setOnHand(staff, { variantId, counted: delta, reason, key });
    redirect(`/admin/stock/${variantId}?done=counted` as Route, RedirectType.replace);
  },
);

export const changeThreshold = action(thresholdInput, { who: "staff" }, async (staff, input) => {
  await setThreshold(staff, input);
  redirect(`/admin/stock/${input.variantId}?done=threshold` as Route, RedirectType.replace);
});
