/** What follows when the stock of a variant crosses a line: its pages, its owner and those who wait for it are told. */
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import { products, variants } from "@/db/schema/catalog";
import { categoryTag, productTag } from "@/lib/cache-tags";
import { bandAt, type StockLevel } from "@/lib/domain/inventory";
import { enqueue } from "@/lib/queue";
import * as cache from "@/lib/services/cache";
import { mailTo, notify } from "@/lib/services/notifications/tell";

declare module "@/lib/queue" {
  interface Jobs {
    /** Tells everybody who asked that the variant can be bought again. */
    "inventory.back": { variantId: string };
  }
}

export interface LevelChange {
  readonly variantId: string;
  readonly was: StockLevel;
  readonly is: StockLevel;
}

/** A change of one row of counters, as the statement that made it answers. */
export interface RowChange {
  readonly variantId: string;
  /** By how many items `available` rose. */
  readonly delta: number;
  /** Of this row, after the change. */
  readonly available: number;
  readonly lowStockThreshold: number;
  readonly backorder: boolean;
  readonly backorderLimit: number | null;
  readonly buckets: number;
}

/**
 * Tells of changes of rows, which are ascending by variant. Only once every counter of the transaction is locked:
 * expiring caches waits for the one row of that job, and whoever held it while still waiting for a counter would
 * deadlock with the holder of that counter. Where no line is crossed, a variant of one row costs no statement.
 */
export async function noticeRows(tx: Tx, rows: readonly RowChange[]): Promise<void> {
  const changes: LevelChange[] = [];
  for (const variantId of new Set(rows.map((row) => row.variantId))) {
    const mine = rows.filter((row) => row.variantId === variantId);
    const [row] = mine;
    if (!row) continue;
    const delta = mine.reduce((sum, each) => sum + each.delta, 0);
    const { available, lowStockThreshold: threshold, backorder, backorderLimit } = row;
    const one = { available, threshold, backorder, backorderLimit };
    const is = row.buckets === 1 ? one : mine.some(isNearALine) ? await sumOf(tx, row) : undefined;
    if (is) changes.push({ variantId, is, was: { ...is, available: is.available - delta } });
  }
  await noticeLevels(tx, changes);
}

/** Tells of changes that were made with all rows of their variants locked, ascending by variant. See `noticeRows`. */
export async function noticeLevels(tx: Tx, changes: readonly LevelChange[]): Promise<void> {
  for (const change of changes) {
    const { variantId, was, is } = change;
    const [before, after] = [bandAt(was), bandAt(is)];
    const isLow = is.available <= is.threshold && was.available > was.threshold;
    if (before === after && !isLow) continue;
    const about = await goodsOf(tx, variantId);
    if (!about) continue;
    if (before !== after)
      await cache.expire(tx, [productTag(about.productId), categoryTag(about.categoryId)]);
    if (isLow && about.isActive) await tellOwner(tx, about, is.available);
    // Whether anybody asked is read by the job: who asks at this moment is not seen yet.
    if (before === "out")
      await enqueue(tx, "inventory.back", { variantId }, { key: `inventory.back:${variantId}` });
  }
}

/**
 * No row falls below zero without backorder, so a row above the threshold keeps the sum above it, too: only whoever
 * finds or leaves a row at or below it can have crossed a line.
 */
function isNearALine({ available, delta, lowStockThreshold, backorder }: RowChange): boolean {
  return backorder || Math.min(available, available - delta) <= lowStockThreshold;
}

/**
 * The sum over all rows, as whoever is asked next will see it. Others change other rows at the same time; the lock
 * lets them look one after the other, each seeing those before it, so that a crossing is seen exactly once.
 */
async function sumOf(tx: Tx, { variantId }: RowChange): Promise<StockLevel> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`stock:${variantId}`}, 0))`);
  const [row] = (await tx.execute(sql`
    SELECT coalesce(sum(available), 0)::int AS available, coalesce(max(low_stock_threshold), 0) AS threshold,
      coalesce(bool_or(backorder), false) AS backorder,
      CASE WHEN bool_or(backorder AND backorder_limit IS NULL) THEN NULL ELSE max(backorder_limit) END AS "backorderLimit"
    FROM inventory WHERE variant_id = ${variantId}`)) as unknown as StockLevel[];
  return row ?? { available: 0, threshold: 0, backorder: false, backorderLimit: null };
}

async function goodsOf(tx: Tx, variantId: string) {
  const [row] = await tx
    .select({
      variantId: variants.id,
      productId: products.id,
      categoryId: products.categoryId,
      name: products.name,
      title: variants.title,
      sku: variants.sku,
      userId: owners.userId,
      email: users.email,
      isActive: sql<boolean>`${owners.isActive} AND ${users.isActive}`,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(owners, eq(owners.id, products.ownerId))
    .innerJoin(users, eq(users.id, owners.userId))
    .where(eq(variants.id, variantId));
  return row;
}

type Goods = NonNullable<Awaited<ReturnType<typeof goodsOf>>>;

async function tellOwner(tx: Tx, about: Goods, available: number): Promise<void> {
  const { variantId, name, title, sku, userId, email } = about;
  const left = Math.max(0, available);
  // A crossing has no row of its own whose id could name it; it is seen once, so any new name will do.
  const dedupe = `low_stock:${variantId}:${newId()}`;
  await notify(tx, {
    userId,
    type: "low_stock",
    title: left === 0 ? "Sold out" : "Running low",
    message: `${name}${title ? `, ${title}` : ""}: ${left} left.`,
    link: `/admin/stock?variant=${variantId}`,
    dedupe,
  });
  await mailTo(tx, {
    template: "low_stock",
    dedupe,
    email,
    data: { product: name, variant: title, sku, available: left, path: `/admin/stock/${variantId}` },
  });
}
