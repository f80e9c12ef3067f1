"use server";

import type { Route } from "next";
import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { matrixInput, optionsInput } from "@/lib/domain/catalog-options";
import { makeVariants as make } from "@/lib/services/catalog-matrix";
import { editOptions } from "@/lib/services/catalog-options";

/** Saves the options of a product and does what its pressed button says. */
export const saveOptions = action(optionsInput, { who: "staff" }, async (staff, input) => {
  const { tags, retired, pieces } = await editOptions(staff, input);
  for (const tag of tags) updateTag(tag);
  shown(input.productId, { done: "options", retired, pieces });
});

/** Makes the ticked combinations of the options into variants. */
export const makeVariants = action(matrixInput, { who: "staff" }, async (staff, input) => {
  const { tags, made, back } = await make(staff, input);
  for (const tag of tags) updateTag(tag);
  shown(input.productId, { done: "made", made, back });
});

function shown(productId: string, told: Record<string, string | number>): never {
  const query = new URLSearchParams(Object.entries(told).map(([name, value]) => [name, String(value)]));
  redirect(`/admin/products/${productId}?${query}#options` as Route, RedirectType.replace);
}
