"use server";

import type { Route } from "next";
import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { productInput } from "@/lib/domain/catalog-input";
import * as catalog from "@/lib/services/catalog";

/** Saves a product; its pages in the shop are new with the next request. */
export const editProduct = action(productInput, { who: "staff" }, async (staff, input) => {
  const { tags } = await catalog.editProduct(staff, input);
  for (const tag of tags) updateTag(tag);
  redirect(`/admin/products/${input.productId}?done=saved` as Route, RedirectType.replace);
});
