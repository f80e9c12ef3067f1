/** Discounts in the back office: the list, one for its form with what it was used for, and what a form lets choose. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";
import type { Direction } from "@/lib/domain/back-office";
import {
  type DiscountSort,
  type DiscountState,
  type DiscountView,
  discountDirection,
} from "@/lib/domain/discounts-form";
import { contains, type Fragment, limited, type Page, pagesOf, wayOf } from "./scope";

export type DiscountKind = "percentage" | "fixed" | "free_shipping";

export interface DiscountRow {
  readonly id: string;
  readonly title: string;
  /** Null: applies by itself. */
  readonly code: string | null;
  readonly kind: DiscountKind;
  /** Whole per cent, minor units, or null for free shipping. */
  readonly value: number | null;
  readonly used: number;
  readonly totalLimit: number | null;
  readonly state: DiscountState;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** How many categories and products it is limited to; 0: the whole order. */
  readonly targets: number;
  /** Minor units that it took off so far. */
  readonly given: number;
}

export interface DiscountQuery extends Page {
  /** Part of a title or a code. */
  readonly search: string;
  readonly view: DiscountView;
  readonly sort: DiscountSort;
  readonly dir?: Direction | "";
}

const STATE = sql`case when not d.is_active then 'off' when d.ends_at <= shop_now() then 'ended'
  when d.used >= d.total_limit then 'used_up' when d.starts_at > shop_now() then 'scheduled' else 'running' end`;

const inView: Record<DiscountView, () => Fragment> = {
  all: () => sql`true`,
  running: () => sql`state = 'running'`,
  scheduled: () => sql`state = 'scheduled'`,
  over: () => sql`state in ('off', 'ended', 'used_up')`,
};

// What one gave away is added up from its orders, for those that show alone.
const orderBy: Record<DiscountSort, () => Fragment> = {
  dates: () => sql`coalesce(starts_at, created_at)`,
  title: () => sql`lower(title)`,
  uses: () => sql`used`,
};

const moment = (text: string | null): Date | null => (text ? new Date(text) : null);

/** One page of discounts, with how many each view holds. */
export async function listDiscounts(_admin: Admin, query: DiscountQuery) {
  const found = sql`(select d.*, ${STATE} as state from discounts d where ${
    query.search
      ? sql`(${contains(sql`d.title`, query.search)} or ${contains(sql`coalesce(d.code, '')`, query.search)})`
      : sql`true`
  }) d`;
  const [rows, [counts]] = await Promise.all([
    sql<(Omit<DiscountRow, "startsAt" | "endsAt"> & { startsAt: string | null; endsAt: string | null })[]>`
      select d.id, d.title, d.code, d.kind, d.value::float8 as value, d.used, d.total_limit as "totalLimit", d.state,
        d.starts_at as "startsAt", d.ends_at as "endsAt",
        (select count(*) from discount_targets t where t.discount_id = d.id)::int as targets,
        (select coalesce(sum(r.amount), 0) from discount_redemptions r
          where r.discount_id = d.id and r.given_back_at is null)::float8 as given
      from ${found} where ${inView[query.view]()} 
      order by ${orderBy[query.sort]()} ${wayOf(query, discountDirection)}, created_at desc, d.id ${limited(query)}`,
    sql<Record<DiscountView, number>[]>`
      select count(*)::int as all, count(*) filter (where ${inView.running()})::int as running,
        count(*) filter (where ${inView.scheduled()})::int as scheduled,
        count(*) filter (where ${inView.over()})::int as over
      from ${found}`,
  ]);
  const views = counts ?? { all: 0, running: 0, scheduled: 0, over: 0 };
  return {
    rows: rows.map(
      (row): DiscountRow => ({ ...row, startsAt: moment(row.startsAt), endsAt: moment(row.endsAt) }),
    ),
    counts: views,
    pages: pagesOf(views[query.view], query),
  };
}

export interface DiscountForm extends DiscountRow {
  readonly version: number;
  readonly isActive: boolean;
  readonly membershipTierId: string | null;
  readonly minSubtotal: number | null;
  readonly perCustomerLimit: number | null;
  readonly categoryIds: readonly string[];
  readonly products: readonly { id: string; name: string }[];
  /** Orders that ever used it, given back or not: such a discount is ended, never deleted. */
  readonly orders: number;
}

/** One discount for its form; null for unknown ones. */
export async function getDiscountForm(_admin: Admin, id: string): Promise<DiscountForm | null> {
  const [row] = await sql<
    (Omit<DiscountForm, "startsAt" | "endsAt"> & { startsAt: string; endsAt: string })[]
  >`
    select d.id, d.title, d.code, d.kind, d.value::float8 as value, d.used, d.total_limit as "totalLimit",
      ${STATE} as state, d.starts_at as "startsAt", d.ends_at as "endsAt", d.version, d.is_active as "isActive",
      d.membership_tier_id as "membershipTierId", d.min_subtotal::float8 as "minSubtotal",
      d.per_customer_limit as "perCustomerLimit",
      (select count(*) from discount_targets t where t.discount_id = d.id)::int as targets,
      (select count(*) from discount_redemptions r where r.discount_id = d.id)::int as orders,
      (select coalesce(sum(r.amount), 0) from discount_redemptions r
        where r.discount_id = d.id and r.given_back_at is null)::float8 as given,
      array(select t.category_id from discount_targets t where t.discount_id = d.id and t.category_id is not null) as "categoryIds",
      coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name)
        from discount_targets t join products p on p.id = t.product_id where t.discount_id = d.id), '[]'::json) as products
    from discounts d where d.id = ${id}`;
  return row ? { ...row, startsAt: moment(row.startsAt), endsAt: moment(row.endsAt) } : null;
}

export interface DiscountUse {
  readonly orderNumber: string;
  readonly email: string;
  readonly amount: number;
  readonly isGivenBack: boolean;
  readonly at: Date;
}

/** The last 20 orders that used a discount, the newest first. */
export async function listDiscountUses(_admin: Admin, id: string): Promise<DiscountUse[]> {
  const rows = await sql<(Omit<DiscountUse, "at"> & { at: string })[]>`
    select o.number as "orderNumber", r.email, r.amount::float8 as amount,
      (r.given_back_at is not null) as "isGivenBack", r.created_at as at
    from discount_redemptions r join orders o on o.id = r.order_id
    where r.discount_id = ${id} order by r.created_at desc, r.id limit 20`;
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

export interface DiscountChoices {
  readonly categories: readonly { id: string; label: string }[];
  readonly tiers: readonly { id: string; label: string }[];
}

/** What a discount may be limited to: categories by their way down the tree, and membership tiers. */
export async function listDiscountChoices(_admin: Admin): Promise<DiscountChoices> {
  const [categories, tiers] = await Promise.all([
    sql<{ id: string; label: string }[]>`
      select c.id, string_agg(a.name, ' › ' order by length(a.path))
        || case when c.is_active then '' else ' (hidden)' end as label
      from categories c join categories a on c.path = a.path or c.path like a.path || '/%'
      group by c.id, c.path order by c.path`,
    sql<
      { id: string; label: string }[]
    >`select id, name as label from membership_tiers order by position, name`,
  ]);
  return { categories: [...categories], tiers: [...tiers] };
}
