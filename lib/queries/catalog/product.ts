/** A product's page in one read, cached per product. */
import { cacheLife, cacheTag } from "next/cache";
import { sql } from "@/db/client";
import { readPublic } from "@/db/replica";
import { CATEGORIES_TAG, HOME_TAG, ownerTag, productTag } from "@/lib/cache-tags";
import {
  type Card,
  isNew,
  type ProductOption,
  paragraphsOf,
  type Shot,
  type Variant,
} from "@/lib/domain/catalog";
import { bandOf } from "@/lib/domain/inventory";
import { formatMoney, ratio } from "@/lib/domain/money";
import type { Fragment } from "@/lib/queries/admin/scope";
import { distributionOf, type ReviewView, reviewFields } from "@/lib/queries/reviews";
import { getStore, hasDatabase, type Store } from "@/lib/queries/settings";
import { plainText, type RichText, richText } from "@/lib/rich-text";
import { type CardRow, cardOf, type StockRow, stockOf, struckPrice, tagsOf, toCard } from "./cards";
import { besideOf, type Companion, type CompanionRow, companionsOf, toCompanion } from "./together";

/** Reviews on the product's own page; the others have pages of their own. */
const REVIEWS_SHOWN = 6;

export interface ProductView {
  id: string;
  slug: string;
  name: string;
  subtitle: string;
  /** Plain paragraphs, for machines. */
  description: string[];
  details: string[];
  about: RichText | null;
  care: RichText | null;
  metaTitle: string | null;
  metaDescription: string | null;
  owner: { id: string; name: string; slug: string; about: string };
  trail: { name: string; path: string }[];
  rating: number;
  ratingCount: number;
  /** Reviews with 5, 4, 3, 2 and 1 stars. */
  distribution: number[];
  /** The most helpful ones. */
  reviews: ReviewView[];
  options: ProductOption[];
  variants: Variant[];
  shots: Shot[];
  /** Bought along with it, ready to be added. */
  together: Companion[];
  related: Card[];
  isNew: boolean;
}

interface VariantRow extends Omit<Variant, "price" | "was" | "wasAmount" | "unitPrice" | "band"> {
  was: number | null;
  unitAmount: number | null;
  unit: string | null;
  stock: StockRow;
}

interface Row
  extends Omit<
    ProductView,
    | "description"
    | "about"
    | "details"
    | "care"
    | "variants"
    | "together"
    | "related"
    | "rating"
    | "isNew"
    | "owner"
  > {
  description: string;
  details: string;
  format: string;
  ratingSum: number;
  publishedAt: number;
  now: number;
  owner: ProductView["owner"];
  variants: VariantRow[];
  together: CompanionRow[];
  related: CardRow[];
}

/** The product at an address; `moved` is the slug that an old one leads to; null: there is none. */
export async function getProduct(slug: string): Promise<ProductView | { moved: string } | null> {
  "use cache";
  cacheLife("hours");
  if (!hasDatabase()) {
    cacheTag(HOME_TAG);
    return null;
  }
  const [store, { found, moved }] = await Promise.all([getStore(), readProduct(slug)]);
  if (!found) {
    // Whoever publishes a product expires the front page, and with it what was not there before.
    cacheTag(HOME_TAG);
    return moved === null ? null : { moved };
  }
  cacheTag(
    productTag(found.id),
    ownerTag(found.owner.id),
    CATEGORIES_TAG,
    ...tagsOf([...found.related, ...found.together]),
  );
  return toProduct(found, store);
}

function toProduct(row: Row, store: Store): ProductView {
  const { format, ratingSum, publishedAt, now, ...rest } = row;
  return {
    ...rest,
    description: paragraphsOf(row.description, format),
    about: format === "html" ? richText(row.description) : plainText(paragraphsOf(row.description, format)),
    details: paragraphsOf(row.details, format),
    care: plainText(paragraphsOf(row.details, format)),
    rating: row.ratingCount > 0 ? ratingSum / row.ratingCount : 0,
    isNew: isNew(publishedAt, now),
    variants: row.variants.map((variant) => toVariant(variant, store)),
    together: row.together.map((companion) => toCompanion(companion, store)),
    related: row.related.map((card) => toCard(card, store)),
  };
}

