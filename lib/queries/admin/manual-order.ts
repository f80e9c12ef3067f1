/** What an order by hand is made of: goods by search, who buys, deliveries. For admins. */
import { sql } from "@/db/client";
import type { AddressFields } from "@/db/schema/checkout";
import type { Admin } from "@/lib/domain/actors";
import { variantHolds } from "./goods-search";

export interface Goods {
  readonly variantId: string;
  readonly name: string;
  readonly title: string;
  readonly sku: string;
  /** Minor units. */
  readonly price: number;
  readonly available: number;
  /** There are some, or it may be ordered without. */
  readonly isSoldOut: boolean;
}

const goods = () => sql`
  select v.id as "variantId", p.name, v.title, v.sku, v.price::float8 as price,
    coalesce(i.available, 0)::int as available, not coalesce(i.backorder or i.available > 0, false) as "isSoldOut"
  from variants v join products p on p.id = v.product_id
  left join lateral (select sum(i.available) as available, bool_or(i.backorder) as backorder
    from inventory i where i.variant_id = v.id) i on true
  where v.is_active and p.status = 'active'`;

/** Goods for sale whose name or SKU holds the text, at most twelve; what is sold out comes last. */
export const searchGoods = async (_admin: Admin, text: string): Promise<Goods[]> =>
  text
    ? sql<Goods[]>`${goods()} and ${variantHolds(text)}
        order by "isSoldOut", lower(p.name), v.position limit 12`
    : [];

/** These goods in the order of their ids; what is not for sale any more is left out. */
export async function readGoods(_admin: Admin, variantIds: readonly string[]): Promise<Goods[]> {
  if (variantIds.length === 0) return [];
  const rows = await sql<Goods[]>`${goods()} and v.id in ${sql(variantIds)}`;
  return variantIds.flatMap((id) => rows.find(({ variantId }) => variantId === id) ?? []);
}

export interface Buyer {
  /** The public name of the account; null for a guest. */
  readonly account: string | null;
  readonly orders: number;
  /** Where the last order went. */
  readonly address: AddressFields | null;
}

/** Who has this e-mail address, as far as the shop knows. */
export async function findBuyer(_admin: Admin, email: string): Promise<Buyer> {
  const [row] = await sql<Buyer[]>`
    select (select username from users where lower(email) = lower(${email})) as account,
      (select count(*) from orders where lower(email) = lower(${email}))::int as orders,
      (select json_build_object('name', a.name, 'company', a.company, 'line1', a.line1, 'line2', a.line2, 'city', a.city,
          'region', a.region, 'postalCode', a.postal_code, 'country', a.country, 'phone', a.phone)
        from orders o join order_addresses a on a.order_id = o.id and a.kind = 'shipping' and a.replaced_at is null
        where lower(o.email) = lower(${email}) order by o.placed_at desc limit 1) as address`;
  return row ?? { account: null, orders: 0, address: null };
}

/** Every delivery that may be chosen, by zone. */
export const listDeliveries = (_admin: Admin) => sql<{ id: string; name: string; zone: string }[]>`
  select r.id, r.name, z.name as zone from shipping_rates r join shipping_zones z on z.id = r.zone_id
  where r.is_active order by z.position, z.name, r.position, r.amount, r.id`;
