/** The list of orders in the back office. Owners see those that hold their goods, and only their own goods of them. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { type Direction, type OrderSort, type OrderView, orderViews } from "@/lib/domain/back-office";
import type { FulfilmentStatus, OrderStatus } from "@/lib/domain/orders";
import type { PaymentMethod } from "@/lib/domain/payments";
import { inOrder, inView, matching, type OrderChoice, wayOf } from "./order-filter";
import { type Found, findOrders, hitsOf } from "./order-search";
import { countText, type Fragment, limited, MOST, ownedBy, type Page, pagesOf } from "./scope";

export interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly placedAt: Date;
  /** Of the delivery address. */
  readonly customer: string;
  readonly country: string | null;
  /** For admins. */
  readonly email: string | null;
  readonly status: OrderStatus;
  /** Of an owner's own part; null for an admin, who looks at the whole. */
  readonly part: FulfilmentStatus | null;
  readonly paymentMethod: PaymentMethod;
  readonly isDisputed: boolean;
  readonly currency: string;
  readonly pieces: number;
  /** "2 × MUG, 1 × TOTE" */
  readonly goods: string;
  /** Minor units. An owner's own lines; the whole order for an admin. */
  readonly total: number;
  readonly captured: number;
  readonly refunded: number;
}

export interface OrderQuery extends OrderChoice, Page {
  readonly sort: OrderSort;
  readonly dir?: Direction | "";
}

/** One page of orders, with how many each view holds: "10,000+" where there are more. */
export async function listOrders(staff: Staff, query: OrderQuery) {
  const found = await findOrders(staff, query.search);
  const [rows, { counts, isCut }] = await Promise.all([
    read(staff, query, query, found.where),
    countViews(staff, query, found),
  ]);
  const text = (view: OrderView) => countText(counts[view], isCut || counts[view] > MOST);
  const last = pagesOf(Math.min(counts[query.view], MOST), query);
  // What is not counted to its end has a next page as long as this one is full.
  const next = rows.length === query.pageSize ? query.page + 1 : query.page;
  return {
    rows,
    counts: Object.fromEntries(orderViews.map((view) => [view, text(view)])) as Record<OrderView, string>,
    pages: isCut ? Math.max(last, next) : last,
  };
}

/** `isCut`: of a list this long only the first orders were looked at, and every view holds at least so many. */
async function countViews(staff: Staff, query: OrderQuery, { where, isMany }: Found) {
  const isWhole = !query.search && Object.values(query.filter ?? {}).every((value) => value === undefined);
  const way = wayOf(staff, { filter: query.filter });
  // Views of the whole list are counted along their index; what is cut down in one pass.
  const one = (view: OrderView) =>
    sql`(select count(*)::int from (select from ${matching(staff, way, { ...query, view }, where)} limit ${MOST + 1}) c)`;
  const within = isMany
    ? sql`o.id = any(array(select hit from (${hitsOf(staff, query.search)} limit ${MOST + 1}) h))`
    : where;
  const [counts] = isWhole
    ? await sql<Record<OrderView, number>[]>`select ${listed(one)}`
    : await sql<Record<OrderView, number>[]>`
        select ${listed((view) => sql`count(*) filter (where ${inView(staff, view, COUNTED)})::int`)}
        from (select ${way.id} as id, ${way.status} as status, ${way.part} as part
          from ${matching(staff, way, { ...query, view: "all" }, within)}
          order by ${inOrder(way, "placed", "desc")} limit ${MOST + 1}) c`;
  const none = { all: 0, "to-ship": 0, unpaid: 0, shipped: 0, delivered: 0, cancelled: 0 };
  return { counts: counts ?? none, isCut: isMany || (!isWhole && (counts?.all ?? 0) > MOST) };
}

const COUNTED = { id: sql`c.id`, status: sql`c.status`, part: sql`c.part` };

const listed = (of: (view: OrderView) => Fragment): Fragment =>
  orderViews.map((view) => sql`${of(view)} as ${sql(view)}`).reduce((all, one) => sql`${all}, ${one}`);

/** The first orders of a list, and whether there are more: where nobody pages and no view is counted. */
export function listFirst(staff: Staff, query: OrderQuery): Promise<OrderRow[]> {
  return readOrders(staff, query, query);
}

/** The orders of a list in its order; sums and names are looked up for the rows that are shown alone. */
export async function readOrders(
  staff: Staff,
  query: OrderChoice & Pick<OrderQuery, "sort" | "dir">,
  page: Page,
): Promise<OrderRow[]> {
  return read(staff, query, page, (await findOrders(staff, query.search)).where);
}

