/** Catalogue: the category tree, products with options and variants, their pictures and price history. */
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { owners, users } from "./accounts";
import { createdAt, id, moment, money, updatedAt } from "./columns";
import { taxClasses } from "./tax";

export const productStatus = pgEnum("product_status", ["draft", "active", "archived"]);

export const categories = pgTable(
  "categories",
  {
    id: id(),
    parentId: uuid().references((): AnyPgColumn => categories.id, { onDelete: "restrict" }),
    name: text().notNull(),
    slug: text().notNull(),
    /** Slugs from the root joined with "/": kept by the service, unique over the tree. */
    path: text().notNull().unique(),
    description: text().notNull().default(""),
    position: integer().notNull().default(0),
    isActive: boolean().notNull().default(true),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("categories_parent_idx").on(t.parentId, t.position),
    check("categories_slug_form", sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
    check("categories_no_self_parent", sql`${t.parentId} <> ${t.id}`),
    check("categories_path_form", sql`${t.path} = ${t.slug} OR ${t.path} LIKE '%/' || ${t.slug}`),
  ],
);

export const products = pgTable(
  "products",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    categoryId: uuid()
      .notNull()
      .references(() => categories.id, { onDelete: "restrict" }),
    slug: text().notNull().unique(),
    name: text().notNull(),
    /** One quiet line under the name: material and measure. */
    subtitle: text().notNull().default(""),
    /** Plain paragraphs or sanitised HTML, see `descriptionFormat`. */
    description: text().notNull().default(""),
    descriptionFormat: text({ enum: ["text", "html"] })
      .notNull()
      .default("text"),
    details: text().notNull().default(""),
    metaTitle: text(),
    metaDescription: text(),
    tags: text().array().notNull().default(sql`'{}'`),
    status: productStatus().notNull().default("draft"),
    isFeatured: boolean().notNull().default(false),
    publishedAt: moment(),
    /** When it goes into the shop by itself, and out of it; see services/catalog-schedule. */
    publishAt: moment(),
    unpublishAt: moment(),
    archivedAt: moment(),
    taxClassId: uuid().references(() => taxClasses.id, { onDelete: "restrict" }),
    /** Denormalised by trigger from the active variants. */
    priceFrom: money(),
    priceTo: money(),
    /** Kept by the transaction that publishes a review. */
    ratingSum: integer().notNull().default(0),
    ratingCount: integer().notNull().default(0),
    /** Units sold in the last 90 days, refreshed by job from the stock ledger. */
    soldRecently: integer().notNull().default(0),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("products_category_idx").on(t.categoryId, t.status),
    index("products_owner_idx").on(t.ownerId, t.status),
    index("products_newest_idx")
      .on(t.publishedAt.desc().nullsFirst(), t.id)
      .where(sql`${t.status} = 'active'`),
    index("products_best_idx")
      .on(t.soldRecently.desc().nullsFirst(), t.id)
      .where(sql`${t.status} = 'active'`),
    index("products_price_idx").on(t.priceFrom, t.id).where(sql`${t.status} = 'active'`),
    index("products_featured_idx")
      .on(t.publishedAt.desc().nullsFirst())
      .where(sql`${t.isFeatured} AND ${t.status} = 'active'`),
    index("products_due_idx")
      .on(sql`least(${t.publishAt}, ${t.unpublishAt})`)
      .where(sql`${t.publishAt} IS NOT NULL OR ${t.unpublishAt} IS NOT NULL`),
    index("products_tags_idx").using("gin", t.tags),
    // The back office's list, in its two usual orders, and its search.
    index("products_created_idx").on(t.createdAt, t.id),
    index("products_name_idx").on(sql`lower(${t.name})`, t.id),
    index("products_search_idx").using("gin", sql`lower(${t.name}) gin_trgm_ops`),
    check("products_slug_form", sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
    check("products_name_present", sql`length(trim(${t.name})) BETWEEN 1 AND 300`),
    check(
      "products_rating_range",
      sql`${t.ratingCount} >= 0 AND ${t.ratingSum} BETWEEN ${t.ratingCount} AND 5 * ${t.ratingCount}`,
    ),
    check("products_active_published", sql`${t.status} <> 'active' OR ${t.publishedAt} IS NOT NULL`),
    check("products_archived_at", sql`(${t.status} = 'archived') = (${t.archivedAt} IS NOT NULL)`),
    check("products_schedule_order", sql`${t.unpublishAt} > ${t.publishAt}`),
    check("products_description_format", sql`${t.descriptionFormat} IN ('text', 'html')`),
  ],
);

/** Old addresses of products and categories, which redirect. */
export const slugRedirects = pgTable(
  "slug_redirects",
  {
    kind: text().notNull(),
    slug: text().notNull(),
    targetId: uuid().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.slug] }),
    check("slug_redirects_kind", sql`${t.kind} IN ('product', 'category')`),
  ],
);

