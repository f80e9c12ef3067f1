/** Products in the back office: the list, and one product as its form shows it. Owners see their own. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import {
  type Direction,
  type ProductSort,
  type ProductView,
  productDirection,
} from "@/lib/domain/back-office";
import { isRetired, type Option } from "@/lib/domain/catalog-options";
import { productHolds } from "./goods-search";
import { type Fragment, limited, ownedBy, type Page, pagesOf, wayOf } from "./scope";

export type ProductStatus = "draft" | "active" | "archived";

export interface ProductRow {
  readonly id: string;
  readonly name: string;
  readonly subtitle: string;
  readonly status: ProductStatus;
  readonly category: string;
  readonly ownerName: string;
  readonly image: { key: string; backdrop: string | null } | null;
  /** Minor units; null where no variant is for sale. */
  readonly low: number | null;
  readonly high: number | null;
  readonly variants: number;
  /** Where the product has one variant for sale: the stock of its row can be changed. */
  readonly variantId: string | null;
  readonly available: number;
  readonly isLow: boolean;
  readonly version: number;
  /** When it goes into the shop and out of it by itself, in milliseconds. */
  readonly publishAt: number | null;
  readonly unpublishAt: number | null;
}

export interface ProductQuery extends Page {
  /** Part of a name or of a SKU. */
  readonly search: string;
  readonly view: ProductView;
  readonly sort: ProductSort;
  readonly dir?: Direction | "";
  /** An id; empty or left out for all. */
  readonly category?: string;
  readonly tag?: string;
}

/** One page of products, with how many each view holds. */
export async function listProducts(staff: Staff, query: ProductQuery) {
  const found = sql`${ownedBy(staff, "p")} and ${query.search ? productHolds(query.search) : sql`true`} and ${filtered(query)}`;
  const seen = sql`${found} and ${query.view === "all" ? sql`p.status <> 'archived'` : sql`p.status = ${query.view}`}`;
  const way = wayOf(query, productDirection);
  const order = sql`${way} ${query.sort === "price" ? sql`nulls last` : sql``}, id ${way}`;
  // The page's rows first: pictures and stock are read for those that show alone.
  const [rows, [counts]] = await Promise.all([
    sql<ProductRow[]>`
      with page as (${pageOf[query.sort](seen)} order by sorted ${order} ${limited(query)})
      select p.id, p.name, p.subtitle, p.status, p.version, ${scheduled()}, c.name as category, w.name as "ownerName",
        (select json_build_object('key', m.key, 'backdrop', m.backdrop) from product_images m
          where m.product_id = p.id order by m.is_primary desc, m.position limit 1) as image,
        p.price_from::float8 as low, p.price_to::float8 as high, stock.variants, stock.available, stock.low as "isLow",
        case when stock.variants = 1 then stock.one end as "variantId"
      from page join products p using (id) join categories c on c.id = p.category_id join owners w on w.id = p.owner_id
      join lateral (
        select count(v.id)::int as variants, min(v.id::text) as one, coalesce(sum(i.available), 0)::int as available,
          coalesce(bool_or(i.available <= i.threshold), false) as low
        from variants v left join lateral (
          select sum(n.available) as available, max(n.low_stock_threshold) as threshold
          from inventory n where n.variant_id = v.id
        ) i on true where v.product_id = p.id and v.is_active
      ) stock on true
      order by sorted ${order}`,
    sql<Record<ProductView, number>[]>`
      select count(*) filter (where p.status <> 'archived')::int as all, count(*) filter (where p.status = 'active')::int as active,
        count(*) filter (where p.status = 'draft')::int as draft, count(*) filter (where p.status = 'archived')::int as archived
      from products p where ${found}`,
  ]);
  const views = counts ?? { all: 0, active: 0, draft: 0, archived: 0 };
  return { rows: [...rows], counts: views, pages: pagesOf(views[query.view], query) };
}

const byColumn = (column: () => Fragment) => (seen: Fragment) =>
  sql`select p.id, ${column()} as sorted from products p where ${seen}`;

