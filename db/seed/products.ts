/** The demo catalogue as rows: categories, products with options and variants, their first stock, cut prices. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import {
  categories,
  optionValues,
  productOptions,
  products,
  variantOptionValues,
  variants,
} from "@/db/schema/catalog";
import { inventory, stockMovements } from "@/db/schema/inventory";
import { categories as demoCategories, products as demoProducts } from "@/db/seed/catalogue/catalogue";
import type { DemoProduct, DemoVariant } from "@/db/seed/catalogue/shape";
import { daysAgo, turnClock } from "./calendar";

/** The product that stands beside the statement on the front page. */
const FRONT_PAGE = "grating-cushion";

/** Inserts the category tree; answers ids by slug. */
export async function insertCategories(tx: Tx): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const paths = new Map<string, string>();
  const rows = demoCategories.map(({ slug, parent, ...rest }) => {
    const id = newId();
    const path = parent ? `${paths.get(parent)}/${slug}` : slug;
    ids.set(slug, id);
    paths.set(slug, path);
    return { id, slug, path, parentId: parent ? (ids.get(parent) ?? null) : null, ...rest };
  });
  await tx.insert(categories).values(rows);
  return ids;
}

/** Inserts all products; answers ids by slug. Each was made on its own day, and its price was cut later. */
export async function insertProducts(
  tx: Tx,
  categoryIds: ReadonlyMap<string, string>,
  ownerIds: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [i, product] of demoProducts.entries()) {
    const made = daysAgo(product.createdDaysAgo, i);
    await turnClock(tx, made);
    const id = newId();
    ids.set(product.slug, id);
    await tx.insert(products).values({
      id,
      ownerId: ownerIds.get(product.owner) ?? "",
      categoryId: categoryIds.get(product.category) ?? "",
      slug: product.slug,
      name: product.name,
      subtitle: product.subtitle,
      description: product.description,
      tags: product.slug === FRONT_PAGE ? [...product.tags, "front page"] : product.tags,
      status: "active",
      isFeatured: product.featured,
      publishedAt: made,
    });
    const valueIds = await insertOptions(tx, id, product);
    await insertVariants(tx, id, product, valueIds);
    // Between two days and a month after it was made, but in the past.
    await turnClock(tx, daysAgo(Math.max(1, Math.min(product.createdDaysAgo - 2, 3 + (i % 19))), i));
    await cutPrices(tx, product);
  }
  await turnClock(tx, new Date());
  return ids;
}

/** Ids of option values by "Option:Value". */
async function insertOptions(tx: Tx, productId: string, product: DemoProduct): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [position, option] of product.options.entries()) {
    const optionId = newId();
    await tx.insert(productOptions).values({ id: optionId, productId, name: option.name, position });
    const rows = option.values.map(({ value, swatch }, at) => ({
      id: newId(),
      optionId,
      value,
      swatch: swatch?.toLowerCase() ?? null,
      position: at,
    }));
    for (const row of rows) ids.set(`${option.name}:${row.value}`, row.id);
    await tx.insert(optionValues).values(rows);
  }
  return ids;
}

async function insertVariants(
  tx: Tx,
  productId: string,
  product: DemoProduct,
  valueIds: ReadonlyMap<string, string>,
): Promise<void> {
  const made = product.variants.map((variant, position) => ({ id: newId(), variant, position }));
  const valuesOf = (variant: DemoVariant) =>
    Object.entries(variant.options).map(([name, value]) => valueIds.get(`${name}:${value}`) ?? "");
  await tx.insert(variants).values(
    made.map(({ id, variant, position }) => ({
      id,
      productId,
      sku: variant.sku,
      title: product.options.length > 0 ? variant.title : "",
      optionKey: valuesOf(variant).toSorted().join(","),
      price: variant.compareAt ?? variant.price,
      weight: variant.weight,
      unitAmount: variant.holds?.[0] ?? null,
      unit: variant.holds?.[1] ?? null,
      barcode: variant.barcode,
      position,
    })),
  );
  const chosen = made.flatMap(({ id, variant }) =>
    valuesOf(variant).map((optionValueId) => ({ variantId: id, optionValueId })),
  );
  if (chosen.length > 0) await tx.insert(variantOptionValues).values(chosen);
  await insertStock(tx, made);
}

async function insertStock(tx: Tx, made: readonly { id: string; variant: DemoVariant }[]): Promise<void> {
  const restockedAt = daysAgo(0);
  await tx.insert(inventory).values(
    made.map(({ id, variant }) => ({
      variantId: id,
      onHand: variant.stock,
      lowStockThreshold: variant.lowStockThreshold,
      lastRestockedAt: variant.stock > 0 ? restockedAt : null,
    })),
  );
  const moved = made.filter(({ variant }) => variant.stock > 0);
  if (moved.length === 0) return;
  await tx.insert(stockMovements).values(
    moved.map(({ id, variant }) => ({
      id: newId(),
      variantId: id,
      kind: "restock" as const,
      onHandDelta: variant.stock,
      reservedDelta: 0,
      reason: "First run",
    })),
  );
}

async function cutPrices(tx: Tx, product: DemoProduct): Promise<void> {
  for (const { sku, price, compareAt } of product.variants) {
    if (compareAt !== null)
      await tx.update(variants).set({ price, compareAtPrice: compareAt }).where(eq(variants.sku, sku));
  }
}
