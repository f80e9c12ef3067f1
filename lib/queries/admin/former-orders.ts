/** Orders of the former shop in the back office: a list, one to read, and those of a customer. For admins only. */
import { sql } from "@/db/client";
import type { FormerAddress } from "@/db/schema/former-orders";
import type { Admin, Staff } from "@/lib/domain/actors";
import { type Direction, isId } from "@/lib/domain/back-office";
import {
  type FormerSort,
  type FormerValue,
  type FormerView,
  formerDirection,
} from "@/lib/domain/former-orders";
import { type Fragment, has, limited, type Page, pagesOf, wayOf } from "./scope";

export interface FormerOrderRow {
  readonly id: string;
  readonly number: string;
  readonly placedAt: Date;
  /** Name, else address, of whom it was for; empty of erased people. */
  readonly customer: string;
  readonly country: string | null;
  readonly financialStatus: string;
  readonly fulfilmentStatus: string;
  readonly cancelledAt: Date | null;
  readonly pieces: number;
  readonly currency: string;
  /** Minor units of its own currency. */
  readonly total: number;
  readonly refunded: number;
}

type Stored<T> = Omit<T, "placedAt" | "cancelledAt"> & { placedAt: string; cancelledAt: string | null };

const dated = <T extends { placedAt: string; cancelledAt: string | null }>(row: T) => ({
  ...row,
  placedAt: new Date(row.placedAt),
  cancelledAt: row.cancelledAt === null ? null : new Date(row.cancelledAt),
});

const columns = () => sql`
  f.id, f.number, f.placed_at::text as "placedAt", coalesce(f.address ->> 'name', f.email, '') as customer,
  f.address ->> 'country' as country, f.financial_status as "financialStatus", f.fulfilment_status as "fulfilmentStatus",
  f.cancelled_at::text as "cancelledAt", f.currency, f.total::float8 as total, f.refunded::float8 as refunded,
  (select coalesce(sum(l.quantity), 0)::int from former_order_lines l where l.order_id = f.id) as pieces`;

