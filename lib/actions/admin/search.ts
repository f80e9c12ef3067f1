"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { newSynonymsInput, synonymsIdInput, synonymsInput } from "@/lib/domain/synonyms";
import * as search from "@/lib/services/search";

const done = (what: string): never => redirect(`/admin/search?done=${what}` as Route, RedirectType.replace);

/** Adds words that mean the same to a searcher. */
export const addSynonyms = action(newSynonymsInput, { who: "admin" }, async (admin, input) => {
  await search.addSynonyms(admin, input);
  done("added");
});

/** Changes a list of words that mean the same. */
export const changeSynonyms = action(synonymsInput, { who: "admin" }, async (admin, input) => {
  await search.changeSynonyms(admin, input);
  done("changed");
});

/** Removes a list of words that mean the same. */
export const removeSynonyms = action(synonymsIdInput, { who: "admin" }, async (admin, input) => {
  await search.removeSynonyms(admin, input);
  done("removed");
});