/** Ids and what they are sorted by. */
const pageOf: Record<ProductSort, (seen: Fragment) => Fragment> = {
  name: byColumn(() => sql`lower(p.name)`),
  newest: byColumn(() => sql`p.created_at`),
  price: byColumn(() => sql`p.price_from`),
  stock: (seen) => sql`
    select p.id, coalesce(sum(n.available), 0) as sorted from products p
    left join variants v on v.product_id = p.id and v.is_active left join inventory n on n.variant_id = v.id
    where ${seen} group by p.id`,
};

const scheduled = (): Fragment =>
  sql`(extract(epoch from p.publish_at) * 1000)::float8 as "publishAt", (extract(epoch from p.unpublish_at) * 1000)::float8 as "unpublishAt"`;

/** A category holds what stands below it, too. */
const filtered = ({ category, tag }: ProductQuery): Fragment =>
  sql`${
    category
      ? sql`p.category_id in (with recursive below as (
        select id from categories where id = ${category}
        union all select c.id from categories c join below b on c.parent_id = b.id) select id from below)`
      : sql`true`
  } and ${tag ? sql`${tag.toLowerCase()} = any(p.tags)` : sql`true`}`;

export interface VariantForm {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  /** Minor units. */
  readonly price: number;
  readonly compareAtPrice: number | null;
  readonly isActive: boolean;
  /** Grams. */
  readonly weight: number;
  readonly barcode: string | null;
  readonly version: number;
  readonly available: number;
  readonly onHand: number;
  /** Minor units, without tax; null: not told. */
  readonly cost: number | null;
  readonly backorder: boolean;
  readonly backorderLimit: number | null;
  /** What a piece holds, for its unit price; null: not told. */
  readonly unitAmount: number | null;
  readonly unit: string | null;
  readonly optionKey: string;
}

export interface ProductPicture {
  readonly id: string;
  readonly key: string;
  readonly alt: string;
  readonly backdrop: string | null;
  /** The option value that it shows; null for all. */
  readonly valueId: string | null;
  readonly version: number;
}

export interface ProductForm {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly subtitle: string;
  readonly description: string;
  readonly descriptionFormat: "text" | "html";
  readonly details: string;
  readonly status: ProductStatus;
  readonly categoryId: string;
  readonly tags: readonly string[];
  readonly isFeatured: boolean;
  /** Null: the store's usual one. */
  readonly taxClassId: string | null;
  readonly version: number;
  readonly ownerName: string;
  readonly publishAt: number | null;
  readonly unpublishAt: number | null;
  /** The part of the price that is tax where the shop stands, in parts per million; 0 where prices have none in them. */
  readonly taxPpm: number;
  readonly metaTitle: string | null;
  readonly metaDescription: string | null;
  readonly images: readonly ProductPicture[];
  readonly options: readonly Option[];
  readonly variants: readonly VariantForm[];
  /** Variants whose value or option went: not for sale, kept for what they have sold and have in stock. */
  readonly retired: readonly VariantForm[];
}

