/** What follows when a variant's stock band changes: its pages are told, and its owner when it runs low. */
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners } from "@/db/schema/accounts";
import { products, variants } from "@/db/schema/catalog";
import { notifications } from "@/db/schema/notifications";
import { categoryTag, productTag } from "@/lib/cache-tags";
import { bandOf } from "@/lib/domain/inventory";
import * as cache from "@/lib/services/cache";

/** `row` holds the counters after the change, `before` the items available before it. */
export async function noticeBand(
  tx: Tx,
  row: { variantId: string; available: number; lowStockThreshold: number; backorder: boolean },
  before: number,
): Promise<void> {
  const was = bandOf(before, row.lowStockThreshold, row.backorder);
  const is = bandOf(row.available, row.lowStockThreshold, row.backorder);
  if (was === is) return;
  const [about] = await tx
    .select({
      productId: products.id,
      categoryId: products.categoryId,
      name: products.name,
      title: variants.title,
      userId: owners.userId,
      moment: sql<string>`shop_now()::text`,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(owners, eq(owners.id, products.ownerId))
    .where(eq(variants.id, row.variantId));
  if (!about) return;
  await cache.expire(tx, [productTag(about.productId), categoryTag(about.categoryId)]);
  if (row.available <= row.lowStockThreshold && before > row.lowStockThreshold) {
    await tx.insert(notifications).values({
      id: newId(),
      userId: about.userId,
      type: "low_stock",
      title: row.available <= 0 ? "Sold out" : "Running low",
      message: `${about.name}${about.title ? `, ${about.title}` : ""}: ${Math.max(0, row.available)} left.`,
      link: `/admin/stock?variant=${row.variantId}`,
      dedupeKey: `low_stock:${row.variantId}:${about.moment}`,
    });
  }
}
