/**
 * The figures of the dashboard's home: sales, orders and pieces by day, read from the ledgers; days that are over from
 * the sums that were kept of them (lib/services/reports), the rest on the spot. Owners: their own goods.
 */
import { sql } from "@/db/client";
import { productsByDay, salesByDay, salesByHour } from "@/db/sales";
import type { Staff } from "@/lib/domain/actors";
import { type Cut, type Days, dayAfter, daysIn, type Period } from "@/lib/domain/periods";
import { startOf, timeOf, ZONE } from "./calendar";
import { ownedBy } from "./scope";

export interface Sums {
  /** Minor units of the store's currency: goods without tax, after discounts and refunds. */
  readonly sales: number;
  /** Orders whose money came in. */
  readonly orders: number;
  /** Those of them whose buyer had bought before; for owners, of their goods. */
  readonly repeats: number;
  /** Pieces sold less pieces given back. */
  readonly units: number;
}

interface Day extends Sums {
  readonly date: string;
}

/** A bar of the chart: a date, or an hour of the one day ("14"). */
export interface Slot {
  readonly at: string;
  readonly sales: number;
  readonly before: number;
}

export interface Figures {
  readonly now: Sums;
  readonly before: Sums;
  /** One a day, the oldest first, each with the sales of the day as far into the period before; of one day, its hours. */
  readonly slots: readonly Slot[];
}

const NOTHING: Sums = { sales: 0, orders: 0, repeats: 0, units: 0 };

/** The figures of a period and of the one before it. */
export async function getFigures(staff: Staff, { from, to, length, before }: Period): Promise<Figures> {
  const [days, cut, hours] = await Promise.all([
    salesOf(staff, { from: before.from, to }),
    before.until ? cutOf(staff, before) : null,
    length === 1 ? hoursOf(staff, from, before.from) : null,
  ]);
  const within = (span: Days) => days.filter(({ date }) => date >= span.from && date <= span.to);
  const byDate = new Map(days.map((day) => [day.date, day]));
  const salesOn = (date: string) => byDate.get(date)?.sales ?? 0;
  return {
    now: within({ from, to }).reduce(add, NOTHING),
    before: (cut ?? within(before)).reduce(add, NOTHING),
    slots:
      hours ??
      Array.from({ length: daysIn({ from, to }) }, (_, i) => ({
        at: dayAfter(from, i),
        sales: salesOn(dayAfter(from, i)),
        before: salesOn(dayAfter(before.from, i)),
      })),
  };
}

const add = (sum: Sums, day: Sums): Sums => ({
  sales: sum.sales + day.sales,
  orders: sum.orders + day.orders,
  repeats: sum.repeats + day.repeats,
  units: sum.units + day.units,
});

/** What came in of days of which the last is not over: on the spot, for no sum of it was kept. */
async function cutOf(staff: Staff, { from, to, until }: Days & Cut): Promise<Day[]> {
  const scope = staff.kind === "owner" ? staff.ownerId : "shop";
  return sql<Day[]>`
    select day as date, sales::float8, orders, repeats, units
    from (${sql.unsafe(salesByDay(from, to, scope, until))}) x where scope = ${scope} and currency = ${CURRENCY}`;
}

/** The hours of one day, each beside the same hour of another. */
async function hoursOf(staff: Staff, day: string, other: string): Promise<Slot[]> {
  const ownerId = staff.kind === "owner" ? staff.ownerId : undefined;
  const rowsOf = async (date: string) => {
    const rows = await sql<{ hour: string; sales: number }[]>`
      select hour, sales::float8 from (${sql.unsafe(salesByHour(date, date, ownerId))}) x where currency = ${CURRENCY}`;
    return new Map(rows.map(({ hour, sales }) => [hour.slice(-2), sales]));
  };
  const [now, before] = await Promise.all([rowsOf(day), rowsOf(other)]);
  return Array.from({ length: 24 }, (_, i) => {
    const at = String(i).padStart(2, "0");
    return { at, sales: now.get(at) ?? 0, before: before.get(at) ?? 0 };
  });
}