/** A product for its form; null for unknown ones and other owners' alike. */
export async function getProductForm(staff: Staff, id: string): Promise<ProductForm | null> {
  const [row] = await sql<Omit<ProductForm, "retired">[]>`
    select p.id, p.slug, p.name, p.subtitle, p.description, p.description_format as "descriptionFormat", p.details, p.status, p.category_id as "categoryId", p.tags, ${scheduled()},
      p.is_featured as "isFeatured", p.tax_class_id as "taxClassId", p.version, w.name as "ownerName",
      coalesce((select r.rate from tax_rates r join settings s on s.prices_include_tax and s.country = r.country
        where r.region is null and r.tax_class_id = coalesce(p.tax_class_id, (select id from tax_classes where is_default))), 0) as "taxPpm",
      p.meta_title as "metaTitle", p.meta_description as "metaDescription",
      coalesce((select json_agg(json_build_object('id', o.id, 'name', o.name, 'values', (
          select coalesce(json_agg(json_build_object('id', x.id, 'value', x.value, 'swatch', x.swatch)
            order by x.position, x.id), '[]'::json) from option_values x where x.option_id = o.id
        )) order by o.position, o.id) from product_options o where o.product_id = p.id), '[]'::json) as options,
      coalesce((select json_agg(json_build_object('id', m.id, 'key', m.key, 'alt', m.alt, 'backdrop', m.backdrop,
          'valueId', m.option_value_id, 'version', m.version) order by m.is_primary desc, m.position, m.id)
        from product_images m where m.product_id = p.id), '[]'::json) as images,
      coalesce((select json_agg(json_build_object('id', v.id, 'sku', v.sku, 'title', v.title, 'price', v.price,
          'compareAtPrice', v.compare_at_price, 'isActive', v.is_active, 'weight', v.weight, 'barcode', v.barcode,
          'version', v.version, 'optionKey', v.option_key, 'cost', v.cost, 'unitAmount', v.unit_amount, 'unit', v.unit,
          'backorder', (select coalesce(bool_or(i.backorder), false) from inventory i where i.variant_id = v.id),
          'backorderLimit', (select i.backorder_limit from inventory i where i.variant_id = v.id and i.bucket = 0),
          'available', (select coalesce(sum(i.available), 0) from inventory i where i.variant_id = v.id),
          'onHand', (select coalesce(sum(i.on_hand), 0) from inventory i where i.variant_id = v.id)
        ) order by v.position, v.id) from variants v where v.product_id = p.id), '[]'::json) as variants
    from products p join owners w on w.id = p.owner_id
    where p.id = ${id} and ${ownedBy(staff, "p")}`;
  if (!row) return null;
  const isGone = ({ optionKey }: VariantForm) => isRetired(optionKey);
  return {
    ...row,
    variants: row.variants.filter((variant) => !isGone(variant)),
    retired: row.variants.filter(isGone),
  };
}

export interface PriceChange {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  /** Minor units; null for the first price. */
  readonly oldPrice: number | null;
  readonly newPrice: number;
  readonly who: string | null;
  readonly at: Date;
}

/** The last 20 changes of a product's prices, the newest first. */
export async function listPriceChanges(staff: Staff, productId: string): Promise<PriceChange[]> {
  const rows = await sql<(Omit<PriceChange, "at"> & { at: string })[]>`
    select h.id, v.sku, v.title, h.old_price::float8 as "oldPrice", h.new_price::float8 as "newPrice",
      coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) as who, h.created_at as at
    from price_changes h join variants v on v.id = h.variant_id join products p on p.id = v.product_id
    left join users u on u.id = h.changed_by
    where p.id = ${productId} and ${ownedBy(staff, "p")} order by h.created_at desc, h.id limit 20`;
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** Who sells in the shop, for a new product: an owner sees themselves alone. */
export async function listOwnerChoices(staff: Staff): Promise<{ id: string; label: string }[]> {
  const mine = staff.kind === "owner" ? sql`id = ${staff.ownerId}` : sql`true`;
  const rows = await sql<{ id: string; label: string }[]>`
    select id, name as label from owners where ${mine} order by lower(name)`;
  return [...rows];
}

/** What products are called, in the order of their ids; without those of other owners. */
export async function listNames(staff: Staff, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await sql<{ name: string }[]>`
    select p.name from products p where p.id = any(${sql.array([...ids])}::uuid[]) and ${ownedBy(staff, "p")}
    order by array_position(${sql.array([...ids])}::uuid[], p.id)`;
  return rows.map(({ name }) => name);
}

/** The category tree as a flat list: "Textiles / Cushions (hidden)". Categories are everybody's. */
export async function listCategoryChoices(_staff: Staff): Promise<{ id: string; label: string }[]> {
  const rows = await sql<{ id: string; label: string }[]>`
    with recursive tree as (
      select id, name as label, array[position] as place, is_active from categories where parent_id is null
      union all select c.id, t.label || ' / ' || c.name, t.place || c.position, c.is_active
      from categories c join tree t on c.parent_id = t.id
    ) select id, label || case when is_active then '' else ' (hidden)' end as label from tree order by place, tree.label`;
  return [...rows];
}
