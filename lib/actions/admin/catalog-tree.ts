"use server";

import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import type { CacheTag } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import {
  categoryInput,
  emptyCategoryInput,
  moveCategoryInput,
  newCategoryInput,
  placeCategoryInput,
  removeCategoryInput,
} from "@/lib/domain/category-input";
import { savedAt } from "@/lib/saved";
import * as tree from "@/lib/services/catalog-tree";
import * as moves from "@/lib/services/catalog-tree-move";

export const createCategory = action(newCategoryInput, { who: "admin" }, async (admin, input) => {
  shown(admin, "made", await tree.createCategory(admin, input));
});

export const editCategory = action(categoryInput, { who: "admin" }, async (admin, input) => {
  shown(admin, "saved", await tree.editCategory(admin, input));
});

/** Moves a category one place by its buttons. */
export const moveCategory = action(moveCategoryInput, { who: "admin" }, async (admin, input) => {
  shown(admin, "moved", await moves.moveCategory(admin, input));
});

/** Puts a category where it was dropped. */
export const placeCategory = action(placeCategoryInput, { who: "admin" }, async (admin, input) => {
  shown(admin, "moved", await moves.placeCategory(admin, input));
});

export const removeCategory = action(removeCategoryInput, { who: "admin" }, async (admin, input) => {
  shown(admin, "removed", await tree.removeCategory(admin, input));
});

/** Moves all goods of a category into another one, and takes it away where that is ticked. */
export const emptyCategory = action(emptyCategoryInput, { who: "admin" }, async (admin, input) => {
  const { moved, ...answer } = await tree.emptyCategory(admin, input);
  shown(admin, `${input.remove ? "dissolved" : "emptied"}&moved=${moved}`, answer);
});

function shown(admin: Admin, done: string, { tags }: { tags: readonly CacheTag[] }): never {
  for (const tag of tags) updateTag(tag);
  redirect(savedAt(admin, "/admin/categories", done), RedirectType.replace);
}
