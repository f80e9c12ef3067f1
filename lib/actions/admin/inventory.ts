"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { rowStockInput, stockInput, thresholdInput, undoStockInput } from "@/lib/domain/inventory-input";
import { adjust, restock, setAvailable, setOnHand } from "@/lib/services/inventory/adjust";
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

/** Sets what is available in a row of the list of products; the list then offers to take it back. */
export const changeRowStock = action(
  rowStockInput,
  { who: "staff" },
  async (staff, { back, requestKey = crypto.randomUUID(), ...input }) => {
    const { available, delta } = await setAvailable(staff, { ...input, key: requestKey });
    backTo(back, { done: "stock", now: available, delta, variant: input.variantId, change: requestKey });
  },
);

/** Takes back a change of a row's stock, once, by a movement of its own. */
export const undoRowStock = action(
  undoStockInput,
  { who: "staff" },
  async (staff, { back, variantId, delta, requestKey }) => {
    const reason = "A change in the list, taken back";
    const key = `back-${requestKey}`;
    const { available } = await adjust(staff, { variantId, delta: -delta, reason, key });
    backTo(back, { done: "stockundone", now: available, delta: 0, variant: "", change: "" });
  },
);

function backTo(path: string, told: Readonly<Record<string, string | number>>): never {
  const [bare = path, query] = path.split("?", 2);
  const address = new URLSearchParams(query);
  for (const name of ["batch", "changed", "left"]) address.delete(name);
  for (const [name, value] of Object.entries(told)) {
    if (value === "") address.delete(name);
    else address.set(name, String(value));
  }
  redirect(`${bare}?${address}` as Route, RedirectType.replace);
}