/** By a part of its number, whose "#" may be left away, of the e-mail address or of the name. */
const found = (text: string): Fragment =>
  text === ""
    ? sql`true`
    : sql`(${has(sql`f.number`, text)} or ${has(sql`f.number`, `#${text}`)} or ${has(sql`f.email`, text)}
        or ${has(sql`f.address ->> 'name'`, text)})`;

const inView: Record<FormerView, () => Fragment> = {
  all: () => sql`true`,
  open: () => sql`(f.cancelled_at is null and f.fulfilment_status not in ('fulfilled', 'restocked'))`,
  refunded: () => sql`f.refunded > 0`,
  cancelled: () => sql`f.cancelled_at is not null`,
};

export interface FormerQuery extends Page {
  readonly search: string;
  readonly view: FormerView;
  readonly sort: FormerSort;
  readonly dir?: Direction | "";
}

/** One page of orders, with how many each view holds. */
export async function listFormerOrders(_admin: Admin, query: FormerQuery) {
  const way = wayOf(query, formerDirection);
  const by = {
    placed: sql`f.placed_at`,
    total: sql`f.total`,
    // "#999" before "#1000".
    number: sql`length(f.number) ${way}, f.number`,
  }[query.sort];
  const [rows, [counts]] = await Promise.all([
    sql<Stored<FormerOrderRow>[]>`
      select ${columns()} from former_orders f where ${found(query.search)} and ${inView[query.view]()}
      order by ${by} ${way}, f.id ${limited(query)}`,
    sql<Record<FormerView, number>[]>`
      select count(*)::int as all, (count(*) filter (where ${inView.open()}))::int as open,
        (count(*) filter (where ${inView.refunded()}))::int as refunded,
        (count(*) filter (where ${inView.cancelled()}))::int as cancelled
      from former_orders f where ${found(query.search)}`,
  ]);
  const all = counts ?? { all: 0, open: 0, refunded: 0, cancelled: 0 };
  return {
    rows: rows.map((row): FormerOrderRow => dated(row)),
    counts: all,
    pages: pagesOf(all[query.view], query),
  };
}

/** Whether there are any: a shop that began here is not told of them, nor are owners. */
export async function hasFormerOrders(staff: Staff): Promise<boolean> {
  if (staff.kind !== "admin") return false;
  const [row] = await sql`select from former_orders limit 1`;
  return row !== undefined;
}

/** The first few that hold the words, the newest first: for the palette. */
export async function findFormerOrders(
  _admin: Admin,
  text: string,
  most: number,
): Promise<{ id: string; number: string; customer: string }[]> {
  return sql`
    select f.id, f.number, coalesce(f.address ->> 'name', f.email, '') as customer from former_orders f
    where ${found(text)} order by f.placed_at desc, f.id limit ${most}`;
}

export interface FormerOrderPage extends FormerOrderRow {
  readonly subtotal: number;
  readonly shipping: number;
  readonly tax: number;
  readonly discount: number;
  readonly discountCode: string | null;
  readonly shippingMethod: string | null;
  readonly email: string | null;
  readonly address: FormerAddress | null;
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly isErased: boolean;
  /** The import that brought it; null where its record is gone. */
  readonly importId: string | null;
  /** The page of the customer with this address: an account, or a guest's order; null where nobody bought here. */
  readonly customerKey: string | null;
  /** How many orders of the former shop have the same address. */
  readonly sameAddress: number;
  readonly lines: readonly {
    readonly title: string;
    readonly sku: string | null;
    readonly quantity: number;
    readonly price: number;
    readonly discount: number;
    /** What is sold here under its SKU. */
    readonly productId: string | null;
  }[];
}

/** One order; null for unknown ones. */
export async function getFormerOrder(_admin: Admin, id: string): Promise<FormerOrderPage | null> {
  if (!isId(id)) return null;
  const [[order], lines] = await Promise.all([
    sql<Stored<Omit<FormerOrderPage, "lines">>[]>`
      select ${columns()}, f.subtotal::float8 as subtotal, f.shipping::float8 as shipping, f.tax::float8 as tax,
        f.discount::float8 as discount, f.discount_code as "discountCode", f.shipping_method as "shippingMethod", f.email,
        f.address, f.note, f.tags, f.erased_at is not null as "isErased", f.import_id as "importId",
        coalesce((select u.id::text from users u where lower(u.email) = f.email and u.role = 'customer' and u.erased_at is null),
          (select min(o.id::text) from orders o where o.user_id is null and lower(o.email) = f.email)) as "customerKey",
        (select count(*)::int from former_orders o where o.email = f.email) as "sameAddress"
      from former_orders f where f.id = ${id}`,
    sql<FormerOrderPage["lines"][number][]>`
      select l.title, l.sku, l.quantity, l.price::float8 as price, l.discount::float8 as discount, v.product_id as "productId"
      from former_order_lines l left join variants v on v.id = l.variant_id where l.order_id = ${id} order by l.position`,
  ]);
  return order ? { ...dated(order), lines } : null;
}

export interface FormerOfCustomer {
  /** Not cancelled, and paid. */
  readonly orders: number;
  readonly values: readonly FormerValue[];
  /** The newest twenty. */
  readonly rows: readonly FormerOrderRow[];
  readonly count: number;
}

/** What somebody bought in the former shop, by their address; null where nothing. */
export async function formerOfCustomer(_admin: Admin, email: string): Promise<FormerOfCustomer | null> {
  const mine = sql`f.email = ${email.toLowerCase()}`;
  const [rows, sums] = await Promise.all([
    sql<Stored<FormerOrderRow>[]>`
      select ${columns()} from former_orders f where ${mine} order by f.placed_at desc, f.id limit 20`,
    sql<{ currency: string; value: number; orders: number; all: number }[]>`
      select f.currency, coalesce(sum(greatest(f.total - f.refunded, 0)) filter (where ${wasPaid()}), 0)::float8 as value,
        (count(*) filter (where ${wasPaid()}))::int as orders, count(*)::int as all
      from former_orders f where ${mine} group by f.currency order by orders desc, f.currency`,
  ]);
  if (rows.length === 0) return null;
  return {
    rows: rows.map((row): FormerOrderRow => dated(row)),
    orders: sums.reduce((sum, each) => sum + each.orders, 0),
    count: sums.reduce((sum, each) => sum + each.all, 0),
    values: sums.filter(({ orders }) => orders > 0).map(({ currency, value }) => ({ currency, value })),
  };
}

/** Money came in, and the order was not called off; a file without states tells of orders that went well. */
const wasPaid = (): Fragment =>
  sql`(f.cancelled_at is null and f.financial_status in ('', 'paid', 'partially_paid', 'partially_refunded', 'refunded'))`;
