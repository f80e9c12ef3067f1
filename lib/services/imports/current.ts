/** Imports: the product that a draft is about, as it stands in the shop, locked for the change. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import {
  categories,
  optionValues,
  productImages,
  productOptions,
  products,
  slugRedirects,
  variantOptionValues,
  variants,
} from "@/db/schema/catalog";
import { inventory } from "@/db/schema/inventory";
import { taxClasses } from "@/db/schema/tax";
import { ImportProblem } from "@/lib/domain/imports/columns";
import type { Snapshot } from "@/lib/domain/imports/difference";
import type { ProductDraft } from "@/lib/domain/imports/product";

export type ProductRow = Awaited<ReturnType<typeof lock>>;
export type CurrentOption = Awaited<ReturnType<typeof readOptions>>[number];
export type CurrentVariant = Awaited<ReturnType<typeof readVariants>>[number];

/**
 * The product by its address, by an address it once had, or by all its SKUs; undefined: it is new. `others` are the
 * products of the same file: one of them is never taken for this one because they share a SKU.
 */
export async function findProduct(
  tx: Tx,
  draft: ProductDraft,
  others: ReadonlySet<string>,
): Promise<ProductRow | undefined> {
  const [bySlug] = await tx.select({ id: products.id }).from(products).where(eq(products.slug, draft.slug));
  if (bySlug) return lock(tx, bySlug.id);
  const [moved] = await tx
    .select({ id: slugRedirects.targetId })
    .from(slugRedirects)
    .where(and(eq(slugRedirects.kind, "product"), eq(slugRedirects.slug, draft.slug)));
  if (moved) return lock(tx, moved.id);
  // A renamed product: it has all the SKUs that the file names. One in common may be a mistake of the file.
  const skus = draft.variants.flatMap(({ sku }) => (sku ? [sku.toLowerCase()] : []));
  if (skus.length < draft.variants.length) return undefined;
  const known = await tx
    .select({ id: products.id, slug: products.slug })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(inArray(sql`lower(${variants.sku})`, skus));
  const [one] = known;
  const isWhole = known.length === skus.length && known.every(({ id }) => id === one?.id);
  return one && isWhole && !others.has(one.slug) ? lock(tx, one.id) : undefined;
}

async function lock(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      id: products.id,
      ownerId: products.ownerId,
      categoryId: products.categoryId,
      slug: products.slug,
      name: products.name,
      subtitle: products.subtitle,
      description: products.description,
      descriptionFormat: products.descriptionFormat,
      details: products.details,
      metaTitle: products.metaTitle,
      metaDescription: products.metaDescription,
      tags: products.tags,
      status: products.status,
      isFeatured: products.isFeatured,
      taxClassId: products.taxClassId,
      publishedAt: products.publishedAt,
      publishAt: products.publishAt,
      unpublishAt: products.unpublishAt,
      archivedAt: products.archivedAt,
    })
    .from(products)
    .where(eq(products.id, id))
    .for("update");
  if (!row) throw new ImportProblem("Its address leads to a product that is gone.");
  return row;
}

/** Options in their order, each with its values. */
export async function readOptions(tx: Tx, productId: string) {
  const options = await tx
    .select({ id: productOptions.id, name: productOptions.name, position: productOptions.position })
    .from(productOptions)
    .where(eq(productOptions.productId, productId))
    .orderBy(asc(productOptions.position));
  const values = await tx
    .select({
      id: optionValues.id,
      optionId: optionValues.optionId,
      value: optionValues.value,
      position: optionValues.position,
    })
    .from(optionValues)
    .innerJoin(productOptions, eq(productOptions.id, optionValues.optionId))
    .where(eq(productOptions.productId, productId))
    .orderBy(asc(optionValues.position));
  return options.map((option) => ({
    ...option,
    values: values.filter((value) => value.optionId === option.id),
  }));
}

/** Variants with their stock (`available` items over all buckets) and the values of their options. */
export async function readVariants(tx: Tx, productId: string) {
  return tx
    .select({
      id: variants.id,
      sku: variants.sku,
      title: variants.title,
      optionKey: variants.optionKey,
      price: variants.price,
      compareAtPrice: variants.compareAtPrice,
      weight: variants.weight,
      cost: variants.cost,
      barcode: variants.barcode,
      isActive: variants.isActive,
      unitAmount: variants.unitAmount,
      unit: variants.unit,
      threshold: sql<number>`coalesce(max(${inventory.lowStockThreshold}), 0)`.mapWith(Number),
      available: sql<number>`coalesce(sum(${inventory.available}), 0)`.mapWith(Number),
      backorderLimit: sql<
        number | null
      >`max(${inventory.backorderLimit}) filter (where ${inventory.bucket} = 0)`,
      backorder: sql<boolean>`coalesce(bool_or(${inventory.backorder}), false)`,
      valueIds: sql<
        string[]
      >`coalesce((SELECT array_agg(x.option_value_id::text) FROM ${variantOptionValues} x
        WHERE x.variant_id = ${variants.id}), '{}')`,
    })
    .from(variants)
    .leftJoin(inventory, eq(inventory.variantId, variants.id))
    .where(eq(variants.productId, productId))
    .groupBy(variants.id)
    .orderBy(asc(variants.position), asc(variants.id));
}

/** The whole product as it stands now, in the caller's transaction; null where it is gone. */
export async function snapshotOf(tx: Tx, productId: string): Promise<Snapshot | null> {
  const [product] = await tx
    .select({
      name: products.name,
      subtitle: products.subtitle,
      description: products.description,
      descriptionFormat: products.descriptionFormat,
      details: products.details,
      tags: products.tags,
      status: products.status,
      isFeatured: products.isFeatured,
      taxClassId: products.taxClassId,
      taxClassName: taxClasses.name,
      categoryId: products.categoryId,
      categoryName: categories.name,
      metaTitle: products.metaTitle,
      metaDescription: products.metaDescription,
      publishAt: products.publishAt,
      unpublishAt: products.unpublishAt,
    })
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .leftJoin(taxClasses, eq(taxClasses.id, products.taxClassId))
    .where(eq(products.id, productId));
  if (!product) return null;
  const images = await tx
    .select({
      id: productImages.id,
      key: productImages.key,
      alt: productImages.alt,
      position: productImages.position,
      backdrop: productImages.backdrop,
    })
    .from(productImages)
    .where(eq(productImages.productId, productId))
    .orderBy(asc(productImages.position));
  return {
    product,
    options: await readOptions(tx, productId),
    variants: (await readVariants(tx, productId)).map((variant) => ({
      ...variant,
      valueIds: variant.valueIds.toSorted(),
    })),
    images,
  };
}
