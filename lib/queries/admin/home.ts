/** The dashboard: who is here, what waits to be done, and the last 30 days from the ledger and the stock movements. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { ownedBy, toShip } from "./scope";

/** Days in the window that is shown, and in the one before it. */
export const WINDOW_DAYS = 30;

export interface Desk {
  readonly name: string;
  /** The owner's shop; null for an admin. */
  readonly shop: string | null;
  readonly toShip: number;
  readonly unpaid: number;
  readonly lowStock: number;
  readonly reviews: number;
  /** Returns that wait for an answer or for their money. */
  readonly returns: number;
}

/** Who is here, and the counts behind the sections. */
export async function getDesk(staff: Staff): Promise<Desk> {
  const [row] = await sql<Desk[]>`
    select coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) as name, w.name as shop,
      (select count(distinct o.id) from orders o join fulfilments f on f.order_id = o.id
        where ${ownedBy(staff, "f")} and ${toShip()})::int as "toShip",
      (select count(*) from returns r where ${ownedBy(staff, "r")} and r.status in ('requested', 'received'))::int as returns,
      (select count(*) from orders o where o.status = 'pending' and exists (
        select from fulfilments f where f.order_id = o.id and ${ownedBy(staff, "f")}))::int as unpaid,
      (select count(*) from (
        select i.variant_id from inventory i join variants v on v.id = i.variant_id join products p on p.id = v.product_id
        where ${ownedBy(staff, "p")} and v.is_active and p.status <> 'archived'
        group by i.variant_id having sum(i.available) <= max(i.low_stock_threshold)) low)::int as "lowStock",
      (select count(*) from reviews r join products p on p.id = r.product_id
        where r.status = 'pending' and ${ownedBy(staff, "p")})::int as reviews
    from users u left join owners w on w.user_id = u.id and ${staff.kind === "owner"}
    where u.id = ${staff.userId}`;
  // A live session without its user cannot be: the foreign key sees to it.
  if (!row) throw new Error("the user of a live session is gone");
  return row;
}

export interface Period {
  /** Minor units: goods without tax, after discounts and refunds. */
  readonly sales: number;
  /** Orders whose money came in. */
  readonly orders: number;
  /** Items that were sold and not given back. */
  readonly units: number;
}

export interface Figures {
  readonly now: Period;
  readonly before: Period;
  /** One a day, the oldest first; `date` as YYYY-MM-DD in UTC, `before` the same day 30 days earlier. */
  readonly days: readonly { date: string; sales: number; before: number }[];
  /** What the database's clock says. */
  readonly at: Date;
}

interface Slot {
  slot: number;
  sales: number;
  orders: number;
  units: number;
}

/** Sales, orders and units of the last 30 days, today included, and of the 30 before. Owners: their own. */
export async function getFigures(staff: Staff): Promise<Figures> {
  const [[clock], slots] = await Promise.all([
    sql<{ at: string }[]>`select shop_now()::text as at`,
    sql<Slot[]>`
      with start as (
        select (date_trunc('day', shop_now() at time zone 'UTC') - make_interval(days => ${2 * WINDOW_DAYS - 1})) at time zone 'UTC' as at
      ),
      money as (
        select floor(extract(epoch from e.created_at - s.at) / 86400)::int as slot, -sum(e.amount) as sales,
          count(distinct t.order_id) filter (where t.kind = 'captured' and e.account = 'sales') as orders
        from start s, ledger_entries e join ledger_transactions t on t.id = e.transaction_id
        where e.account in ('sales', 'discounts', 'refunds') and e.created_at >= s.at and ${ownedBy(staff, "e")}
        group by 1
      ),
      goods as (
        select floor(extract(epoch from m.created_at - s.at) / 86400)::int as slot, -sum(m.on_hand_delta) as units
        from start s, stock_movements m join variants v on v.id = m.variant_id join products p on p.id = v.product_id
        where m.kind in ('sale', 'return') and m.created_at >= s.at and ${ownedBy(staff, "p")}
        group by 1
      )
      select slot, coalesce(sales, 0)::float8 as sales, coalesce(orders, 0)::int as orders, coalesce(units, 0)::int as units
      from money full join goods using (slot)`,
  ]);
  const at = clock ? new Date(clock.at) : new Date();
  const bySlot = new Map(slots.map((slot) => [slot.slot, slot]));
  const salesOn = (slot: number) => bySlot.get(slot)?.sales ?? 0;
  return {
    now: sumOf(slots.filter(({ slot }) => slot >= WINDOW_DAYS)),
    before: sumOf(slots.filter(({ slot }) => slot < WINDOW_DAYS)),
    days: Array.from({ length: WINDOW_DAYS }, (_, i) => ({
      date: dayBefore(at, WINDOW_DAYS - 1 - i),
      sales: salesOn(WINDOW_DAYS + i),
      before: salesOn(i),
    })),
    at,
  };
}

function sumOf(slots: readonly Slot[]): Period {
  return slots.reduce(
    (sum, { sales, orders, units }) => ({
      sales: sum.sales + sales,
      orders: sum.orders + orders,
      units: sum.units + units,
    }),
    { sales: 0, orders: 0, units: 0 },
  );
}

const dayBefore = (at: Date, days: number): string =>
  new Date(at.getTime() - days * 86_400_000).toISOString().slice(0, 10);
