"use server";

import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { rowStockInput, stockInput, thresholdInput } from "@/lib/domain/inventory-input";
import { savedAt } from "@/lib/saved";
import { adjust, restock, setAvailable, setOnHand } from "@/lib/services/inventory/adjust";
import { setThreshold } from "@/lib/services/inventory/policy";

/** Changes a count by hand; the reason stays in the variant's ledger. */
export const changeStock = action(
  stockInput,
  { who: "staff" },
  async (staff, { variantId, version, how, delta, reason, requestKey: key }) => {
    if (how === "receive") await restock(staff, { variantId, quantity: delta, reason, key });
    else if (how === "correct") await adjust(staff, { variantId, delta, reason, key });
    else await setOnHand(staff, { variantId, version, counted: delta, reason, key });
    redirect(savedAt(staff, `/admin/stock/${variantId}`, "counted"), RedirectType.replace);
  },
);

export const changeThreshold = action(thresholdInput, { who: "staff" }, async (staff, input) => {
  await setThreshold(staff, input);
  redirect(savedAt(staff, `/admin/stock/${input.variantId}`, "threshold"), RedirectType.replace);
});

/** Sets what is available in a row of the list of products; the list then offers to take it back. */
export const changeRowStock = action(rowStockInput, { who: "staff" }, async (staff, { back, ...input }) => {
  const { available } = await setAvailable(staff, { ...input, key: input.requestKey });
  redirect(savedAt(staff, withoutTold(back), `stock&now=${available}`), RedirectType.replace);
});

/** The list without what was told of a change of many. */
function withoutTold(path: string): string {
  const [bare = path, query] = path.split("?", 2);
  const address = new URLSearchParams(query);
  for (const name of ["batch", "changed", "left", "done", "now", "entry"]) address.delete(name);
  return address.size > 0 ? `${bare}?${address}` : bare;
}
