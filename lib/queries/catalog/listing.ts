/** The active products in batches, for sitemap and merchant feed: read as they are, never cached, never all at once. */
import { sql } from "@/db/client";
import { readPublic } from "@/db/replica";
import { paragraphsOf, type Shot } from "@/lib/domain/catalog";
import { bandOf, type StockBand } from "@/lib/domain/inventory";
import { type StockRow, stockOf, struckPrice } from "./cards";

/** Products of one sitemap; a search engine takes up to 50,000 addresses a file. */
export const SITEMAP_SIZE = 5_000;

const BATCH = 250;

export interface MappedProduct {
  readonly id: string;
  readonly slug: string;
  /** ISO moment. */
  readonly changedAt: string;
  readonly images: readonly string[];
}

export interface ListedVariant {
  readonly sku: string;
  readonly title: string;
  /** Minor units. */
  readonly amount: number;
  readonly was: number | null;
  readonly barcode: string | null;
  /** Grams. */
  readonly weight: number;
  readonly band: StockBand;
  readonly valueIds: readonly string[];
  readonly values: readonly { name: string; value: string }[];
}

export interface ListedProduct {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly subtitle: string;
  readonly description: readonly string[];
  readonly owner: string;
  /** Category names from the top down. */
  readonly trail: readonly string[];
  readonly shots: readonly Shot[];
  readonly variants: readonly ListedVariant[];
}

/** How many sitemaps of products there are. */
export async function countSitemaps(): Promise<number> {
  const [row] = await readPublic(
    (sql) => sql<{ count: number }[]>`
    select count(*)::int as count from products where status = 'active'`,
  );
  return Math.ceil((row?.count ?? 0) / SITEMAP_SIZE);
}

/** The products of sitemap `place`, from 1 on, batch by batch. */
export async function* listMapped(place: number): AsyncGenerator<MappedProduct[]> {
  const [start] = await readPublic(
    (sql) => sql<{ id: string }[]>`
    select id from products where status = 'active' order by id offset ${(place - 1) * SITEMAP_SIZE} limit 1`,
  );
  if (!start) return;
  let left = SITEMAP_SIZE;
  let after: string | null = null;
  while (left > 0) {
    const rows: MappedProduct[] = await readPublic(
      (sql) => sql<MappedProduct[]>`
      select p.id, p.slug, to_char(greatest(p.updated_at, (select max(v.updated_at) from variants v where v.product_id = p.id))
          at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "changedAt",
        coalesce((select json_agg(m.key order by m.is_primary desc, m.position)
          from product_images m where m.product_id = p.id), '[]'::json) as images
      from products p
      where p.status = 'active' and ${after === null ? sql`p.id >= ${start.id}` : sql`p.id > ${after}`}
      order by p.id limit ${Math.min(left, BATCH * 4)}`,
    );
    if (rows.length === 0) return;
    yield rows;
    left -= rows.length;
    after = rows.at(-1)?.id ?? null;
  }
}

export interface MappedCategory {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  /** Products in it and below. */
  readonly count: number;
  readonly changedAt: string;
}

/** Every category that is shown, parents before their children. */
export async function listMappedCategories(): Promise<MappedCategory[]> {
  return readPublic(
    (sql) => sql<MappedCategory[]>`
    with recursive shown as (
      select c.*, array[c.position] as place from categories c where parent_id is null and is_active
      union all select c.*, s.place || c.position from categories c join shown s on c.parent_id = s.id where c.is_active
    )
    select s.name, s.path, s.description,
      to_char(s.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "changedAt",
      (select count(*)::int from products p join categories c on c.id = p.category_id
        where p.status = 'active' and (c.path = s.path or c.path like s.path || '/%')) as count
    from shown s order by s.place, s.path`,
  );
}

interface Row extends Omit<ListedProduct, "description" | "variants"> {
  description: string;
  format: string;
  variants: (Omit<ListedVariant, "band"> & { stock: StockRow })[];
}

/** Every active product with its active variants, batch by batch. */
export async function* listForFeed(): AsyncGenerator<ListedProduct[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await readBatch(after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ description, format, variants, ...rest }) => ({
      ...rest,
      description: paragraphsOf(description, format),
      variants: variants.map(({ stock, ...variant }) => ({
        ...variant,
        band: bandOf(stock.available, stock.threshold, stock.backorder),
      })),
    }));
    after = last.id;
  }
}

const readBatch = (after: string): Promise<Row[]> =>
  readPublic(
    (sql) => sql<Row[]>`
  select p.id, p.slug, p.name, p.subtitle, p.description, p.description_format as format, o.name as owner,
    (with recursive above as (
        select c.parent_id, c.name, c.is_active, 0 as up from categories c where c.id = p.category_id
        union all select c.parent_id, c.name, c.is_active, a.up + 1 from categories c join above a on c.id = a.parent_id
      ) select coalesce(json_agg(name order by up desc), '[]'::json) from above where is_active) as trail,
    coalesce((select json_agg(json_build_object(
        'key', m.key, 'alt', m.alt, 'backdrop', m.backdrop, 'valueId', m.option_value_id)
        order by m.is_primary desc, m.position) from product_images m where m.product_id = p.id), '[]'::json) as shots,
    coalesce((select json_agg(json_build_object(
        'sku', v.sku, 'title', v.title, 'amount', v.price, 'was', ${struckPrice()}, 'barcode', v.barcode,
        'weight', v.weight, 'stock', ${stockOf()}, 'valueIds', ${valuesOf("id")}, 'values', ${valuesOf("pair")})
        order by v.position, v.id) from variants v where v.product_id = p.id and v.is_active), '[]'::json) as variants
  from products p join owners o on o.id = p.owner_id
  where p.status = 'active' and p.id > ${after} order by p.id limit ${BATCH}`,
  );

/** The chosen values of variant `v` in the order of the options. */
function valuesOf(what: "id" | "pair") {
  const value = what === "id" ? sql`o.id` : sql`json_build_object('name', po.name, 'value', o.value)`;
  return sql`coalesce((select json_agg(${value} order by po.position) from variant_option_values x
    join option_values o on o.id = x.option_value_id join product_options po on po.id = o.option_id
    where x.variant_id = v.id), '[]'::json)`;
}
