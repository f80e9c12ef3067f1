/** What became of an order since it was placed: its parts and their parcels, refunds, returns, and its invoices. */
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { readArrived } from "@/db/returnable";
import type { FulfilmentStatus, ShipmentStatus } from "@/lib/domain/orders";
import type { ReturnReason, ReturnStatus } from "@/lib/domain/returns";

export interface Parcel {
  readonly id: string;
  readonly status: ShipmentStatus;
  readonly carrier: string;
  readonly service: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly items: readonly { lineId: string; name: string; title: string; quantity: number }[];
}

/** One owner's part, with what of it is in no parcel. */
export interface Part {
  readonly id: string;
  readonly ownerName: string;
  readonly status: FulfilmentStatus;
  readonly lines: readonly {
    id: string;
    name: string;
    title: string;
    quantity: number;
    shipped: number;
    cancelled: number;
    returned: number;
  }[];
  readonly parcels: readonly Parcel[];
}

export interface Refund extends Record<string, unknown> {
  readonly id: string;
  readonly status: "reserved" | "pending" | "succeeded" | "failed";
  /** Minor units. */
  readonly amount: number;
  readonly reason: string;
  /** Set where no person asked for it. */
  readonly automatic: string | null;
  readonly createdAt: Date;
}

export interface OrderReturn extends Record<string, unknown> {
  readonly id: string;
  readonly number: string;
  readonly status: ReturnStatus;
  readonly note: string | null;
  readonly decisionNote: string | null;
  readonly ownerName: string;
  readonly createdAt: Date;
  /** By then the goods have to be back; set once it is approved. */
  readonly expiresAt: Date | null;
  /** Minor units; null while nothing is given back. */
  readonly amount: number | null;
  readonly lines: readonly {
    id: string;
    name: string;
    title: string;
    quantity: number;
    reason: ReturnReason;
    received: number;
  }[];
}

/** A line that may go back: how many pieces, and until when. */
export interface Returnable {
  readonly lineId: string;
  readonly left: number;
  readonly until: Date | null;
}

export interface InvoiceLink extends Record<string, unknown> {
  readonly number: string;
  readonly kind: "invoice" | "credit_note";
  readonly createdAt: Date;
}

export interface OrderAfter {
  readonly parts: readonly Part[];
  readonly refunds: readonly Refund[];
  readonly returns: readonly OrderReturn[];
  readonly returnable: readonly Returnable[];
  readonly invoices: readonly InvoiceLink[];
}

/** All of it for an order that the caller may see: whoever asks has found the order by `getOrder`. */
export async function readAfter(orderId: string): Promise<OrderAfter> {
  const [parts, refunds, returns, arrived, invoices] = await Promise.all([
    readParts(orderId),
    readRefunds(orderId),
    readReturns(orderId),
    readArrived(db, orderId),
    db.execute<InvoiceLink>(
      sql`SELECT number, kind, created_at AS "createdAt" FROM invoices WHERE order_id = ${orderId} ORDER BY kind, seq`,
    ),
  ]);
  return {
    parts,
    refunds,
    returns,
    returnable: arrived.flatMap(({ orderLineId, delivered, inReturns, isInTime, until }) =>
      isInTime && delivered > inReturns
        ? [{ lineId: orderLineId, left: delivered - inReturns, until: until ? new Date(until) : null }]
        : [],
    ),
    invoices: invoices.map((one) => ({ ...one, createdAt: new Date(one.createdAt) })),
  };
}

async function readParts(orderId: string): Promise<Part[]> {
  const rows = await db.execute<Part & Record<string, unknown>>(sql`
    SELECT f.id, w.name AS "ownerName", f.status,
      (SELECT json_agg(json_build_object('id', l.id, 'name', l.product_name, 'title', l.variant_title, 'quantity', l.quantity,
          'shipped', l.shipped_quantity, 'cancelled', l.cancelled_quantity, 'returned', l.returned_quantity) ORDER BY l.position)
        FROM order_lines l WHERE l.order_id = f.order_id AND l.owner_id = f.owner_id) AS lines,
      COALESCE((SELECT json_agg(json_build_object('id', s.id, 'status', s.status, 'carrier', s.carrier, 'service', s.service,
          'trackingNumber', s.tracking_number, 'trackingUrl', s.tracking_url, 'shippedAt', s.shipped_at,
          'deliveredAt', s.delivered_at, 'items', (
            SELECT json_agg(json_build_object('lineId', l.id, 'name', l.product_name, 'title', l.variant_title,
              'quantity', i.quantity) ORDER BY l.position)
            FROM shipment_items i JOIN order_lines l ON l.id = i.order_line_id WHERE i.shipment_id = s.id)
        ) ORDER BY s.created_at, s.id) FROM shipments s WHERE s.fulfilment_id = f.id), '[]'::json) AS parcels
    FROM fulfilments f JOIN owners w ON w.id = f.owner_id WHERE f.order_id = ${orderId} ORDER BY w.name, f.id`);
  const moment = (at: Date | null) => (at === null ? null : new Date(at));
  return rows.map((part) => ({
    ...part,
    parcels: part.parcels.map((parcel) => ({
      ...parcel,
      shippedAt: moment(parcel.shippedAt),
      deliveredAt: moment(parcel.deliveredAt),
    })),
  }));
}

// What the courier did not ask for never was the shopper's money, and a try that another one followed is no news.
async function readRefunds(orderId: string): Promise<Refund[]> {
  const rows = await db.execute<Refund>(sql`
    SELECT r.id, r.status, r.amount::float8 AS amount, r.reason, r.automatic, r.created_at AS "createdAt" FROM refunds r
    WHERE r.order_id = ${orderId} AND r.automatic IS DISTINCT FROM 'not_collected'
      AND NOT (r.status = 'failed' AND EXISTS (SELECT FROM refunds later WHERE later.payment_id = r.payment_id
        AND later.created_at > r.created_at AND later.amount = r.amount))
    ORDER BY r.created_at, r.id`);
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
}

async function readReturns(orderId: string): Promise<OrderReturn[]> {
  const rows = await db.execute<OrderReturn>(sql`
    SELECT r.id, r.number, r.status, r.note, r.decision_note AS "decisionNote", w.name AS "ownerName",
      r.created_at AS "createdAt", r.expires_at AS "expiresAt",
      (SELECT f.amount::float8 FROM refunds f WHERE f.id = r.refund_id) AS amount,
      (SELECT json_agg(json_build_object('id', l.id, 'name', l.product_name, 'title', l.variant_title, 'quantity', b.quantity,
        'reason', b.reason, 'received', b.restocked_quantity + b.written_off_quantity) ORDER BY l.position)
        FROM return_lines b JOIN order_lines l ON l.id = b.order_line_id WHERE b.return_id = r.id) AS lines
    FROM returns r JOIN owners w ON w.id = r.owner_id WHERE r.order_id = ${orderId} ORDER BY r.created_at DESC, r.id`);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    expiresAt: row.expiresAt && new Date(row.expiresAt),
  }));
}
