/**
 * Customers in the back office: accounts, and guests by their e-mail address. Owners see who bought their goods, by the
 * name on the parcel and nothing more, with their own goods alone.
 */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import type { CustomerSort, CustomerView, Direction } from "@/lib/domain/back-office";
import { NOWHERE } from "@/lib/domain/erased";
import { hitsOf } from "./order-search";
import { contains, type Fragment, limited, type Page, pagesOf } from "./scope";

export interface CustomerRow {
  /** Names the page: an account's id, or that of the first order. */
  readonly key: string;
  readonly name: string;
  /** Null for owners, who have no business with it. */
  readonly email: string | null;
  readonly isGuest: boolean;
  readonly tier: string | null;
  /** Placed and not cancelled. */
  readonly orders: number;
  /** Minor units of the store's currency: paid less given back; for owners, of their goods. */
  readonly value: number;
  readonly lastOrderAt: Date | null;
}

export interface CustomerQuery extends Page {
  /** Part of a name, an e-mail address (admins) or an order's number. */
  readonly search: string;
  readonly view: CustomerView;
  readonly sort: CustomerSort;
  readonly dir: Direction | "";
}

type Raw = Omit<CustomerRow, "lastOrderAt"> & { lastOrderAt: string | null };

/** One page of customers, with how many each view holds. */
export async function listCustomers(staff: Staff, { view, sort, dir, search, ...page }: CustomerQuery) {
  // Everybody's orders are added up once, for the page and for the counts.
  const [found] = await sql<{ rows: Raw[]; counts: Record<CustomerView, number> }[]>`
    with people as materialized (${peopleOf(staff, search)}), shown as (
      select * from people where ${inView[view]()} order by ${orderBy(sort, dir)}, key ${limited(page)})
    select (select row_to_json(c) from (
        select count(*)::int as "all", count(*) filter (where not is_guest)::int as accounts,
          count(*) filter (where is_guest)::int as guests, count(*) filter (where orders > 1)::int as returning,
          count(*) filter (where tier is not null)::int as members from people) c) as counts,
      (select coalesce(json_agg(r), '[]') from (
        select s.key, coalesce(nullif(s.name, ''), a.name, s.email, 'Guest') as name,
          ${staff.kind === "admin" ? sql`s.email` : sql`null::text as email`}, s.is_guest as "isGuest", s.tier,
          s.orders::int, s.value::float8, s.last_at::text as "lastOrderAt"
        from shown s left join lateral (
          select d.name from order_addresses d where d.order_id = s.last_order and d.kind = 'shipping'
          order by d.replaced_at nulls first limit 1) a on true
        order by ${orderBy(sort, dir, sql`s.`)}, s.key) r) as rows`;
  const { rows = [], counts } = found ?? {};
  const views = counts ?? { all: 0, accounts: 0, guests: 0, returning: 0, members: 0 };
  return {
    rows: rows.map(
      ({ lastOrderAt, ...row }): CustomerRow => ({
        ...row,
        lastOrderAt: lastOrderAt ? new Date(lastOrderAt) : null,
      }),
    ),
    counts: views,
    pages: pagesOf(views[view], page),
  };
}

const inView: Record<CustomerView, () => Fragment> = {
  all: () => sql`true`,
  accounts: () => sql`not is_guest`,
  guests: () => sql`is_guest`,
  returning: () => sql`orders > 1`,
  members: () => sql`tier is not null`,
};

function orderBy(sort: CustomerSort, dir: Direction | "", of: Fragment = sql``): Fragment {
  const down = (dir || (sort === "name" ? "asc" : "desc")) === "desc";
  // Named by its table where another one has a name, too.
  const by = {
    last: sql`${of}last_at`,
    value: sql`${of}value`,
    orders: sql`${of}orders`,
    name: sql`lower(${of}name)`,
  }[sort];
  return down ? sql`${by} desc nulls last` : sql`${by} asc nulls last`;
}

/** Whose an order is: the account, or the address that a guest gave. Those who were erased are nobody. */
const HOLDER = sql`(coalesce(o.user_id::text, lower(o.email)) collate "C")`;

const COUNTS = sql`o.status not in ('pending', 'cancelled')`;

/** Key, name, e-mail, kind, tier and sums of everybody who is seen. */
function peopleOf(staff: Staff, search: string): Fragment {
  if (staff.kind === "owner") return buyersOf(staff.ownerId, search);
  const found = search ? sql`and o.id = any(array(${hitsOf(staff, search, { goods: false })}))` : sql``;
  const named = search
    ? sql`and (b.holder is not null or ${contains(sql`u.email || ' ' || u.username || ' ' || u.first_name || ' ' || u.last_name`, search)})`
    : sql``;
  // Who matches by one order is shown with all of them.
  return sql`
    with bought as materialized (
      select ${HOLDER} as holder, bool_and(o.user_id is null) as is_guest, min(o.id::text collate "C") as first_id,
        count(*) filter (where ${COUNTS}) as orders,
        coalesce(sum(o.captured - o.refunded) filter (where o.currency = (select currency from settings where id = 1)), 0) as value,
        max(o.placed_at) filter (where ${COUNTS}) as last_at, max(o.id::text collate "C")::uuid as last_order
      from orders o group by 1
    ), hits as materialized (
      select distinct ${HOLDER} as holder from orders o where ${search ? sql`true` : sql`false`} ${found}
    )
    select u.id::text as key, trim(u.first_name || ' ' || u.last_name) as name, u.email, false as is_guest, t.name as tier,
      coalesce(p.orders, 0) as orders, coalesce(p.value, 0) as value, p.last_at, p.last_order
    from users u left join membership_tiers t on t.id = u.membership_tier_id
    left join hits b on b.holder = u.id::text left join bought p on p.holder = u.id::text
    where u.role = 'customer' and u.erased_at is null ${named}
    union all
    select p.first_id, '', p.holder, true, null, p.orders, p.value, p.last_at, p.last_order
    from bought p where p.is_guest and right(p.holder, ${NOWHERE.length}) <> ${NOWHERE}
      and ${search ? sql`p.holder in (select holder from hits)` : sql`true`}`;
}

/** The buyers of one owner's goods. An account's tier, name and address are the shop's business. */
function buyersOf(ownerId: string, search: string): Fragment {
  const found = search
    ? sql`where exists (select from orders o join order_lines l on l.order_id = o.id and l.owner_id = ${ownerId}
        left join order_addresses d on d.order_id = o.id where ${HOLDER} = b.holder
          and (${contains(sql`o.number`, search)} or ${contains(sql`coalesce(d.name, '')`, search)}))`
    : sql``;
  return sql`
    select b.first_id as key, '' as name, null::text as email, b.is_guest, null::text as tier, b.orders, b.value, b.last_at, b.last_order
    from (
      select ${HOLDER} as holder, min(o.id::text collate "C") as first_id, bool_and(o.user_id is null) as is_guest,
        count(distinct o.id) filter (where ${COUNTS}) as orders,
        coalesce(sum(l.total - l.refunded_amount) filter (where o.captured > 0
          and o.currency = (select currency from settings where id = 1)), 0) as value,
        max(o.placed_at) filter (where ${COUNTS}) as last_at, max(o.id::text collate "C")::uuid as last_order
      from orders o join order_lines l on l.order_id = o.id
      where l.owner_id = ${ownerId} and right(o.email, ${NOWHERE.length}) <> ${NOWHERE} group by 1
    ) b ${found}`;
}