const CURRENCY = sql`(select currency from settings where id = 1)`;

async function salesOf(staff: Staff, days: Days): Promise<Day[]> {
  const ownerId = staff.kind === "owner" ? staff.ownerId : undefined;
  const { kept, live } = await splitOf(days);
  const [past, fresh] = await Promise.all([
    kept
      ? sql<Day[]>`
          select day::text as date, sales::float8, orders, repeats, units from sales_days
          where time_zone = ${ZONE} and day between ${kept.from} and ${kept.to} and scope = ${ownerId ?? "shop"}
            and currency = ${CURRENCY}`
      : [],
    live
      ? sql<Day[]>`
          select day as date, sales::float8, orders, repeats, units
          from (${sql.unsafe(salesByDay(live.from, live.to, ownerId ?? "shop"))}) x
          where scope = ${ownerId ?? "shop"} and currency = ${CURRENCY}`
      : [],
  ]);
  return [...past, ...fresh];
}

/** Which of the days were kept, and which are read on the spot. */
async function splitOf({ from, to }: Days): Promise<{ kept: Days | null; live: Days | null }> {
  const [row] = await sql<{ last: string | null }[]>`
    select max(day)::text as last from sales_days where time_zone = ${ZONE} and scope = 'shop'`;
  const last = row?.last;
  if (!last || last < from) return { kept: null, live: { from, to } };
  if (last >= to) return { kept: { from, to }, live: null };
  return { kept: { from, to: last }, live: { from: dayAfter(last, 1), to } };
}

export interface TopProduct {
  readonly id: string;
  readonly name: string;
  readonly units: number;
  /** Minor units, as `Sums.sales`: over all products they add up to it. */
  readonly sales: number;
}

/** What brought the most in a period. */
export async function listTopProducts(staff: Staff, days: Days, limit = 6): Promise<TopProduct[]> {
  const ownerId = staff.kind === "owner" ? staff.ownerId : undefined;
  const { kept, live } = await splitOf(days);
  const past = sql`
    select product_id, units, sales from product_days d
    where time_zone = ${ZONE} and day between ${kept?.from ?? "2000-01-01"} and ${kept?.to ?? "1999-01-01"}
      and currency = ${CURRENCY} and ${ownedBy(staff, "d")}`;
  const fresh = live
    ? sql`union all select product_id, units, sales
        from (${sql.unsafe(productsByDay(live.from, live.to, ownerId))}) x where currency = ${CURRENCY}`
    : sql``;
  return sql<TopProduct[]>`
    select p.id, p.name, sum(t.units)::int as units, sum(t.sales)::float8 as sales
    from (${past} ${fresh}) t join products p on p.id = t.product_id
    group by p.id having sum(t.sales) > 0 order by 4 desc, p.id limit ${limit}`;
}

export interface Conversion {
  /** Carts that were begun in the period and had a line, and those of them that became an order. */
  readonly carts: number;
  readonly ordered: number;
}

/** Of carts, which the shop really counts: visits are not measured. Carts hold goods of several owners, so admins alone see it. */
export async function getConversion({ from, to, until }: Days & Cut): Promise<Conversion> {
  const end = until ? timeOf(to, until) : startOf(dayAfter(to, 1));
  const [row] = await sql<Conversion[]>`
    select count(*)::int as carts, count(*) filter (where is_ordered)::int as ordered from (
      select exists (select from orders o where o.cart_id = c.id) as is_ordered,
        exists (select from cart_items i where i.cart_id = c.id) as has_line
      from carts c where c.status <> 'merged' and c.created_at >= ${startOf(from)} and c.created_at < ${end}
    ) begun where is_ordered or has_line`;
  return row ?? { carts: 0, ordered: 0 };
}
