"use server";

import type { Route } from "next";
import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { bulkInput, rowInput, undoBulkInput } from "@/lib/domain/catalog-bulk";
import * as bulk from "@/lib/services/catalog-bulk";

/** Changes the ticked products; the list then offers to take all of it back. */
export const changeProducts = action(bulkInput, { who: "staff" }, async (staff, { back, ...input }) => {
  const { batch, changed, left, overtaken, tags } = await bulk.bulkEdit(staff, input);
  for (const tag of tags) updateTag(tag);
  // Nothing that changed is nothing to take back.
  backTo(back, { done: "changed", batch: changed > 0 ? batch : "", changed, left, overtaken });
});

/** Saves what a row of the list holds: price and status. */
export const changeRow = action(
  rowInput,
  { who: "staff" },
  async (staff, { back, productId, version, status, price }) => {
    const priceHow = price ? ("set" as const) : undefined;
    const move = { status, price, priceHow, addTags: [], removeTags: [] };
    const { batch, changed, left, tags } = await bulk.bulkEdit(staff, { ids: [productId], version, ...move });
    for (const tag of tags) updateTag(tag);
    backTo(back, { done: "changed", batch, changed, left });
  },
);

/** Takes one change of the list back, whether of one row or of many. */
export const undoProducts = action(undoBulkInput, { who: "staff" }, async (staff, { batch, back }) => {
  const { changed, left, tags } = await bulk.undoBulk(staff, { batch });
  for (const tag of tags) updateTag(tag);
  backTo(back, { done: "undone", batch: "", changed, left });
});

/** More make no sentence. */
const NAMED = 5;

interface Told {
  readonly done: string;
  readonly batch: string;
  readonly changed: number;
  readonly left: number;
  /** Ids of those that somebody changed: the list names the first. */
  readonly overtaken?: readonly string[];
}

function backTo(path: string, { overtaken = [], ...told }: Told): never {
  const [bare = path, query] = path.split("?", 2);
  const address = new URLSearchParams(query);
  for (const [name, value] of Object.entries(told)) address.set(name, String(value));
  if (!told.batch) address.delete("batch");
  address.set("overtaken", String(overtaken.length));
  address.set("who", overtaken.slice(0, NAMED).join(","));
  if (overtaken.length === 0) for (const name of ["overtaken", "who"]) address.delete(name);
  redirect(`${bare}?${address}` as Route, RedirectType.replace);
}
