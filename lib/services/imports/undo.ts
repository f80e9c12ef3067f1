/** Undo of an import: every product gets back what it had, except what somebody changed since, which is told. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { productImages, products, variants } from "@/db/schema/catalog";
import { now } from "@/db/schema/columns";
import { importRows, imports } from "@/db/schema/imports";
import { orderLines } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import { categoryTag, HOME_TAG, productTag } from "@/lib/cache-tags";
import type { System } from "@/lib/domain/actors";
import { PRODUCT_FIELDS, type Snapshot, same } from "@/lib/domain/imports/difference";
import * as cache from "@/lib/services/cache";
import { wake } from "@/lib/services/catalog-schedule";
import { closeEmptyShelves } from "./categories";
import { snapshotOf } from "./current";
import { restoreOptions } from "./undo-options";
import { undoRows } from "./undo-rows";
import type { About, Three } from "./undo-state";
import { giveUpStock, restoreVariants } from "./undo-variants";
import type { Kept } from "./write-product";

/** Takes back products, the last first, until `isOver`. Answers whether all are done. @throws DatabaseFailure */
export async function undoSlice(
  system: System,
  run: typeof imports.$inferSelect,
  isOver: () => boolean,
): Promise<boolean> {
  const undo = (rowId: string) => withTx((tx) => undoOne(tx, system, run, rowId));
  if (!(await undoRows(run.id, isOver, undo))) return false;
  await withTx(async (tx) => {
    await closeEmptyShelves(tx);
    const [left] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(importRows)
      .where(and(eq(importRows.importId, run.id), sql`${importRows.undo} <> ''`));
    await tx
      .update(imports)
      .set({
        status: "undone",
        finishedAt: now as unknown as Date,
        summary: { ...run.summary, left: left?.count ?? 0 },
      })
      .where(and(eq(imports.id, run.id), eq(imports.status, "undoing")));
  });
  return true;
}

async function undoOne(
  tx: Tx,
  system: System,
  run: typeof imports.$inferSelect,
  rowId: string,
): Promise<void> {
  const [row] = await tx.select().from(importRows).where(eq(importRows.id, rowId)).for("update");
  const kept = row?.before as Kept | null | undefined;
  if (!row || row.undo !== null || !kept) return;
  if (run.startedBy) await tx.execute(sql`select set_config('shop.user', ${run.startedBy}, true)`);
  const left: string[] = [];
  await tx.select({ id: products.id }).from(products).where(eq(products.id, kept.productId)).for("update");
  const current = await snapshotOf(tx, kept.productId);
  const about = { productId: kept.productId, reason: `undo of import ${run.fileName}` };
  if (!current) left.push("the product is gone");
  else if (kept.was) await restore(tx, system, about, { was: kept.was, is: kept.is, current }, left);
  else await remove(tx, system, about, current, left);
  await tx
    .update(importRows)
    .set({ undo: left.join("; ") })
    .where(eq(importRows.id, rowId));
}

/**
 * A product that the import made leaves the shop. Its row stays, archived: stock movements, prices and orders that name
 * it are never deleted.
 */
async function remove(
  tx: Tx,
  system: System,
  about: About,
  current: Snapshot,
  left: string[],
): Promise<void> {
  await giveUpStock(tx, system, about, current.variants, left);
  const [sold] = await tx
    .select({ orders: sql<number>`count(DISTINCT ${orderLines.orderId})::int` })
    .from(orderLines)
    .innerJoin(variants, eq(variants.id, orderLines.variantId))
    .where(eq(variants.productId, about.productId));
  if (sold && sold.orders > 0)
    left.push(`archived: ${sold.orders === 1 ? "one order names" : `${sold.orders} orders name`} it`);
  if (current.product.status !== "archived") {
    await tx
      .update(products)
      .set({ status: "archived", archivedAt: now as unknown as Date, version: sql`${products.version} + 1` })
      .where(eq(products.id, about.productId));
  }
  await stale(tx, about.productId, [current]);
}

async function restore(tx: Tx, system: System, about: About, three: Three, left: string[]): Promise<void> {
  const { was, is, current } = three;
  const change: Record<string, unknown> = {};
  for (const [field, label] of Object.entries(PRODUCT_FIELDS)) {
    if (same(was.product[field], is.product[field])) continue;
    if (!same(current.product[field], is.product[field])) {
      left.push(`${label.toLowerCase()} was changed since and stays`);
      continue;
    }
    change[field] = was.product[field] ?? null;
    // Back from JSON, where moments are texts.
    if (field === "publishAt" || field === "unpublishAt")
      change[field] = await momentBack(tx, was.product[field]);
    if (field === "description") change.descriptionFormat = was.product.descriptionFormat;
    if (field === "status") change.archivedAt = was.product.status === "archived" ? now : null;
  }
  const [into, out] = [change.publishAt, change.unpublishAt ?? current.product.unpublishAt];
  // Somebody moved the one since, so that the other would come too late.
  if (into instanceof Date && out && into >= new Date(String(out))) {
    delete change.publishAt;
    left.push("goes into the shop stays: it would be after it goes out");
  }
  await restoreImages(tx, about.productId, three);
  const hasOptions = await restoreOptions(tx, about.productId, three, left);
  await restoreVariants(tx, system, about, three, hasOptions, left);
  await tx
    .update(products)
    .set({ ...change, version: sql`${products.version} + 1` })
    .where(eq(products.id, about.productId));
  await stale(tx, about.productId, [current, was]);
}

/** A moment of before, unless it has passed meanwhile: what was to happen by then does not happen late. */
async function momentBack(tx: Tx, value: unknown): Promise<Date | null> {
  if (typeof value !== "string") return null;
  const at = new Date(value);
  const [clock] = await tx.execute<{ over: boolean }>(
    sql`SELECT ${value}::timestamptz <= shop_now() AS over`,
  );
  if (clock?.over) return null;
  await wake(tx, at);
  return at;
}

async function restoreImages(tx: Tx, productId: string, { was, is }: Three): Promise<void> {
  const before = new Set(was.images.map(({ id }) => id));
  for (const { id } of is.images)
    if (!before.has(id)) await tx.delete(productImages).where(eq(productImages.id, id));
  for (const { id, alt, position, backdrop } of was.images) {
    const after = is.images.find((image) => image.id === id);
    if (!after || (after.alt === alt && after.position === position && same(after.backdrop, backdrop)))
      continue;
    await tx
      .update(productImages)
      .set({
        alt,
        position,
        backdrop,
        ...(alt !== after.alt && { version: sql`${productImages.version} + 1` }),
      })
      .where(
        and(
          eq(productImages.id, id),
          eq(productImages.alt, after.alt),
          eq(productImages.position, after.position),
        ),
      );
  }
  await tx.execute(sql`
    UPDATE product_images SET is_primary = true WHERE id = (
      SELECT id FROM product_images WHERE product_id = ${productId} ORDER BY position, id LIMIT 1)
    AND NOT EXISTS (SELECT FROM product_images WHERE product_id = ${productId} AND is_primary)`);
}

async function stale(tx: Tx, productId: string, states: readonly Snapshot[]): Promise<void> {
  const shelves = new Set(states.map(({ product }) => String(product.categoryId)));
  await cache.expire(tx, [productTag(productId), ...[...shelves].map(categoryTag), HOME_TAG]);
}
