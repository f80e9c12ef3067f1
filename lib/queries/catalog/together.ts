/** What is shown beside a product: bought with it, from real orders, and related to it. Parts of the product's one read. */
import { sql } from "@/db/client";
import type { Shot } from "@/lib/domain/catalog";
import { formatMoney } from "@/lib/domain/money";
import type { Store } from "@/lib/queries/settings";

/** Another product that was bought along, with the variant that can be had at once. */
export interface Companion {
  id: string;
  slug: string;
  name: string;
  variantId: string;
  variantTitle: string;
  price: string;
  image: Pick<Shot, "key" | "alt" | "backdrop"> | null;
}

export type CompanionRow = Omit<Companion, "price"> & { amount: number };

/** The latest lines that are looked at: what sold a year ago says less, and a best seller must not make the read slow. */
const LINES = 500;
/** One order alone is one person's basket and no habit. */
const ORDERS = 2;
const SHOWN = 3;
const RELATED = 4;
/** So many candidates are compared by tags and stock. */
const CANDIDATES = 60;

/** Tables `mates` and `kin` for the product in the table `here`, whose categories stand in `above`. */
export const besideOf = () => sql`
  lately as (
    select l.order_id from order_lines l, here h where l.product_id = h.id order by l.id desc limit ${LINES}
  ),
  mates as (
    select p.*, times, v.id as variant_id, v.title as variant_title, v.price as variant_price
    from (
      select l.product_id, count(distinct l.order_id) as times
      from lately join orders o on o.id = lately.order_id and o.status not in ('pending', 'cancelled')
      join order_lines l on l.order_id = o.id and l.product_id not in (select id from here)
      group by l.product_id having count(distinct l.order_id) >= ${ORDERS}
    ) bought
    join products p on p.id = bought.product_id and p.status = 'active'
    join owners w on w.id = p.owner_id and w.is_active
    join lateral (
      select v.* from variants v where v.product_id = p.id and v.is_active and ${hasStock()} order by v.position, v.id limit 1
    ) v on true
    order by times desc, p.sold_recently desc, p.id limit ${SHOWN}
  ),
  near as (
    select p.* from products p, here h
    where p.status = 'active' and p.id <> h.id and p.id not in (select id from mates)
      and (p.category_id in (select id from above where up <= 1)
        or p.category_id in (select c.id from categories c join above a on a.up = 1 and c.parent_id = a.id)
        or p.tags && h.tags)
    order by (p.category_id = h.category_id) desc, p.sold_recently desc, p.rating_sum desc, p.id limit ${CANDIDATES}
  ),
  kin as (
    select p.*, row_number() over (order by
      exists (select from variants v where v.product_id = p.id and v.is_active and ${hasStock()}) desc,
      (p.category_id = h.category_id) desc,
      (select count(*) from unnest(p.tags) tag where tag = any(h.tags)) desc,
      p.sold_recently desc, p.rating_sum desc, p.id) as place
    from near p, here h order by place limit ${RELATED}
  )`;

/** The json of the product's companions, from `mates`. */
export const companionsOf = () => sql`coalesce((select json_agg(json_build_object(
  'id', m.id, 'slug', m.slug, 'name', m.name, 'variantId', m.variant_id, 'variantTitle', m.variant_title,
  'amount', m.variant_price, 'image', (select json_build_object('key', i.key, 'alt', i.alt, 'backdrop', i.backdrop)
    from product_images i where i.product_id = m.id order by i.is_primary desc, i.position limit 1)
  ) order by m.times desc, m.sold_recently desc, m.id) from mates m), '[]'::json)`;

/** Whether one of variant `v` can be had now. */
const hasStock = () => sql`exists (
  select from inventory i where i.variant_id = v.id having sum(i.available) > 0
    or bool_or(i.backorder and (i.backorder_limit is null or i.available > -i.backorder_limit)))`;

/** A companion with its price written out. */
export function toCompanion({ amount, ...rest }: CompanionRow, { currency, locale }: Store): Companion {
  return { ...rest, price: formatMoney(amount, currency, { locale, compact: true }) };
}