export const productOptions = pgTable(
  "product_options",
  {
    id: id(),
    productId: uuid()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    name: text().notNull(),
    position: integer().notNull().default(0),
  },
  (t) => [unique("product_options_name_key").on(t.productId, t.name)],
);

export const optionValues = pgTable(
  "option_values",
  {
    id: id(),
    optionId: uuid()
      .notNull()
      .references(() => productOptions.id, { onDelete: "cascade" }),
    value: text().notNull(),
    /** A CSS colour for swatches, where the value is one. */
    swatch: text(),
    position: integer().notNull().default(0),
  },
  (t) => [
    unique("option_values_value_key").on(t.optionId, t.value),
    check("option_values_swatch_form", sql`${t.swatch} ~ '^#[0-9a-f]{6}$'`),
  ],
);

export const variants = pgTable(
  "variants",
  {
    id: id(),
    productId: uuid()
      .notNull()
      .references(() => products.id, { onDelete: "restrict" }),
    sku: text().notNull(),
    /** "Vermilion / 50 × 50"; empty for the one variant of a product without options. */
    title: text().notNull().default(""),
    /** Sorted option value ids joined with ",": one variant a combination. */
    optionKey: text().notNull().default(""),
    price: money().notNull(),
    compareAtPrice: money(),
    /** What one costs its owner, without tax; null: not told. Never leaves the back office. */
    cost: money(),
    /** For unit prices: content in `unit` ("ml", "g", "m", "piece"). */
    unitAmount: integer(),
    unit: text(),
    /** Grams. */
    weight: integer().notNull().default(0),
    barcode: text(),
    position: integer().notNull().default(0),
    isActive: boolean().notNull().default(true),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("variants_sku_key").on(sql`lower(${t.sku})`),
    uniqueIndex("variants_option_key").on(t.productId, t.optionKey).where(sql`${t.isActive}`),
    index("variants_product_idx").on(t.productId, t.position),
    index("variants_search_idx").using("gin", sql`lower(${t.sku}) gin_trgm_ops`),
    check("variants_price_positive", sql`${t.price} >= 0`),
    check("variants_cost_positive", sql`${t.cost} >= 0`),
    check("variants_compare_at_higher", sql`${t.compareAtPrice} > ${t.price}`),
    check("variants_weight_positive", sql`${t.weight} >= 0`),
    check("variants_sku_present", sql`length(trim(${t.sku})) > 0`),
    check(
      "variants_unit_price",
      sql`(${t.unitAmount} IS NULL) = (${t.unit} IS NULL) AND ${t.unitAmount} > 0`,
    ),
  ],
);

export const variantOptionValues = pgTable(
  "variant_option_values",
  {
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    optionValueId: uuid()
      .notNull()
      .references(() => optionValues.id, { onDelete: "restrict" }),
  },
  (t) => [
    primaryKey({ columns: [t.variantId, t.optionValueId] }),
    index("variant_option_values_value_idx").on(t.optionValueId),
  ],
);

export const productImages = pgTable(
  "product_images",
  {
    id: id(),
    productId: uuid()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    /** The colour (or other option value) that this picture shows; null for all. */
    optionValueId: uuid().references(() => optionValues.id, { onDelete: "set null" }),
    key: text().notNull().unique(),
    alt: text().notNull().default(""),
    /** Pixels. */
    width: integer().notNull(),
    height: integer().notNull(),
    placeholder: text(),
    /** A backdrop token of the design for cut-out pictures. */
    backdrop: text(),
    position: integer().notNull().default(0),
    isPrimary: boolean().notNull().default(false),
    /** Of what is said of it; its place is no part of that. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index("product_images_product_idx").on(t.productId, t.position),
    uniqueIndex("product_images_primary_key").on(t.productId).where(sql`${t.isPrimary}`),
    check("product_images_size", sql`${t.width} > 0 AND ${t.height} > 0`),
  ],
);

/** Each change of a variant's price: who, when, from what to what. Append-only. */
export const priceChanges = pgTable(
  "price_changes",
  {
    id: id(),
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    oldPrice: money(),
    newPrice: money().notNull(),
    changedBy: uuid().references(() => users.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
  (t) => [
    index("price_changes_variant_idx").on(t.variantId, t.createdAt.desc().nullsFirst()),
    check("price_changes_positive", sql`${t.newPrice} >= 0 AND ${t.oldPrice} >= 0`),
  ],
);

/**
 * Pictures that people brought and that no row names any more, with the night on which that was first seen
 * (lib/services/unused-pictures.ts).
 */
export const unusedPictures = pgTable("unused_pictures", {
  key: text().primaryKey(),
  since: createdAt(),
});
