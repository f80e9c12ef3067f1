/** Catalogue: begins a new product as a draft with one variant, and copies one with its options and variants. */
import { and, asc, eq, like, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { newId } from "@/db/id";
import { owners } from "@/db/schema/accounts";
import { categories, products, slugRedirects, variants } from "@/db/schema/catalog";
import { inventory } from "@/db/schema/inventory";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import type { NewProductInput } from "@/lib/domain/catalog-input";
import { ShopError } from "@/lib/domain/errors";
import { skuOf, slugOf } from "@/lib/domain/imports/cells";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import * as audit from "@/lib/services/audit";
import { readOptions, readVariants } from "@/lib/services/imports/current";
import { linkValues, valueKey, writeOptions } from "@/lib/services/imports/write-options";
import { restock } from "@/lib/services/inventory/adjust";
import { once } from "@/lib/services/once";
import { lockOwn } from "./catalog-own";

/**
 * Begins a product: a draft with one variant that nobody sees yet. An owner's is theirs; an admin says whose it is.
 * Sent twice with one key it is begun once.
 * @throws ShopError invalid_input, duplicate for a SKU that is taken
 */
export async function createProduct(staff: Staff, input: NewProductInput): Promise<{ productId: string }> {
  return withTx((tx) =>
    once(tx, staff, "product.create", input.requestKey, () => begin(tx, staff, input)),
  ).catch(taken("SKU"));
}

async function begin(tx: Tx, staff: Staff, input: NewProductInput): Promise<{ productId: string }> {
  await tx.execute(sql`select set_config('shop.user', ${staff.userId}, true)`);
  const ownerId = staff.kind === "owner" ? staff.ownerId : input.ownerId;
  const fields: Record<string, string> = {};
  const [owner] = ownerId
    ? await tx.select({ id: owners.id }).from(owners).where(eq(owners.id, ownerId))
    : [];
  if (!owner) fields.ownerId = "Please choose who sells it.";
  const [category] = await tx
    .select({ id: categories.id })
    .from(categories)
    .where(eq(categories.id, input.categoryId));
  if (!category) fields.categoryId = "Please choose a category.";
  const store = await storeOf(tx);
  const price = parseMoney(input.price, store.currency);
  if (price === undefined || price < 0)
    fields.price = `Please enter an amount like ${toDecimal(5900, store.currency)}.`;
  if (!owner || !category || price === undefined || Object.keys(fields).length > 0)
    throw new ShopError("invalid_input", { fields });
  const productId = newId();
  const slug = await freeSlug(tx, slugOf(input.name).slice(0, 90).replace(/-+$/, ""));
  const made = {
    name: input.name,
    slug,
    ownerId: owner.id,
    categoryId: category.id,
    status: "draft" as const,
  };
  await tx.insert(products).values({ id: productId, ...made });
  const variantId = newId();
  await tx.insert(variants).values({ id: variantId, productId, sku: input.sku || skuOf(slug, []), price });
  await tx.insert(inventory).values({ variantId, lowStockThreshold: store.lowStockThreshold });
  if (input.stock > 0) await restock(staff, { variantId, quantity: input.stock, reason: "First count" }, tx);
  await audit.write(tx, staff, {
    action: "product.create",
    subject: "products",
    subjectId: productId,
    before: {},
    after: made,
  });
  return { productId };
}

/**
 * Copies texts, options, variants and prices into a draft with addresses and SKUs of its own. Pictures and stock stay
 * with the original.
 * @throws ShopError not_found
 */
export async function duplicateProduct(
  staff: Staff,
  { productId: sourceId, requestKey }: { productId: string; requestKey: string },
): Promise<{ productId: string }> {
  return withTx((tx) =>
    once(tx, staff, "product.duplicate", requestKey, async () => {
      await tx.execute(sql`select set_config('shop.user', ${staff.userId}, true)`);
      const {
        id: _id,
        version: _version,
        createdAt: _created,
        updatedAt: _updated,
        ...source
      } = await lockOwn(tx, staff, sourceId);
      const productId = newId();
      const copy = {
        ownerId: source.ownerId,
        categoryId: source.categoryId,
        name: `${source.name.slice(0, 112)} (copy)`,
        subtitle: source.subtitle,
        description: source.description,
        descriptionFormat: source.descriptionFormat,
        details: source.details,
        tags: source.tags.filter((tag) => tag !== "front page"),
        taxClassId: source.taxClassId,
        slug: await freeSlug(tx, `${source.slug.slice(0, 84)}-copy`.replace(/-{2,}/g, "-")),
        status: "draft" as const,
      };
      await tx.insert(products).values({ id: productId, ...copy });
      await copyVariants(tx, sourceId, productId, copy.slug);
      await audit.write(tx, staff, {
        action: "product.duplicate",
        subject: "products",
        subjectId: productId,
        before: {},
        after: { ...copy, from: sourceId },
      });
      return { productId };
    }),
  ).catch(taken("address"));
}

async function copyVariants(tx: Tx, sourceId: string, productId: string, slug: string): Promise<void> {
  const [options, stored, store] = [
    await readOptions(tx, sourceId),
    await readVariants(tx, sourceId),
    await storeOf(tx),
  ];
  const wanted = options.map(({ name, values }) => ({ name, values: values.map(({ value }) => value) }));
  const { ids } = await writeOptions(tx, productId, wanted, []);
  const freshId = new Map(
    options.flatMap(({ values }, place) =>
      values.map(({ id, value }) => [id, ids.get(valueKey(place, value)) ?? ""] as const),
    ),
  );
  for (const [position, variant] of stored.filter(({ isActive }) => isActive).entries()) {
    const { title, price, compareAtPrice, weight, cost, unitAmount, unit } = variant;
    const valueIds = variant.valueIds.flatMap((id) => freshId.get(id) ?? []);
    const variantId = newId();
    await tx.insert(variants).values({
      id: variantId,
      productId,
      ...{ title, price, compareAtPrice, weight, cost, unitAmount, unit, position },
      sku: skuOf(slug, title ? title.split(" / ") : []),
      optionKey: valueIds.length > 0 ? valueIds.toSorted().join(",") : variant.optionKey,
    });
    await linkValues(tx, variantId, valueIds);
    await tx.insert(inventory).values({ variantId, lowStockThreshold: store.lowStockThreshold });
  }
}

/** The slug, or the first of "slug-2", "slug-3" … that no product has or had. */
async function freeSlug(tx: Tx, slug: string): Promise<string> {
  const fits = (column: typeof products.slug | typeof slugRedirects.slug) =>
    or(eq(column, slug), like(column, `${slug}-%`));
  const used = await tx
    .select({ slug: products.slug })
    .from(products)
    .where(fits(products.slug))
    .union(
      tx
        .select({ slug: slugRedirects.slug })
        .from(slugRedirects)
        .where(and(eq(slugRedirects.kind, "product"), fits(slugRedirects.slug))),
    );
  const names = new Set(used.map((row) => row.slug));
  if (!names.has(slug)) return slug;
  for (let n = 2; ; n += 1) if (!names.has(`${slug}-${n}`)) return `${slug}-${n}`;
}

async function storeOf(tx: Tx) {
  const [store] = await tx
    .select({ currency: settings.currency, lowStockThreshold: settings.lowStockThreshold })
    .from(settings)
    .orderBy(asc(settings.id));
  return store ?? { currency: "EUR", lowStockThreshold: 3 };
}

const taken = (field: string) => (error: unknown) => {
  throw sqlState(error) === "23505" ? new ShopError("duplicate", { field }, { cause: error }) : error;
};
