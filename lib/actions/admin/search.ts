"use server";

import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import type { Admin } from "@/lib/domain/actors";
import { newSynonymsInput, synonymsIdInput, synonymsInput } from "@/lib/domain/synonyms";
import { savedAt } from "@/lib/saved";
import * as search from "@/lib/services/search";

const done = (admin: Admin, what: string): never =>
  redirect(savedAt(admin, "/admin/search", what), RedirectType.replace);

/** Adds words that mean the same to a searcher. */
export const addSynonyms = action(newSynonymsInput, { who: "admin" }, async (admin, input) => {
  await search.addSynonyms(admin, input);
  done(admin, "added");
});

/** Changes a list of words that mean the same. */
export const changeSynonyms = action(synonymsInput, { who: "admin" }, async (admin, input) => {
  await search.changeSynonyms(admin, input);
  done(admin, "changed");
});

/** Removes a list of words that mean the same. */
export const removeSynonyms = action(synonymsIdInput, { who: "admin" }, async (admin, input) => {
  await search.removeSynonyms(admin, input);
  done(admin, "removed");
});
