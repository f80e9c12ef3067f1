/** Catalogue: changes a product with its variants' prices, by its owner or an admin. */
import { and, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { categories, products, slugRedirects, variants } from "@/db/schema/catalog";
import { settings } from "@/db/schema/settings";
import { taxClasses } from "@/db/schema/tax";
import { withTx } from "@/db/tx";
import { type CacheTag, categoryTag, HOME_TAG, productTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { detailsText } from "@/lib/domain/catalog";
import { type ProductInput, tagsFor, type VariantInput } from "@/lib/domain/catalog-input";
import { isRetired } from "@/lib/domain/catalog-options";
import { ShopError } from "@/lib/domain/errors";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { cleanHtml, escaped } from "@/lib/rich-text";
import { priceFell } from "@/lib/services/alerts";
import * as audit from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { hasSilentPicture, lockCurrent, type Product, stampsOf } from "./catalog-own";
import { savePolicies } from "./catalog-policy";

type Variant = typeof variants.$inferSelect;

/** What a form sends, or an undo, which knows how it was stored. */
type Saved = ProductInput & { readonly storedDetails?: string };

/**
 * Saves a product and its variants; all or nothing. Answers the tags of the pages that are stale now.
 * A changed slug keeps redirecting; a changed price is kept in the history under the name of whoever changed it.
 * @throws ShopError not_found for another owner's product, conflict where it was changed since the form was opened,
 * duplicate for a slug that is taken, invalid_input.
 */
export async function editProduct(staff: Staff, input: Saved): Promise<{ tags: readonly CacheTag[] }> {
  try {
    return await withTx((tx) => save(tx, staff, input));
  } catch (error) {
    if (sqlState(error) === "23505") {
      const field = /variants_sku_key/.test(String((error as Error).cause ?? error)) ? "SKU" : "address";
      throw new ShopError("duplicate", { field }, { cause: error });
    }
    throw error;
  }
}

async function save(tx: Tx, staff: Staff, input: Saved): Promise<{ tags: readonly CacheTag[] }> {
  // The trigger that keeps the price history reads who it was.
  await tx.execute(sql`select set_config('shop.user', ${staff.userId}, true)`);
  const before = await lockCurrent(tx, staff, input);
  const lines = await pricesOf(tx, before.id, input);
  await requireCategory(tx, before, input.categoryId);
  const taxClassId = await taxClassOf(tx, staff, before, input);
  if (input.status === "active") await requirePublishable(tx, before, lines);
  if (input.slug !== before.slug) await moveSlug(tx, before, input.slug);

  const after = {
    name: input.name,
    subtitle: input.subtitle,
    slug: input.slug,
    ...describedAs(before, input),
    status: input.status,
    categoryId: input.categoryId,
    tags: tagsFor(staff.kind, input.tags, before.tags),
    // What the front page features is the shop's choice, not an owner's.
    isFeatured: staff.kind === "admin" ? input.isFeatured : before.isFeatured,
    taxClassId,
    metaTitle: input.metaTitle === undefined ? before.metaTitle : input.metaTitle || null,
    metaDescription:
      input.metaDescription === undefined ? before.metaDescription : input.metaDescription || null,
  };
  await tx
    .update(products)
    .set({ ...after, version: sql`${products.version} + 1`, ...stampsOf(before, input.status) })
    .where(and(eq(products.id, before.id), eq(products.version, input.version)));
  for (const line of lines) await saveVariant(tx, staff, line);
  await savePolicies(tx, staff, input.variants);
  await audit.write(tx, staff, {
    action: "product.edit",
    subject: "products",
    subjectId: before.id,
    before,
    after,
  });
  const tags = staleTags(before, after);
  await cache.expire(tx, tags);
  return { tags };
}

/** HTML is cleaned when it is stored. Where the format changes, the other text of the product goes along. */
function describedAs(before: Product, { description, descriptionFormat, ...input }: Saved) {
  const format = descriptionFormat ?? before.descriptionFormat;
  return {
    description: format === "html" ? cleanHtml(description) : description,
    descriptionFormat: format,
    details: input.storedDetails ?? detailsOf(before, input.details, format),
  };
}

/** What was not touched keeps the marks that it came with, which its form does not show. */
function detailsOf(before: Product, typed: string | undefined, format: Product["descriptionFormat"]): string {
  const shown = detailsText(before.details, before.descriptionFormat);
  if (typed !== undefined && typed !== shown.trim()) return format === "html" ? escaped(typed) : typed;
  return format === "html" && before.descriptionFormat === "text" ? escaped(before.details) : before.details;
}

interface Line {
  readonly before: Variant;
  readonly price: number;
  readonly compareAtPrice: number | null;
  readonly isActive: boolean;
  readonly sku: string;
  readonly barcode: string | null;
  readonly weight: number;
  readonly cost: number | null;
  readonly unitAmount: number | null;
  readonly unit: string | null;
}

/** The variants with their prices read in the store's currency, ascending by id. */
async function pricesOf(tx: Tx, productId: string, { variants: typed }: ProductInput): Promise<Line[]> {
  const stored = await tx.select().from(variants).where(eq(variants.productId, productId)).for("update");
  const [store] = await tx.select({ currency: settings.currency }).from(settings);
  const currency = store?.currency ?? "EUR";
  const fields: Record<string, string> = {};
  const lines = typed.map((line, i): Line => {
    const before = stored.find((variant) => variant.id === line.id);
    if (!before || isRetired(before.optionKey)) throw new ShopError("not_found", { what: "variant" });
    if (line.version !== undefined && before.version !== line.version)
      throw new ShopError("conflict", { what: "product" });
    const price = parseMoney(line.price, currency);
    const was = line.compareAtPrice ? parseMoney(line.compareAtPrice, currency) : null;
    const cost = line.cost ? parseMoney(line.cost, currency) : null;
    if (cost === undefined || (cost ?? 0) < 0)
      fields[`variants.${i}.cost`] = `Please enter an amount like ${toDecimal(1200, currency)}.`;
    const content = contentOf(before, line);
    if (typeof content === "string") fields[`variants.${i}.unitAmount`] = content;
    if (price === undefined || price < 0)
      fields[`variants.${i}.price`] = `Please enter an amount like ${toDecimal(5900, currency)}.`;
    if (was === undefined)
      fields[`variants.${i}.compareAtPrice`] = `Please enter an amount like ${toDecimal(7900, currency)}.`;
    else if (was !== null && price !== undefined && was <= price)
      fields[`variants.${i}.compareAtPrice`] = "The former price must be higher than the price.";
    return {
      before,
      price: price ?? 0,
      compareAtPrice: was ?? null,
      isActive: line.isActive,
      sku: line.sku ?? before.sku,
      barcode: line.barcode === undefined ? before.barcode : line.barcode || null,
      weight: line.weight ?? before.weight,
      cost: line.cost === undefined ? before.cost : (cost ?? null),
      ...(typeof content === "string" ? NO_CONTENT : content),
    };
  });
  if (Object.keys(fields).length > 0) throw new ShopError("invalid_input", { fields });
  return lines.sort((a, b) => (a.before.id < b.before.id ? -1 : 1));
}

type Content = Pick<Line, "unitAmount" | "unit">;
const NO_CONTENT: Content = { unitAmount: null, unit: null };

/** What a piece holds, or what is wrong with what was typed. */
function contentOf(before: Content, { unitAmount, unit }: VariantInput): Content | string {
  if (unitAmount === undefined || unit === undefined)
    return { unitAmount: before.unitAmount, unit: before.unit };
  if (!unitAmount && !unit) return NO_CONTENT;
  if (Number(unitAmount) > 0 && unit) return { unitAmount: Number(unitAmount), unit };
  return "How much, and of what? Leave both empty for none.";
}

async function requireCategory(tx: Tx, before: Product, categoryId: string): Promise<void> {
  if (categoryId === before.categoryId) return;
  const [found] = await tx
    .select({ id: categories.id })
    .from(categories)
    .where(eq(categories.id, categoryId));
  if (!found) throw new ShopError("invalid_input", { fields: { categoryId: "Please choose a category." } });
}

/** What tax is paid is the shop's to decide, not an owner's. A class that stays is not asked for again. */
async function taxClassOf(
  tx: Tx,
  staff: Staff,
  before: Product,
  { taxClassId = before.taxClassId }: ProductInput,
): Promise<string | null> {
  if (staff.kind !== "admin" || taxClassId === before.taxClassId) return before.taxClassId;
  if (taxClassId === null) return null;
  // Kept until the product has it: a class that is deleted meanwhile would break the reference.
  const [found] = await tx
    .select({ id: taxClasses.id })
    .from(taxClasses)
    .where(eq(taxClasses.id, taxClassId))
    .for("key share");
  if (!found) throw new ShopError("invalid_input", { fields: { taxClassId: "Please choose one." } });
  return found.id;
}

async function requirePublishable(tx: Tx, { id }: Product, lines: readonly Line[]): Promise<void> {
  if (!lines.some((line) => line.isActive))
    throw new ShopError("invalid_input", { fields: { status: "At least one variant must be for sale." } });
  if (await hasSilentPicture(tx, id))
    throw new ShopError("invalid_input", { fields: { status: "Describe every picture in words first." } });
}

/** The old address leads to the product from now on. An old address of another product is not taken over. */
async function moveSlug(tx: Tx, { id, slug: old }: Product, slug: string): Promise<void> {
  const [other] = await tx
    .select({ slug: slugRedirects.slug })
    .from(slugRedirects)
    .where(
      and(eq(slugRedirects.kind, "product"), eq(slugRedirects.slug, slug), ne(slugRedirects.targetId, id)),
    );
  if (other) throw new ShopError("duplicate", { field: "address" });
  await tx.delete(slugRedirects).where(and(eq(slugRedirects.kind, "product"), eq(slugRedirects.slug, slug)));
  await tx
    .insert(slugRedirects)
    .values({ kind: "product", slug: old, targetId: id })
    .onConflictDoUpdate({ target: [slugRedirects.kind, slugRedirects.slug], set: { targetId: id } });
}

async function saveVariant(tx: Tx, staff: Staff, { before, ...after }: Line): Promise<void> {
  const names = Object.keys(after) as (keyof typeof after)[];
  if (names.every((name) => before[name] === after[name])) return;
  await tx
    .update(variants)
    .set({ ...after, version: sql`${variants.version} + 1` })
    .where(and(eq(variants.id, before.id), eq(variants.version, before.version)));
  if (after.price < before.price) await priceFell(tx, before.id);
  await audit.write(tx, staff, {
    action: "variant.edit",
    subject: "variants",
    subjectId: before.id,
    before,
    after,
  });
}

/** Its own pages and cards always; lists and the front page where it enters, leaves or moves. */
function staleTags(
  before: Product,
  after: Pick<Product, "status" | "categoryId" | "isFeatured" | "slug" | "tags">,
): CacheTag[] {
  const own = productTag(before.id);
  const moved =
    before.status !== after.status ||
    before.categoryId !== after.categoryId ||
    before.isFeatured !== after.isFeatured ||
    // A page that was not there is remembered under the front page's tag.
    before.slug !== after.slug ||
    before.tags.join() !== after.tags.join();
  return moved
    ? [...new Set([own, categoryTag(before.categoryId), categoryTag(after.categoryId), HOME_TAG])]
    : [own];
}
