/** Products as lists show them: the one SQL expression of a card, and its view. */
import { sql } from "@/db/client";
import { productTag } from "@/lib/cache-tags";
import { type Card, isNew } from "@/lib/domain/catalog";
import { bandOf, type StockBand } from "@/lib/domain/inventory";
import { formatMoney } from "@/lib/domain/money";
import type { Store } from "@/lib/queries/settings";

export interface StockRow {
  available: number;
  threshold: number;
  backorder: boolean;
}

export interface CardRow extends Omit<Card, "price" | "was" | "band" | "isNew" | "rating"> {
  low: number | null;
  high: number | null;
  was: number | null;
  ratingSum: number;
  /** Milliseconds. */
  publishedAt: number;
  now: number;
  stock: StockRow[];
}

/**
 * The lowest price of the 30 days before the last cut of variant `v`, or null. The prices that held in that time
 * are the old prices of the changes within it.
 */
export const struckPrice = () => sql`(
  select least(v.compare_at_price, min(h.old_price)) from price_changes h,
    (select max(c.created_at) as at from price_changes c where c.variant_id = v.id and c.new_price < c.old_price) cut
  where h.variant_id = v.id and h.old_price is not null and v.compare_at_price is not null
    and h.created_at > cut.at - interval '30 days' and h.created_at <= cut.at
  having min(h.old_price) > v.price)`;

/** Stock of variant `v` over all its buckets, as json. */
export const stockOf = () => sql`(
  select json_build_object('available', coalesce(sum(i.available), 0), 'threshold', coalesce(max(i.low_stock_threshold), 0),
    'backorder', coalesce(bool_or(i.backorder and (i.backorder_limit is null or i.available > -i.backorder_limit)), false))
  from inventory i where i.variant_id = v.id)`;

/** The json of a card for the row `p` of products. */
export const cardOf = () => sql`json_build_object(
  'id', p.id, 'slug', p.slug, 'name', p.name, 'subtitle', p.subtitle, 'low', p.price_from, 'high', p.price_to,
  'ratingSum', p.rating_sum, 'ratingCount', p.rating_count,
  'publishedAt', extract(epoch from p.published_at) * 1000, 'now', extract(epoch from shop_now()) * 1000,
  'was', (select case when v.compare_at_price is not null then ${struckPrice()} end from variants v where v.product_id = p.id and v.is_active and v.price = p.price_from
    order by v.position limit 1),
  'image', (select json_build_object('key', m.key, 'alt', m.alt, 'backdrop', m.backdrop) from product_images m
    where m.product_id = p.id order by m.is_primary desc, m.position limit 1),
  'swatches', coalesce((select json_agg(json_build_object('value', o.value, 'swatch', o.swatch) order by o.position)
    from product_options po join option_values o on o.option_id = po.id
    where po.product_id = p.id and o.swatch is not null), '[]'::json),
  'stock', coalesce((select json_agg(${stockOf()}) from variants v where v.product_id = p.id and v.is_active), '[]'::json)
)`;

/** A stored card with prices written out and exact quantities left out. */
export function toCard(row: CardRow, store: Store): Card {
  const { low, high, was, ratingSum, publishedAt, now, stock, ...rest } = row;
  const money = (amount: number) =>
    formatMoney(amount, store.currency, { locale: store.locale, compact: true });
  return {
    ...rest,
    price: low === null ? "" : `${high !== null && high > low ? "from " : ""}${money(low)}`,
    was: was === null ? null : money(was),
    rating: rest.ratingCount > 0 ? ratingSum / rest.ratingCount : 0,
    band: bandOfAll(stock),
    isNew: isNew(publishedAt, now),
  };
}

/** The band of a product: out when every variant is, low when those that are left are all low. */
export function bandOfAll(stock: readonly StockRow[]): StockBand {
  const bands = stock.map((row) => bandOf(row.available, row.threshold, row.backorder));
  if (bands.includes("in")) return "in";
  return bands.includes("low") ? "low" : "out";
}

/** The tags of the products in a list; a list that shows one of them goes stale with it. */
export const tagsOf = (cards: readonly { id: string }[]) => [
  ...new Set(cards.map((card) => productTag(card.id))),
];
