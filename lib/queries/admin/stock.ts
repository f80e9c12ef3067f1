/** Stock in the back office: the counters of every variant, and the movements that they are the sum of. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { type Direction, type StockSort, type StockView, stockDirection } from "@/lib/domain/back-office";
import { HAND_ACTIONS, type MovementKind } from "@/lib/domain/inventory";
import { daysLeft, type Velocity } from "@/lib/domain/inventory-velocity";
import { variantHolds } from "./goods-search";
import { countText, type Fragment, limited, MOST, ownedBy, type Page, pagesOf, wayOf } from "./scope";
import { readVelocity } from "./velocity";

interface Counted {
  readonly variantId: string;
  readonly productId: string;
  readonly name: string;
  readonly title: string;
  readonly sku: string;
  readonly ownerName: string;
  /** Items, as are reserved, available and threshold. */
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly threshold: number;
  readonly backorder: boolean;
  /** Items below zero that may be promised; null: no limit. */
  readonly backorderLimit: number | null;
  /** Rows of counters that the variant is spread over. */
  readonly buckets: number;
}

export interface StockRow extends Counted {
  /** Whole days until what is available is sold, as it sold in the last 30 days; null where nothing sells. */
  readonly daysLeft: number | null;
}

export interface StockQuery extends Page {
  /** Part of a SKU or of a name. */
  readonly search: string;
  readonly view: StockView;
  readonly sort: StockSort;
  readonly dir?: Direction | "";
}

const columns = () => sql`
  v.id as "variantId", p.id as "productId", p.name, v.title, v.sku, w.name as "ownerName",
  i.on_hand as "onHand", i.reserved, i.available, i.threshold, i.backorder, i.backorder_limit as "backorderLimit", i.buckets`;

// A hot variant is spread over several rows of counters; people see their sum.
const counted = (staff: Staff) => sql`
  variants v join products p on p.id = v.product_id join owners w on w.id = p.owner_id
  join lateral (
    select sum(n.on_hand)::int as on_hand, sum(n.reserved)::int as reserved, sum(n.available)::int as available,
      max(n.low_stock_threshold) as threshold, bool_or(n.backorder) as backorder,
      max(n.backorder_limit) filter (where n.bucket = 0) as backorder_limit, count(*)::int as buckets
    from inventory n where n.variant_id = v.id having count(*) > 0
  ) i on ${ownedBy(staff, "p")}`;

/** One page of variants that are for sale, with how many each view holds, as they are shown. */
export async function listStock(staff: Staff, query: StockQuery) {
  const found = sql`v.is_active and p.status <> 'archived' and ${ownedBy(staff, "p")} and ${query.search ? variantHolds(query.search) : sql`true`}`;
  // The first row of counters stands for its variant; the counters are summed up for those that show alone.
  const within = (view: StockView) => sql`
    from inventory n join variants v on v.id = n.variant_id join products p on p.id = v.product_id
    left join (${spread()}) m on m.variant_id = n.variant_id
    where n.bucket = 0 and ${found} and ${conditions[view]()}`;
  const count = (view: StockView) =>
    sql`(select count(*)::int from (select ${within(view)} limit ${MOST + 1}) c) as ${sql(view)}`;
  const order = sql`${wayOf(query, stockDirection)}, name, position, id`;
  const [rows, [counts]] = await Promise.all([
    sql<Counted[]>`
      with page as (
        select v.id, lower(p.name) as name, v.position, ${orderBy[query.sort]()} as sorted ${within(query.view)}
        order by sorted ${order} ${limited(query)}
      )
      select ${columns()} from ${counted(staff)} join page s on s.id = v.id
      order by s.sorted ${wayOf(query, stockDirection)}, s.name, s.position, s.id`,
    sql<Record<StockView, number>[]>`select ${count("all")}, ${count("low")}, ${count("out")}`,
  ]);
  const velocities = await readVelocity(
    staff,
    rows.map((row) => row.variantId),
  );
  const views = counts ?? { all: 0, low: 0, out: 0 };
  const listed = rows.map((row): StockRow => {
    const velocity = velocities.get(row.variantId);
    return { ...row, daysLeft: daysLeft(row.available, velocity?.perDay[30] ?? 0) };
  });
  const text = (view: StockView) => countText(views[view], views[view] > MOST);
  return {
    rows: listed,
    counts: { all: text("all"), low: text("low"), out: text("out") },
    pages: pagesOf(Math.min(views[query.view], MOST), query),
  };
}