function toVariant({ was, unitAmount, unit, stock, ...rest }: VariantRow, store: Store): Variant {
  const money = (amount: number) =>
    formatMoney(amount, store.currency, { locale: store.locale, compact: true });
  const base = unit === "g" || unit === "ml" ? 100 : 1;
  return {
    ...rest,
    price: money(rest.amount),
    was: was === null ? null : money(was),
    wasAmount: was,
    unitPrice:
      unitAmount && unit
        ? `${formatMoney(ratio(rest.amount, base, unitAmount), store.currency, { locale: store.locale })} / ${base === 1 ? "" : `${base} `}${unit}`
        : null,
    band: bandOf(stock.available, stock.threshold, stock.backorder),
  };
}

/** A product that is not in the shop, as the shop would show it; `which` says which, as a condition on `products`. */
export async function readUnsold(which: Fragment, store: Store): Promise<ProductView | null> {
  const { found } = await readProduct("", which, (run) => run(sql));
  // What it has not yet (the day of its publishing) counts from now.
  return found && toProduct({ ...found, publishedAt: found.publishedAt ?? found.now }, store);
}

async function readProduct(
  slug: string,
  which: Fragment = sql`slug = ${slug} and status = 'active'`,
  read: typeof readPublic = readPublic,
): Promise<{ found: Row | null; moved: string | null }> {
  const [row] = await read(
    (sql) => sql<{ found: Row | null; moved: string | null }[]>`
    with recursive here as (select * from products where ${which}),
    above as (
      select c.id, c.parent_id, c.name, c.path, c.is_active, 0 as up from categories c join here h on h.category_id = c.id
      union all select c.id, c.parent_id, c.name, c.path, c.is_active, a.up + 1 from categories c join above a on c.id = a.parent_id
    ),
    ${besideOf()}
    select (select json_build_object(
      'id', h.id, 'slug', h.slug, 'name', h.name, 'subtitle', h.subtitle,
      'description', h.description, 'details', h.details, 'format', h.description_format,
      'metaTitle', h.meta_title, 'metaDescription', h.meta_description,
      'ratingSum', h.rating_sum, 'ratingCount', h.rating_count,
      'publishedAt', extract(epoch from h.published_at) * 1000, 'now', extract(epoch from shop_now()) * 1000,
      'owner', (select json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'about', o.about)
        from owners o where o.id = h.owner_id),
      'trail', coalesce((select json_agg(json_build_object('name', name, 'path', path) order by up desc)
        from above where is_active), '[]'::json),
      'distribution', ${distributionOf()},
      'reviews', coalesce((select json_agg(json_build_object(${reviewFields()})
          order by r.helpful_count desc, r.created_at desc, r.id)
        from (select * from reviews where product_id = h.id and status = 'published'
          order by helpful_count desc, created_at desc, id limit ${REVIEWS_SHOWN}) r), '[]'::json),
      'options', coalesce((select json_agg(json_build_object('name', po.name, 'values', (
          select coalesce(json_agg(json_build_object('id', v.id, 'value', v.value, 'swatch', v.swatch) order by v.position), '[]'::json)
          from option_values v where v.option_id = po.id and exists (
            select from variant_option_values x join variants w on w.id = x.variant_id
            where x.option_value_id = v.id and w.is_active))) order by po.position)
        from product_options po where po.product_id = h.id), '[]'::json),
      'variants', coalesce((select json_agg(json_build_object(
          'id', v.id, 'sku', v.sku, 'title', v.title, 'amount', v.price, 'was', ${struckPrice()},
          'unitAmount', v.unit_amount, 'unit', v.unit, 'weight', v.weight, 'barcode', v.barcode, 'stock', ${stockOf()},
          'valueIds', coalesce((select json_agg(x.option_value_id order by po.position)
            from variant_option_values x join option_values o on o.id = x.option_value_id
            join product_options po on po.id = o.option_id where x.variant_id = v.id), '[]'::json)
        ) order by v.position, v.id) from variants v where v.product_id = h.id and v.is_active), '[]'::json),
      'shots', coalesce((select json_agg(json_build_object(
          'key', m.key, 'alt', m.alt, 'backdrop', m.backdrop, 'valueId', m.option_value_id)
          order by m.is_primary desc, m.position) from product_images m where m.product_id = h.id), '[]'::json),
      'together', ${companionsOf()},
      'related', coalesce((select json_agg(${cardOf()} order by p.place) from kin p), '[]'::json)
    ) from here h) as found,
    (select t.slug from slug_redirects r join products t on t.id = r.target_id
      where r.kind = 'product' and r.slug = ${slug} and t.status = 'active') as moved`,
  );
  return row ?? { found: null, moved: null };
}
