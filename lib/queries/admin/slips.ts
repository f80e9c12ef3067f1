/** Packing slips: what goes into the parcels of an order, one slip for each seller's part. */
import { sql } from "@/db/client";
import type { AddressFields } from "@/db/schema/checkout";
import type { Staff } from "@/lib/domain/actors";
import { addressLines } from "@/lib/domain/addresses";
import type { Slip, SlipLine } from "@/lib/domain/slips";
import { ownedBy } from "./scope";

type Row = Omit<Slip, "placedAt" | "to"> & { placedAt: string; to: AddressFields | null; lines: SlipLine[] };

/** The slips of these orders, the oldest order first; owners get their own parts. */
export async function listSlips(staff: Staff, orderIds: readonly string[]): Promise<Slip[]> {
  if (orderIds.length === 0) return [];
  const rows = await sql<Row[]>`
    select o.number, o.placed_at as "placedAt", w.name as seller, o.shipping_rate_name as delivery, o.note, goods.lines,
      (select json_build_object('name', a.name, 'company', a.company, 'line1', a.line1, 'line2', a.line2, 'city', a.city,
        'region', a.region, 'postalCode', a.postal_code, 'country', a.country, 'phone', a.phone)
        from order_addresses a where a.order_id = o.id and a.kind = 'shipping' and a.replaced_at is null) as "to"
    from orders o join fulfilments f on f.order_id = o.id join owners w on w.id = f.owner_id
    cross join lateral (
      select json_agg(json_build_object('name', l.product_name, 'title', l.variant_title, 'sku', l.sku,
        'pieces', l.quantity - l.cancelled_quantity, 'sent', l.shipped_quantity) order by l.position) as lines
      from order_lines l where l.order_id = f.order_id and l.owner_id = f.owner_id and l.quantity > l.cancelled_quantity) goods
    where o.id in ${sql(orderIds)} and ${ownedBy(staff, "f")} and f.status <> 'cancelled' and goods.lines is not null
    order by o.placed_at, o.id, w.name`;
  return rows.map((row) => ({
    ...row,
    placedAt: new Date(row.placedAt),
    to: row.to ? addressLines(row.to) : [],
  }));
}