/** Variants with several rows of counters, of which there are few, with their sums. */
const spread = (): Fragment => sql`
  select variant_id, sum(on_hand) as on_hand, sum(reserved) as reserved, sum(available) as available,
    max(low_stock_threshold) as threshold
  from inventory where buckets > 1 group by variant_id`;

/** Of the single rows only those below their mark are indexed. */
const conditions: Record<StockView, () => Fragment> = {
  all: () => sql`true`,
  low: () => sql`(n.buckets = 1 and n.available <= n.low_stock_threshold or m.available <= m.threshold)`,
  out: () => sql`(n.buckets = 1 and n.available <= 0 or m.available <= 0)`,
};

// How long it lasts takes a walk through 30 days of movements each, and is asked for those that show alone.
const orderBy: Record<StockSort, () => Fragment> = {
  name: () => sql`lower(p.name)`,
  sku: () => sql`lower(v.sku)`,
  onHand: () => sql`coalesce(m.on_hand, n.on_hand)`,
  reserved: () => sql`coalesce(m.reserved, n.reserved)`,
  available: () => sql`coalesce(m.available, n.available)`,
  threshold: () => sql`n.low_stock_threshold`,
};

export interface StockCard extends StockRow {
  readonly velocity: Velocity;
  /** Items that are sold, not shipped, and so still on the shelf. */
  readonly toPack: number;
  readonly lastRestockedAt: Date | null;
  /** How often people changed the count. */
  readonly version: number;
}

/** One variant's counters; null for unknown ones and other owners' alike. */
export async function getStock(staff: Staff, variantId: string): Promise<StockCard | null> {
  const [row] = await sql<(Counted & { toPack: number; lastRestockedAt: string | null; version: number })[]>`
    select ${columns()},
      (select coalesce(sum(l.quantity - l.shipped_quantity - l.cancelled_quantity), 0) from order_lines l
        join orders o on o.id = l.order_id join fulfilments f on f.order_id = l.order_id and f.owner_id = l.owner_id
        where l.variant_id = v.id and o.status in ('confirmed', 'processing')
          and f.status in ('open', 'processing'))::int as "toPack",
      (select max(n.last_restocked_at) from inventory n where n.variant_id = v.id) as "lastRestockedAt",
      (select count(*)::int from audit a where a.subject = 'inventory' and a.subject_id = v.id::text
        and a.action in ${sql(HAND_ACTIONS)}) as version
    from ${counted(staff)} where v.id = ${variantId}`;
  const velocity = (await readVelocity(staff, [variantId])).get(variantId);
  if (!row || !velocity) return null;
  return {
    ...row,
    velocity,
    daysLeft: daysLeft(row.available, velocity.perDay[30]),
    lastRestockedAt: row.lastRestockedAt === null ? null : new Date(row.lastRestockedAt),
  };
}

export interface MovementRow {
  readonly id: string;
  readonly kind: MovementKind;
  readonly onHandDelta: number;
  readonly reservedDelta: number;
  /** On hand after it. */
  readonly onHand: number;
  readonly order: string | null;
  readonly who: string | null;
  readonly reason: string | null;
  readonly at: Date;
}

/** A variant's movements, the newest first. An owner's variant may stand in any order, whose number is no secret. */
export async function listMovements(staff: Staff, variantId: string, page: Page) {
  const mine = sql`m.variant_id = ${variantId} and exists (
    select from variants v join products p on p.id = v.product_id where v.id = m.variant_id and ${ownedBy(staff, "p")})`;
  const [rows, [all]] = await Promise.all([
    sql<(Omit<MovementRow, "at"> & { at: string })[]>`
      select * from (
        select m.id, m.kind, m.on_hand_delta as "onHandDelta", m.reserved_delta as "reservedDelta",
          (sum(m.on_hand_delta) over (order by m.created_at, m.id))::int as "onHand", o.number as order,
          case when m.order_id is null then coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) end as who,
          m.reason, m.created_at as at
        from stock_movements m left join users u on u.id = m.actor_id left join orders o on o.id = m.order_id
        where ${mine}
      ) ledger order by at desc, id desc ${limited(page)}`,
    sql<{ n: number }[]>`select count(*)::int as n from stock_movements m where ${mine}`,
  ]);
  return { rows: rows.map((row) => ({ ...row, at: new Date(row.at) })), pages: pagesOf(all?.n ?? 0, page) };
}
