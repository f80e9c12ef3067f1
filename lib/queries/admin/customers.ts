/**
 * Customers in the back office: accounts, and guests by their e-mail address. Owners see who bought their goods, by the
 * name on the parcel and nothing more, with their own goods alone.
 */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import type { CustomerSort, CustomerView, Direction } from "@/lib/domain/back-office";
import { NOWHERE } from "@/lib/domain/erased";
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
  const people = peopleOf(staff, search);
  const [rows, [counts]] = await Promise.all([
    sql<Raw[]>`
      with people as (${people}), shown as (
        select * from people where ${inView[view]()} order by ${orderBy(sort, dir)}, key ${limited(page)})
      select s.key, coalesce(nullif(s.name, ''), a.name, s.email, 'Guest') as name,
        ${staff.kind === "admin" ? sql`s.email` : sql`null::text as email`}, s.is_guest as "isGuest", s.tier,
        s.orders::int, s.value::float8, s.last_at::text as "lastOrderAt"
      from shown s left join lateral (
        select d.name from order_addresses d where d.order_id = s.last_order and d.kind = 'shipping'
        order by d.replaced_at nulls first limit 1) a on true
      order by ${orderBy(sort, dir)}, key`,
    sql<Record<CustomerView, number>[]>`
      with people as (${people})
      select count(*)::int as "all", count(*) filter (where not is_guest)::int as accounts,
        count(*) filter (where is_guest)::int as guests, count(*) filter (where orders > 1)::int as returning,
        count(*) filter (where tier is not null)::int as members from people`,
  ]);
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

function orderBy(sort: CustomerSort, dir: Direction | ""): Fragment {
  const down = (dir || (sort === "name" ? "asc" : "desc")) === "desc";
  const by = { last: sql`last_at`, value: sql`value`, orders: sql`orders`, name: sql`lower(name)` }[sort];
  return down ? sql`${by} desc nulls last` : sql`${by} asc nulls last`;
}

/** Whose an order is: the account, or the address that a guest gave. Those who were erased are nobody. */
const HOLDER = sql`coalesce(o.user_id::text, lower(o.email))`;

const COUNTS = sql`o.status not in ('pending', 'cancelled')`;

/** Key, name, e-mail, kind, tier and sums of everybody who is seen. */
function peopleOf(staff: Staff, search: string): Fragment {
  if (staff.kind === "owner") return buyersOf(staff.ownerId, search);
  const found = search
    ? sql`and (${contains(sql`o.email || ' ' || o.number`, search)} or exists (
        select from order_addresses d where d.order_id = o.id and ${contains(sql`d.name`, search)}))`
    : sql``;
  const named = search
    ? sql`and (b.holder is not null or ${contains(sql`u.email || ' ' || u.username || ' ' || u.first_name || ' ' || u.last_name`, search)})`
    : sql``;
  // Who matches by one order is shown with all of them.
  return sql`
    select p.key, p.name, p.email, p.is_guest, p.tier, coalesce(b.orders, 0) as orders, coalesce(b.value, 0) as value,
      b.last_at, b.last_order
    from (
      select u.id::text as key, u.id::text as holder, trim(u.first_name || ' ' || u.last_name) as name, u.email, false as is_guest, t.name as tier
      from users u left join membership_tiers t on t.id = u.membership_tier_id
      left join (select distinct ${HOLDER} as holder from orders o where ${search ? sql`true` : sql`false`} ${found}) b on b.holder = u.id::text
      where u.role = 'customer' and u.erased_at is null ${named}
      union all
      select (min(o.id::text)), lower(o.email), '', lower(o.email), true, null
      from orders o where o.user_id is null and right(o.email, ${NOWHERE.length}) <> ${NOWHERE}
        and ${search ? sql`lower(o.email) in (select lower(o.email) from orders o where o.user_id is null ${found})` : sql`true`}
      group by lower(o.email)
    ) p left join (
      select ${HOLDER} as holder, count(*) filter (where ${COUNTS}) as orders,
        coalesce(sum(o.captured - o.refunded) filter (where o.currency = (select currency from settings where id = 1)), 0) as value,
        max(o.placed_at) filter (where ${COUNTS}) as last_at,
        max(o.id::text)::uuid as last_order
      from orders o group by 1
    ) b on b.holder = p.holder`;
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
      select ${HOLDER} as holder, min(o.id::text) as first_id, bool_and(o.user_id is null) as is_guest,
        count(distinct o.id) filter (where ${COUNTS}) as orders,
        coalesce(sum(l.total - l.refunded_amount) filter (where o.captured > 0
          and o.currency = (select currency from settings where id = 1)), 0) as value,
        max(o.placed_at) filter (where ${COUNTS}) as last_at, max(o.id::text)::uuid as last_order
      from orders o join order_lines l on l.order_id = o.id
      where l.owner_id = ${ownerId} and right(o.email, ${NOWHERE.length}) <> ${NOWHERE} group by 1
    ) b ${found}`;
}
