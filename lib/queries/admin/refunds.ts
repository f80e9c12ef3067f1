/** An order's refunds in the back office, and what of its payment may still be given back. For admins. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import type { RefundStatus } from "@/lib/domain/payments";
import type { Fragment } from "./scope";

export interface StaffRefund {
  readonly id: string;
  readonly status: RefundStatus;
  /** Minor units; the shipping is a part of the amount. */
  readonly amount: number;
  readonly shipping: number;
  readonly reason: string;
  readonly failure: string | null;
  /** Who asked for it; null where the shop did by itself. */
  readonly by: string | null;
  /** By whoever asks. */
  readonly isMine: boolean;
  readonly at: Date;
  readonly pieces: readonly { name: string; title: string; quantity: number; restock: boolean }[];
  /** Cash goes back by hand, and a person records that it did. */
  readonly byHand: boolean;
  readonly canTryAgain: boolean;
}

export interface Refundable {
  /** Minor units: what of the payment is neither given back nor disputed. */
  readonly left: number;
  /** What is left of the shipping, its tax included. */
  readonly shipping: number;
  readonly disputed: number;
  readonly lines: readonly {
    id: string;
    name: string;
    title: string;
    /** Pieces that were not refunded yet, and what they cost together. */
    pieces: number;
    left: number;
  }[];
}

/** Null for owners: the whole order's money is none of theirs, and while nothing was paid there is none. */
export async function getRefundable(staff: Staff, orderId: string): Promise<Refundable | null> {
  if (staff.kind !== "admin") return null;
  const [row] = await sql<Refundable[]>`
    select (p.amount - p.refunded - d.disputed)::float8 as left, d.disputed::float8 as disputed,
      (o.shipping + case when o.prices_include_tax then 0 else o.shipping_tax end
        - (coalesce(r.amount, 0) - l.refunded))::float8 as shipping, l.lines
    from orders o
    join lateral (
      select p.* from payments p where p.order_id = o.id and p.status = 'paid'
        and exists (select from ledger_transactions t where t.kind = 'captured' and t.source_id = p.id::text)
      order by p.created_at limit 1) p on true
    cross join lateral (select coalesce(sum(d.amount), 0) as disputed from disputes d
      where d.payment_id = p.id and d.status in ('open', 'lost')) d
    cross join lateral (select sum(f.amount) as amount from refunds f
      where f.payment_id = p.id and f.status <> 'failed') r
    cross join lateral (select sum(l.refunded_amount) as refunded, json_agg(json_build_object('id', l.id,
      'name', l.product_name, 'title', l.variant_title, 'pieces', l.quantity - l.refunded_quantity,
      'left', l.total - l.refunded_amount) order by l.position) as lines from order_lines l where l.order_id = o.id) l
    where o.id = ${orderId}`;
  return row ? { ...row, left: Math.max(0, row.left) } : null;
}

/** The refunds of an order, the newest first; owners see none. */
export async function listRefunds(staff: Staff, orderId: string): Promise<StaffRefund[]> {
  if (staff.kind !== "admin") return [];
  const rows = await sql<(Omit<StaffRefund, "at"> & { at: string })[]>`
    select f.id, f.status, f.amount::float8 as amount, f.shipping::float8 as shipping, f.reason,
      f.failure_code as failure, coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) as by,
      coalesce(f.requested_by = ${staff.userId}, false) as "isMine",
      f.created_at as at, ${isByHand()} as "byHand", ${canTryAgain()} as "canTryAgain",
      coalesce((select json_agg(json_build_object('name', l.product_name, 'title', l.variant_title, 'quantity', b.quantity,
        'restock', b.restock) order by l.position) from refund_lines b join order_lines l on l.id = b.order_line_id
        where b.refund_id = f.id and b.quantity > 0), '[]'::json) as pieces
    from refunds f left join users u on u.id = f.requested_by
    where f.order_id = ${orderId} order by f.created_at desc, f.id desc`;
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** Of refunds as `f`: cash waits for a person to hand it back. */
export const isByHand = (): Fragment => sql`(f.status = 'reserved'
  and exists (select from payments p where p.id = f.payment_id and p.provider = 'manual'))`;

/** It failed, and was not tried again. */
export const canTryAgain = (): Fragment => sql`(f.status = 'failed' and not exists (select from order_events e
  where e.order_id = f.order_id and e.kind = 'refund_requested' and e.data ->> 'again' = f.id::text))`;

/** A person has to see to it, and there still is something to give back. */
export const waitsForPerson = (): Fragment => sql`(${isByHand()} or (${canTryAgain()} and exists (
  select from payments p where p.id = f.payment_id and p.amount - p.refunded >= f.amount)))`;
