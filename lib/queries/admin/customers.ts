/**
 * Customers in the back office: accounts, and guests by their e-mail address. Owners see who bought their goods, by the
 * name on the parcel and nothing more, with their own goods alone.
 */
import { sql } from "@/db/client";
import type { Owner, Staff } from "@/lib/domain/actors";
import {
  type CustomerSort,
  type CustomerView,
  customerDirection,
  customerViews,
  type Direction,
} from "@/lib/domain/back-office";
import { hitsOf } from "./order-search";
import { contains, countText, type Fragment, limited, MOST, type Page, pagesOf, wayOf } from "./scope";

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
type Counts = Record<CustomerView, number>;
type Asked = Omit<CustomerQuery, keyof Page>;

/** One page of customers, with how many each view holds. */
export async function listCustomers(staff: Staff, { page, pageSize, ...asked }: CustomerQuery) {
  const at = { page, pageSize };
  const statement = staff.kind === "owner" ? buyers(staff, asked, at) : everybody(staff, asked, at);
  const [found] = await sql<{ rows: Raw[]; counts: Counts }[]>`${statement}`;
  const counts = found?.counts ?? { all: 0, accounts: 0, guests: 0, returning: 0, members: 0 };
  return {
    rows: (found?.rows ?? []).map(
      ({ lastOrderAt, ...row }): CustomerRow => ({
        ...row,
        lastOrderAt: lastOrderAt ? new Date(lastOrderAt) : null,
      }),
    ),
    counts: Object.fromEntries(
      customerViews.map((view) => [view, countText(counts[view], counts[view] > MOST)]),
    ) as Record<CustomerView, string>,
    pages: pagesOf(Math.min(counts[asked.view], MOST), at),
  };
}

/** Everybody, by the sums that are kept of each: no order is read but the last of those who are shown. */
function everybody(staff: Staff, { view, sort, dir, search }: Asked, page: Page): Fragment {
  const within: Record<CustomerView, Fragment> = {
    all: sql`true`,
    accounts: sql`c.user_id is not null`,
    guests: sql`c.user_id is null`,
    returning: sql`c.orders > 1`,
    members: sql`u.membership_tier_id is not null`,
  };
  // Accounts of staff and of those who were erased are in the table, too.
  const people = (of: CustomerView) => sql`
    from customer_sums c left join users u on u.id = c.user_id
    where (c.user_id is null or (u.role = 'customer' and u.erased_at is null)) and ${within[of]}
      and ${search ? sql`c.holder in (select holder from hits)` : sql`true`}`;
  const counted = (of: CustomerView) =>
    sql`(select count(*)::int from (select ${people(of)} limit ${MOST + 1}) n) as ${sql(of)}`;
  const by = {
    last: sql`c.last_at`,
    value: sql`c.spent`,
    orders: sql`c.orders`,
    name: sql`lower(trim(coalesce(u.first_name || ' ' || u.last_name, '')))`,
  }[sort];
  const order = sql`${by} ${wayOf({ sort, dir }, customerDirection)} nulls last, c.holder`;
  return sql`
    with hits as materialized (${search ? holdersOf(staff, search) : sql`select '' as holder where false`}),
    shown as (select c.*, u.email, trim(u.first_name || ' ' || u.last_name) as name, u.membership_tier_id,
      row_number() over (order by ${order}) as at ${people(view)} order by ${order} ${limited(page)})
    select (select row_to_json(n) from (select ${counted("all")}, ${counted("accounts")}, ${counted("guests")},
        ${counted("returning")}, ${counted("members")}) n) as counts,
      (select coalesce(json_agg(r), '[]') from (
        select coalesce(s.user_id, s.first_order) as key, coalesce(s.email, s.holder) as email, s.user_id is null as "isGuest",
          coalesce(nullif(s.name, ''), (${parcelName(sql`s.last_order`)}), s.email, s.holder) as name, t.name as tier,
          s.orders, s.spent as value, s.last_at::text as "lastOrderAt"
        from shown s left join membership_tiers t on t.id = s.membership_tier_id order by s.at) r) as rows`;
}

/** Who has the words in their own name or address, or in an order: they are shown with all of their orders. */
const holdersOf = (staff: Staff, search: string): Fragment => sql`
  select u.id::text collate "C" as holder from users u
  where ${contains(sql`u.email || ' ' || u.username || ' ' || u.first_name || ' ' || u.last_name`, search)}
  union select order_holder(o.user_id, o.email) from orders o
  where o.id = any(array(${hitsOf(staff, search, { goods: false })}))`;

const parcelName = (order: Fragment): Fragment => sql`select d.name from order_addresses d
  where d.order_id = ${order} and d.kind = 'shipping' and d.replaced_at is null`;

/**
 * The buyers of one owner's goods, by the sums that are kept of each. An account's tier, name and address are the shop's
 * business.
 */
function buyers(staff: Owner, { view, sort, dir, search }: Asked, page: Page): Fragment {
  const within: Record<CustomerView, Fragment> = {
    all: sql`true`,
    accounts: sql`not b.is_guest`,
    guests: sql`b.is_guest`,
    returning: sql`b.orders > 1`,
    members: sql`false`,
  };
  const people = (of: CustomerView) => sql`
    from buyer_sums b where b.owner_id = ${staff.ownerId} and ${within[of]}
      and ${search ? sql`b.holder in (select holder from hits)` : sql`true`}`;
  const counted = (of: CustomerView) =>
    sql`(select count(*)::int from (select ${people(of)} limit ${MOST + 1}) n) as ${sql(of)}`;
  const by = { last: sql`b.last_at`, value: sql`b.value`, orders: sql`b.orders`, name: sql`b.first_order` }[
    sort
  ];
  const order = sql`${by} ${wayOf({ sort, dir }, customerDirection)} nulls last, b.first_order`;
  // Others' orders of the same buyer are not looked at: the owner does not know their numbers.
  const hits = sql`select order_holder(o.user_id, o.email) as holder from orders o
    where o.id = any(array(${hitsOf(staff, search, { goods: false })}))
      and exists (select from order_lines l where l.order_id = o.id and l.owner_id = ${staff.ownerId})`;
  return sql`
    with hits as materialized (${search ? hits : sql`select '' as holder where false`}),
    shown as (select b.*, row_number() over (order by ${order}) as at ${people(view)} order by ${order} ${limited(page)})
    select (select row_to_json(n) from (select ${counted("all")}, ${counted("accounts")}, ${counted("guests")},
        ${counted("returning")}, ${counted("members")}) n) as counts,
      (select coalesce(json_agg(r), '[]') from (
        select s.first_order as key, coalesce((${parcelName(sql`s.last_order`)}), 'Guest') as name, null as email,
          s.is_guest as "isGuest", null as tier, s.orders, s.value::float8, s.last_at::text as "lastOrderAt"
        from shown s order by s.at) r) as rows`;
}