async function read(
  staff: Staff,
  query: Omit<OrderChoice, "search"> & Pick<OrderQuery, "sort" | "dir">,
  page: Page,
  found: Fragment,
): Promise<OrderRow[]> {
  const own = staff.kind === "owner";
  const way = wayOf(staff, query);
  const order = inOrder(way, query.sort, query.dir || "desc");
  const rows = await sql<(Omit<OrderRow, "placedAt"> & { placedAt: string })[]>`
    with listed as (select ${way.id} as id, row_number() over (order by ${order}) as at
      from ${matching(staff, way, query, found)} order by ${order} ${limited(page)})
    select o.id, o.number, o.placed_at as "placedAt", o.status, o.payment_method as "paymentMethod", o.currency,
      o.is_disputed as "isDisputed", coalesce(a.name, ${own ? sql`''` : sql`o.email`}) as customer, a.country, goods.pieces, goods.goods,
      ${own ? sql`null::text` : sql`o.email`} as email,
      ${own ? sql`(select f.status from fulfilments f where f.order_id = o.id and ${ownedBy(staff, "f")})` : sql`null::text`} as part,
      ${own ? sql`goods.total` : sql`o.total::float8`} as total,
      ${own ? sql`case when o.captured > 0 then goods.total else 0 end` : sql`o.captured::float8`} as captured,
      ${own ? sql`goods.refunded` : sql`o.refunded::float8`} as refunded
    from listed join orders o on o.id = listed.id
    cross join lateral (
      select sum(l.quantity)::int as pieces, sum(l.total)::float8 as total, sum(l.refunded_amount)::float8 as refunded,
        string_agg(l.quantity || ' × ' || l.sku, ', ' order by l.position) as goods
      from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")}
    ) goods
    left join order_addresses a on a.order_id = o.id and a.kind = 'shipping' and a.replaced_at is null
    order by listed.at`;
  return rows.map((row) => ({ ...row, placedAt: new Date(row.placedAt) }));
}

/** The orders before and after one in a list, by number; null at its ends. */
export async function getNeighbours(
  staff: Staff,
  orderId: string,
  query: OrderChoice & Pick<OrderQuery, "sort" | "dir">,
): Promise<{ before: string | null; after: string | null }> {
  const way = wayOf(staff, query);
  const [key, id] = [query.sort === "placed" ? way.placed : way.total, way.id];
  const { where } = await findOrders(staff, query.search);
  const isDown = (query.dir || "desc") === "desc";
  const beside = (isAfter: boolean) => {
    const isLess = isDown === isAfter;
    const rest = isLess ? sql`${id} > (select id from me)` : sql`${id} < (select id from me)`;
    return sql`(select o.number from ${matching(staff, way, query, where)}
      and ${key} ${isLess ? sql`<=` : sql`>=`} (select key from me)
      and (${key} ${isLess ? sql`<` : sql`>`} (select key from me) or (${key} = (select key from me) and ${rest}))
      order by ${inOrder(way, query.sort, isLess ? "desc" : "asc")} limit 1)`;
  };
  // Still between the same two when it has just left the list, as what was packed leaves those to ship.
  const alone = { view: "all", ids: [orderId] } as const;
  const [row] = await sql<{ before: string | null; after: string | null }[]>`
    with me as (select ${id} as id, ${key} as key from ${matching(staff, way, alone, sql`true`)})
    select ${beside(false)} as before, ${beside(true)} as after`;
  return row ?? { before: null, after: null };
}

/** What the filters offer: the countries that are delivered to and, for admins, who sells. */
export async function listOrderChoices(staff: Staff) {
  const [countries, owners] = await Promise.all([
    sql<{ country: string }[]>`
      select distinct country from shipping_zone_places where country ~ '^[A-Z]{2}$' order by country`,
    staff.kind === "admin"
      ? sql<{ id: string; name: string }[]>`select id, name from owners order by name`
      : ([] as { id: string; name: string }[]),
  ]);
  return { countries: countries.map(({ country }) => country), owners: [...owners] };
}

/** The newest order that this member of staff sees; empty before there is one. */
export async function getNewestOrder(staff: Staff): Promise<string> {
  const way = wayOf(staff, {});
  const [row] = await sql<{ id: string }[]>`select ${way.id} as id
    from ${matching(staff, way, EVERY, sql`true`)} order by ${inOrder(way, "placed", "desc")} limit 1`;
  return row?.id ?? "";
}

/** How many orders came in after that one, at most 100. */
export async function countOrdersAfter(staff: Staff, orderId: string): Promise<number> {
  const way = wayOf(staff, {});
  const after = orderId
    ? sql`${way.placed} > (select last.placed_at from orders last where last.id = ${orderId})`
    : sql`true`;
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from (
    select from ${matching(staff, way, EVERY, sql`true`)} and ${after} limit 100) c`;
  return row?.count ?? 0;
}

const EVERY = { view: "all" } as const;
