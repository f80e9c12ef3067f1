"use server";

import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { STORE_TAG } from "@/lib/cache-tags";
import { typedSettings } from "@/lib/domain/settings";
import { savedAt } from "@/lib/saved";
import { editTyped } from "@/lib/services/settings";

/** Saves the store's settings; the shop has them with the next request. */
export const saveSettings = action(typedSettings, { who: "admin" }, async (admin, input) => {
  await editTyped(admin, input);
  updateTag(STORE_TAG);
  redirect(savedAt(admin, "/admin/settings", "saved"), RedirectType.replace);
});
