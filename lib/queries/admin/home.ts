/** The dashboard: who is here, and what waits to be done. Its figures: figures.ts. */
import { cache } from "react";
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { MOST_TOLD } from "@/lib/domain/sections";
import { waitsForPerson } from "./refunds";
import { type Fragment, ownedBy, toShip } from "./scope";

export interface Desk {
  readonly name: string;
  /** The owner's shop; null for an admin. */
  readonly shop: string | null;
  readonly toShip: number;
  readonly unpaid: number;
  /** Not counted further than one more than MOST_TOLD: every page asks. */
  readonly lowStock: number;
  readonly reviews: number;
  /** Returns that wait for an answer or for their money. */
  readonly returns: number;
  /** Refunds that failed, or whose cash waits to be handed back; none for owners, who do neither. */
  readonly refunds: number;
  /** Whether there is anything to sell at all. */
  readonly hasGoods: boolean;
}

/** Who is here, and the counts behind the sections: asked once a page, though frame and page both show them. */
export const getDesk = cache(async (staff: Staff): Promise<Desk> => {
  const [row] = await sql<Desk[]>`
    select coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) as name, w.name as shop,
      (select count(distinct o.id) from orders o join fulfilments f on f.order_id = o.id
        where ${ownedBy(staff, "f")} and ${toShip()})::int as "toShip",
      (select count(*) from returns r where ${ownedBy(staff, "r")} and r.status in ('requested', 'received'))::int as returns,
      ${staff.kind === "admin" ? sql`(select count(*) from refunds f where f.status in ('failed', 'reserved') and ${waitsForPerson()})::int` : sql`0`} as refunds,
      (select count(*) from orders o where o.status = 'pending' and exists (
        select from fulfilments f where f.order_id = o.id and ${ownedBy(staff, "f")}))::int as unpaid,
      (select count(*) from (
        select from inventory i where i.buckets = 1 and i.available <= i.low_stock_threshold and ${isListed(staff)}
        union all
        select from inventory i where i.buckets > 1 and ${isListed(staff)}
        group by i.variant_id having sum(i.available) <= max(i.low_stock_threshold)
        limit ${MOST_TOLD + 1}) low)::int as "lowStock",
      exists (select from products p where ${ownedBy(staff, "p")}) as "hasGoods",
      (select count(*) from reviews r join products p on p.id = r.product_id
        where r.status = 'pending' and ${ownedBy(staff, "p")})::int as reviews
    from users u left join owners w on w.user_id = u.id and ${staff.kind === "owner"}
    where u.id = ${staff.userId}`;
  // A live session without its user cannot be: the foreign key sees to it.
  if (!row) throw new Error("the user of a live session is gone");
  return row;
});

/** A row of counters (`i`) of a variant that the list of stock shows. */
const isListed = (staff: Staff): Fragment => sql`exists (
  select from variants v join products p on p.id = v.product_id
  where v.id = i.variant_id and v.is_active and p.status <> 'archived' and ${ownedBy(staff, "p")})`;
