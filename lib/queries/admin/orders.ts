/** The list of orders in the back office. Owners see those that hold their goods, and only their own goods of them. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import type { OrderSort, OrderView } from "@/lib/domain/back-office";
import type { FulfilmentStatus, OrderStatus } from "@/lib/domain/orders";
import type { PaymentMethod } from "@/lib/domain/payments";
import { contains, type Fragment, limited, ownedBy, type Page, pagesOf, toShip } from "./scope";

export interface OrderRow {
  readonly number: string;
  readonly placedAt: Date;
  /** Of the delivery address. */
  readonly customer: string;
  readonly status: OrderStatus;
  /** Of an owner's own part; null for an admin, who looks at the whole. */
  readonly part: FulfilmentStatus | null;
  readonly paymentMethod: PaymentMethod;
  readonly currency: string;
  readonly pieces: number;
  /** Minor units. An owner's own lines; the whole order for an admin. */
  readonly total: number;
  readonly captured: number;
  readonly refunded: number;
}

export interface OrderQuery extends Page {
  /** Part of a number, a name or, for admins, an e-mail address. */
  readonly search: string;
  readonly view: OrderView;
  readonly sort: OrderSort;
}

/** One page of orders, with how many each view holds. */
export async function listOrders(staff: Staff, query: OrderQuery) {
  const seen = seenBy(staff, query.search);
  const [rows, [counts]] = await Promise.all([
    sql<(Omit<OrderRow, "placedAt"> & { placedAt: string })[]>`
      with seen as (${seen})
      select number, placed_at as "placedAt", customer, status, part, payment_method as "paymentMethod", currency,
        pieces, total, captured, refunded
      from seen where ${inView(query.view)} order by ${orderBy[query.sort]()}, number ${limited(query)}`,
    sql<Record<OrderView, number>[]>`
      with seen as (${seen})
      select count(*)::int as all, ${sql.unsafe(
        (["to-ship", "unpaid", "shipped", "delivered", "cancelled"] as const)
          .map((view) => `count(*) filter (where ${conditions[view]})::int as "${view}"`)
          .join(", "),
      )} from seen`,
  ]);
  const views = counts ?? { all: 0, "to-ship": 0, unpaid: 0, shipped: 0, delivered: 0, cancelled: 0 };
  return {
    rows: rows.map((row): OrderRow => ({ ...row, placedAt: new Date(row.placedAt) })),
    counts: views,
    pages: pagesOf(views[query.view], query),
  };
}

// An owner may ship to a person but has no business with their e-mail address: it is neither shown nor searched.
function seenBy(staff: Staff, search: string): Fragment {
  const own = staff.kind === "owner";
  const found = search
    ? sql`(${contains(sql`o.number`, search)} or ${contains(sql`coalesce(a.name, '')`, search)}
        ${own ? sql`` : sql`or ${contains(sql`o.email`, search)}`})`
    : sql`true`;
  return sql`
    select o.number, o.placed_at, o.status, o.payment_method, o.currency, coalesce(a.name, o.email) as customer,
      goods.pieces, parts.waiting, parts.travelling, parts.arrived,
      ${own ? sql`parts.part` : sql`null::text`} as part,
      ${own ? sql`goods.total` : sql`o.total::float8`} as total,
      ${own ? sql`case when o.captured > 0 then goods.total else 0 end` : sql`o.captured::float8`} as captured,
      ${own ? sql`goods.refunded` : sql`o.refunded::float8`} as refunded
    from orders o
    join lateral (
      select bool_or(${toShip()}) as waiting, bool_or(f.status = 'shipped') as travelling,
        bool_and(f.status = 'delivered') as arrived, min(f.status::text) as part
      from fulfilments f where f.order_id = o.id and ${ownedBy(staff, "f")} having count(*) > 0
    ) parts on true
    join lateral (
      select sum(l.quantity)::int as pieces, sum(l.total)::float8 as total, sum(l.refunded_amount)::float8 as refunded
      from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")} having count(*) > 0
    ) goods on true
    left join order_addresses a on a.order_id = o.id and a.kind = 'shipping' and a.replaced_at is null
    where ${found}`;
}

const conditions: Record<Exclude<OrderView, "all">, string> = {
  "to-ship": "waiting",
  unpaid: "status = 'pending'",
  shipped: "travelling and status <> 'cancelled'",
  delivered: "arrived",
  cancelled: "status = 'cancelled'",
};

const inView = (view: OrderView): Fragment => (view === "all" ? sql`true` : sql.unsafe(conditions[view]));

const orderBy: Record<OrderSort, () => Fragment> = {
  newest: () => sql`placed_at desc`,
  oldest: () => sql`placed_at`,
  total: () => sql`total desc`,
};
