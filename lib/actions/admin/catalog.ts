"use server";

import type { Route } from "next";
import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { duplicateInput, newProductInput, productInput } from "@/lib/domain/catalog-input";
import { savedAt } from "@/lib/saved";
import * as catalog from "@/lib/services/catalog";
import * as create from "@/lib/services/catalog-create";

/** Saves a product; its pages in the shop are new with the next request. */
export const editProduct = action(productInput, { who: "staff" }, async (staff, input) => {
  const { tags } = await catalog.editProduct(staff, input);
  for (const tag of tags) updateTag(tag);
  redirect(savedAt(staff, `/admin/products/${input.productId}`, "saved"), RedirectType.replace);
});

/** Begins a product as a draft and opens its editor. */
export const newProduct = action(newProductInput, { who: "staff" }, async (staff, input) => {
  const { productId } = await create.createProduct(staff, input);
  redirect(`/admin/products/${productId}?done=begun` as Route, RedirectType.replace);
});

/** Copies a product into a draft and opens the copy. */
export const duplicateProduct = action(duplicateInput, { who: "staff" }, async (staff, input) => {
  const { productId } = await create.duplicateProduct(staff, input);
  redirect(`/admin/products/${productId}?done=copied` as Route);
});
