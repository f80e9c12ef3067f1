/** Reads what of an order may be sent back: the same figures for the page that offers it and the service that decides. */
import { sql } from "drizzle-orm";
import type { Db, Tx } from "./client";

export interface ArrivedLine extends Record<string, unknown> {
  readonly orderLineId: string;
  readonly ownerId: string;
  /** Items that arrived, and of these the ones that are coming back or came back, by a return or without one. */
  readonly delivered: number;
  readonly inReturns: number;
  /** The return window runs from the delivery of the owner's part; it is open while parcels of it are on their way. */
  readonly isInTime: boolean;
  /** ISO moment of the window's end; null while it does not run yet. */
  readonly until: string | null;
}

/** The lines of an order in their order. */
export async function readArrived(on: Db | Tx, orderId: string): Promise<ArrivedLine[]> {
  return on.execute<ArrivedLine>(sql`
    SELECT l.id AS "orderLineId", l.owner_id AS "ownerId",
      CASE WHEN f.status = 'cancelled' THEN 0 ELSE COALESCE(parcels.items, 0) END::int AS delivered,
      (l.returned_quantity + COALESCE(back.items, 0))::int AS "inReturns",
      f.status <> 'delivered' OR window_end.at >= shop_now() AS "isInTime",
      CASE WHEN f.status = 'delivered' THEN window_end.at END::text AS until
    FROM order_lines l
    JOIN fulfilments f ON f.order_id = l.order_id AND f.owner_id = l.owner_id
    CROSS JOIN settings s
    CROSS JOIN LATERAL (SELECT max(p.delivered_at) + make_interval(days => s.return_window_days) AS at FROM shipments p
      WHERE p.fulfilment_id = f.id AND p.status = 'delivered') window_end
    CROSS JOIN LATERAL (SELECT sum(i.quantity) AS items FROM shipment_items i JOIN shipments p ON p.id = i.shipment_id
      WHERE i.order_line_id = l.id AND p.status = 'delivered') parcels
    CROSS JOIN LATERAL (SELECT sum(b.quantity) AS items FROM return_lines b JOIN returns r ON r.id = b.return_id
      WHERE b.order_line_id = l.id AND r.status IN ('requested', 'approved')) back
    WHERE l.order_id = ${orderId} ORDER BY l.position`);
}
