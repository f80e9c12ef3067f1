/** Returns in the back office: a list and one of them. Owners see those of their own goods. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import {
  type Direction,
  type ReturnSort,
  type ReturnView,
  returnDirection,
  returnViews,
} from "@/lib/domain/back-office";
import { can } from "@/lib/domain/machine";
import { type ReturnReason, type ReturnStatus, returnMachine } from "@/lib/domain/returns";
import { contains, type Fragment, limited, ownedBy, type Page, pagesOf, wayOf } from "./scope";

export interface ReturnRow {
  readonly number: string;
  readonly orderNumber: string;
  readonly status: ReturnStatus;
  readonly createdAt: Date;
  /** Of the delivery address. */
  readonly customer: string;
  readonly ownerName: string;
  readonly pieces: number;
  /** Of the first line. */
  readonly name: string;
}

export interface ReturnQuery extends Page {
  /** Part of a return's or an order's number, or of a name. */
  readonly search: string;
  readonly view: ReturnView;
  readonly sort: ReturnSort;
  readonly dir?: Direction | "";
}

const conditions: Record<ReturnView, string> = {
  "to-do": "r.status IN ('requested', 'received')",
  coming: "r.status = 'approved'",
  ended: "r.status IN ('refunded', 'rejected', 'withdrawn', 'expired')",
  every: "true",
};

/** One page of returns, with how many each view holds. */
export async function listReturns(staff: Staff, query: ReturnQuery) {
  const found = query.search
    ? sql`(${contains(sql`r.number`, query.search)} or ${contains(sql`o.number`, query.search)}
        or ${contains(sql`coalesce(a.name, '')`, query.search)})`
    : sql`true`;
  const from: Fragment = sql`
    from returns r join orders o on o.id = r.order_id join owners w on w.id = r.owner_id
    left join order_addresses a on a.order_id = o.id and a.kind = 'shipping' and a.replaced_at is null
    where ${ownedBy(staff, "r")} and ${found}`;
  const way = wayOf(query, returnDirection);
  const [rows, [counts]] = await Promise.all([
    sql<(Omit<ReturnRow, "createdAt"> & { createdAt: string })[]>`
      with found as (
        select r.id, r.number, o.number as "orderNumber", r.status, r.created_at as "createdAt",
          coalesce(a.name, '') as customer, w.name as "ownerName"
        ${from} and ${sql.unsafe(conditions[query.view])} order by r.created_at ${way}, r.id ${way} ${limited(query)})
      select f.*, goods.pieces, goods.name from found f cross join lateral (
        select sum(b.quantity)::int as pieces, (array_agg(l.product_name order by l.position))[1] as name
        from return_lines b join order_lines l on l.id = b.order_line_id where b.return_id = f.id) goods
      order by f."createdAt" ${way}, f.id ${way}`,
    sql<Record<ReturnView, number>[]>`
      select ${sql.unsafe(returnViews.map((view) => `count(*) filter (where ${conditions[view]})::int as "${view}"`).join(", "))}
      ${from}`,
  ]);
  const views = counts ?? { "to-do": 0, coming: 0, ended: 0, every: 0 };
  return {
    rows: rows.map(({ createdAt, ...row }): ReturnRow => ({ ...row, createdAt: new Date(createdAt) })),
    counts: views,
    pages: pagesOf(views[query.view], query),
  };
}

export interface StaffReturnLine {
  readonly orderLineId: string;
  readonly name: string;
  readonly title: string;
  readonly sku: string;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
  readonly reason: ReturnReason;
  readonly quantity: number;
  readonly restocked: number;
  readonly writtenOff: number;
  /** What a piece of it cost after discount, in minor units. */
  readonly paid: number;
  /** Minor units that are given back for what came of it: its price, less what went back otherwise meanwhile. */
  readonly due: number;
}

export interface StaffReturn {
  readonly id: string;
  readonly number: string;
  readonly orderNumber: string;
  readonly status: ReturnStatus;
  readonly ownerName: string;
  readonly currency: string;
  readonly paymentMethod: string;
  readonly note: string | null;
  readonly decisionNote: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly customer: string;
  /** Minor units; null while nothing is given back. */
  readonly amount: number | null;
  readonly refundStatus: string | null;
  /** What is left of the order's shipping, its tax included; for an admin, who may give it back. */
  readonly shipping: number | null;
  readonly lines: readonly StaffReturnLine[];
  readonly can: { readonly decide: boolean; readonly receive: boolean; readonly refund: boolean };
}

/** Of an order as `o`: what was given back and is no line's was shipping. */
const shippingLeft = () => sql`(o.shipping + case when o.prices_include_tax then 0 else o.shipping_tax end
  - coalesce((select sum(f.amount) from refunds f where f.order_id = o.id and f.status <> 'failed'), 0)
  + (select sum(l.refunded_amount) from order_lines l where l.order_id = o.id))::float8`;

/** The return of that number; null for unknown ones and for other owners' goods alike. */
export async function getStaffReturn(staff: Staff, number: string): Promise<StaffReturn | null> {
  const [row] = await sql<
    (Omit<StaffReturn, "can" | "createdAt" | "expiresAt"> & { createdAt: string; expiresAt: string | null })[]
  >`
    select r.id, r.number, o.number as "orderNumber", r.status, w.name as "ownerName", o.currency,
      o.payment_method as "paymentMethod", r.note, r.decision_note as "decisionNote", r.created_at as "createdAt",
      r.expires_at as "expiresAt", coalesce(a.name, '') as customer, f.amount::float8 as amount, f.status as "refundStatus",
      ${staff.kind === "admin" ? shippingLeft() : sql`null::float8`} as shipping,
      (select json_agg(json_build_object('orderLineId', l.id, 'name', l.product_name, 'title', l.variant_title, 'sku', l.sku,
          'imageKey', l.image_key, 'imageBackdrop', l.image_backdrop, 'reason', b.reason, 'quantity', b.quantity,
          'restocked', b.restocked_quantity, 'writtenOff', b.written_off_quantity,
          'paid', round(l.total::numeric / l.quantity), 'due', greatest(0, round(l.total::numeric * least(l.quantity,
            l.refunded_quantity + b.restocked_quantity + b.written_off_quantity) / l.quantity) - l.refunded_amount))
          order by l.position)
        from return_lines b join order_lines l on l.id = b.order_line_id where b.return_id = r.id) as lines
    from returns r join orders o on o.id = r.order_id join owners w on w.id = r.owner_id
    left join refunds f on f.id = r.refund_id
    left join order_addresses a on a.order_id = o.id and a.kind = 'shipping' and a.replaced_at is null
    where r.number = ${number.toUpperCase()} and ${ownedBy(staff, "r")}`;
  if (!row) return null;
  const may = (verb: "approve" | "receive" | "refund") => can(returnMachine, verb, row.status, staff.kind);
  return {
    ...row,
    createdAt: new Date(row.createdAt),
    expiresAt: row.expiresAt === null ? null : new Date(row.expiresAt),
    can: { decide: may("approve"), receive: may("receive"), refund: may("refund") },
  };
}
