/** How fast variants sell, read from the stock ledger and never guessed. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { type Velocity, velocityOf } from "@/lib/domain/inventory-velocity";
import { ownedBy } from "./scope";

interface Row {
  readonly id: string;
  readonly week: number;
  readonly month: number;
  readonly quarter: number;
  readonly age: number;
}

/** The velocity of each of the variants by id; unknown ones and other owners' are left out. */
export async function readVelocity(
  staff: Staff,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, Velocity>> {
  if (variantIds.length === 0) return new Map();
  const since = (days: number) =>
    sql`coalesce(-sum(m.on_hand_delta) filter (where m.created_at > shop_now() - make_interval(days => ${days})), 0)::int`;
  const rows = await sql<Row[]>`
    select v.id, s.week, s.month, s.quarter, coalesce(extract(epoch from shop_now() - (
        select f.created_at from stock_movements f where f.variant_id = v.id order by f.created_at limit 1)) / 86400, 0)::float8 as age
    from variants v join products p on p.id = v.product_id and ${ownedBy(staff, "p")}
    cross join lateral (
      select ${since(7)} as week, ${since(30)} as month, ${since(90)} as quarter from stock_movements m
      where m.variant_id = v.id and m.kind in ('sale', 'return') and m.created_at > shop_now() - make_interval(days => 90)
    ) s
    where v.id in ${sql([...variantIds])}`;
  return new Map(
    rows.map(({ id, week, month, quarter, age }) => [
      id,
      velocityOf({ 7: week, 30: month, 90: quarter }, age),
    ]),
  );
}
