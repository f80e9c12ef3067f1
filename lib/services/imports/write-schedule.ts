/** Imports: when a product goes into the shop by itself and out of it, as far as a file can still say so. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { products } from "@/db/schema/catalog";
import { settings } from "@/db/schema/settings";
import type { Note } from "@/lib/domain/imports/note";
import type { ProductDraft } from "@/lib/domain/imports/product";
import { type Moments, wake } from "@/lib/services/catalog-schedule";
import type { ProductRow } from "./current";

/**
 * The moments that a product of this status has from now on; what is over, or of no use to it, is told in `notes`. Where
 * the file says nothing, they stay, unless the status that it brings has ended them.
 */
export async function scheduleFor(
  tx: Tx,
  draft: ProductDraft,
  there: ProductRow | undefined,
  status: ProductRow["status"],
  notes: Note[],
): Promise<Moments> {
  const kept = { publishAt: there?.publishAt ?? null, unpublishAt: there?.unpublishAt ?? null };
  const wanted = {
    publishAt: draft.publishAt === undefined ? kept.publishAt : draft.publishAt,
    unpublishAt: draft.unpublishAt === undefined ? kept.unpublishAt : draft.unpublishAt,
  };
  if (!wanted.publishAt && !wanted.unpublishAt) return wanted;
  const [clock] = await tx.select({ now: sql<Date>`shop_now()`.mapWith(products.createdAt) }).from(settings);
  const leave = (field: keyof Moments, why: string) => {
    const isTold = draft[field] !== undefined;
    const what = field === "publishAt" ? "into" : "out of";
    if (isTold)
      notes.push({ line: draft.lines[0] ?? 0, text: `the moment it goes ${what} the shop left out: ${why}` });
    wanted[field] = null;
  };
  for (const field of ["publishAt", "unpublishAt"] as const) {
    const at = wanted[field];
    // What is there already may be a moment ago.
    if (at && clock && at <= clock.now && at.getTime() !== kept[field]?.getTime()) leave(field, "it is over");
  }
  if (wanted.publishAt && status === "active") leave("publishAt", "it is in the shop already");
  if (wanted.unpublishAt && !wanted.publishAt && status !== "active")
    leave("unpublishAt", "it is not in the shop");
  if (wanted.publishAt && wanted.unpublishAt && wanted.unpublishAt <= wanted.publishAt)
    leave("unpublishAt", "it is not after the moment it goes in");
  for (const field of ["publishAt", "unpublishAt"] as const) {
    const at = wanted[field];
    if (at && at.getTime() !== kept[field]?.getTime()) await wake(tx, at);
  }
  return wanted;
}
