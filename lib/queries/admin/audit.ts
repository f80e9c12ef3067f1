/** The audit log of the back office: who changed what, before and after. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";
import { canRevert } from "@/lib/domain/audit-revert";
import { type AuditSort, auditDirection, type Direction, isId } from "@/lib/domain/back-office";
import { type Fragment, type Page, wayOf } from "./scope";

type Fields = Readonly<Record<string, unknown>>;

export interface AuditEntry {
  readonly id: string;
  readonly action: string;
  readonly subject: string;
  readonly subjectId: string;
  /** What people call the row, where it has a name and still is. */
  readonly name: string | null;
  /** Of sums about it, where it is not the store's. */
  readonly currency: string | null;
  /** Null: the shop itself. */
  readonly who: string | null;
  readonly before: Fields;
  readonly after: Fields;
  readonly canRevert: boolean;
  readonly at: Date;
}

export interface AuditFilter {
  /** A user's id, or "system" for the shop itself; empty: everybody. */
  readonly who: string;
  readonly subject: string;
  readonly subjectId: string;
  /** Part of an action's name. */
  readonly action: string;
  /** Days as YYYY-MM-DD on the store's clock, both included. */
  readonly from: string;
  readonly to: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function filtered({ who, subject, subjectId, action, from, to }: AuditFilter, timeZone: string) {
  const day = (text: string, days: number) =>
    sql`((${text}::date + ${days}::int)::timestamp at time zone ${timeZone})`;
  const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text));
  return sql`true
    ${who === "system" ? sql`and a.actor_id is null` : isId(who) ? sql`and a.actor_id = ${who}` : sql``}
    ${subject ? sql`and a.subject = ${subject}` : sql``}
    ${subjectId ? sql`and a.subject_id = ${subjectId}` : sql``}
    ${action ? sql`and strpos(a.action, ${action.toLowerCase()}) > 0` : sql``}
    ${isDay(from) ? sql`and a.created_at >= ${day(from, 0)}` : sql``}
    ${isDay(to) ? sql`and a.created_at < ${day(to, 1)}` : sql``}`;
}

// As an id, so that its own index finds the row; subjects of other keys have none.
const ROW = sql`(case when a.subject_id ~ '^[0-9a-f-]{36}$' then a.subject_id::uuid end)`;

// A page of the log is short: the name of each row is asked for where its subject has one.
const NAME = sql`case a.subject
  when 'discounts' then (select d.title from discounts d where d.id = ${ROW})
  when 'products' then (select p.name from products p where p.id = ${ROW})
  when 'variants' then (select v.sku from variants v where v.id = ${ROW})
  when 'inventory' then (select v.sku from variants v where v.id = ${ROW})
  when 'orders' then (select o.number from orders o where o.id = ${ROW})
  when 'returns' then (select r.number from returns r where r.id = ${ROW})
  when 'reviews' then (select p.name from reviews r join products p on p.id = r.product_id where r.id = ${ROW})
  when 'users' then (select u.username from users u where u.id = ${ROW})
  when 'categories' then (select c.name from categories c where c.id = ${ROW})
  when 'shipping_zones' then (select z.name from shipping_zones z where z.id = ${ROW})
  when 'shipping_rates' then (select r.name from shipping_rates r where r.id = ${ROW})
  when 'membership_tiers' then (select m.name from membership_tiers m where m.id = ${ROW})
  when 'owners' then (select w.name from owners w where w.id = ${ROW})
  when 'tax_classes' then (select k.name from tax_classes k where k.id = ${ROW})
  when 'content_pages' then a.subject_id
  when 'tax_rates' then (select t.name from tax_rates t where t.id = ${ROW})
  end`;

/** In which sums about it are; the store's where it is no order. */
const CURRENCY = sql`case a.subject when 'orders' then (select o.currency from orders o where o.id = ${ROW})
  when 'returns' then (select o.currency from returns r join orders o on o.id = r.order_id where r.id = ${ROW}) end`;

export interface AuditQuery extends AuditFilter, Page {
  readonly sort: AuditSort;
  readonly dir?: Direction | "";
}

const WHO = sql`coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username)`;

/** The log as `a`, its people as `u`. Those that are alike in it stand newest first; the shop itself is nobody. */
function orderOf(query: AuditQuery): Fragment {
  const { sort } = query;
  const way = wayOf(query, auditDirection);
  if (sort === "when") return sql`a.created_at ${way}, a.id ${way}`;
  const by = sort === "who" ? sql`lower(${WHO}) ${way} nulls last` : sql`a.action ${way}`;
  return sql`${by}, a.created_at desc, a.id desc`;
}

/** One page of the log, and whether more follow. */
export async function listAudit(_admin: Admin, query: AuditQuery, timeZone: string) {
  const { page, pageSize } = query;
  const order = orderOf(query);
  // People are asked for only where they decide the order: a log is long.
  const log = sql`audit a ${query.sort === "who" ? sql`left join users u on u.id = a.actor_id` : sql``}`;
  const rows = await sql<
    (Omit<AuditEntry, "at" | "canRevert" | "before" | "after"> & {
      at: string;
      now: string;
      before: Fields | null;
      after: Fields | null;
    })[]
  >`
    select a.id, a.action, a.subject, a.subject_id as "subjectId", ${NAME} as name, ${CURRENCY} as currency, a.before, a.after, a.created_at as at,
      shop_now() as now, ${WHO} as who
    from (select a.* from ${log} where ${filtered(query, timeZone)}
      order by ${order} limit ${pageSize + 1} offset ${(page - 1) * pageSize}) a
    left join users u on u.id = a.actor_id
    order by ${order}`;
  return {
    rows: rows.slice(0, pageSize).map(
      ({ now, ...row }): AuditEntry => ({
        ...row,
        before: row.before ?? {},
        after: row.after ?? {},
        canRevert: canRevert(row, new Date(now)),
        at: new Date(row.at),
      }),
    ),
    hasMore: rows.length > pageSize,
  };
}

/** Who and what stands in the log at all, for its filters. */
export async function listAuditChoices(_admin: Admin) {
  const [people, subjects] = await Promise.all([
    sql<{ id: string; name: string }[]>`
      select u.id, coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) as name
      from users u where exists (select from audit a where a.actor_id = u.id) order by 2 limit 200`,
    // One look per subject at the index, however long the log is.
    sql<{ subject: string }[]>`
      with recursive each as (
        (select subject from audit order by subject limit 1)
        union all
        select (select a.subject from audit a where a.subject > each.subject order by a.subject limit 1)
        from each where each.subject is not null
      ) select subject from each where subject is not null`,
  ]);
  return { people: [...people], subjects: subjects.map(({ subject }) => subject) };
}
