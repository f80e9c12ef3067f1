/** Books of statuses: each was reached by legal steps, and each step left its traces (I9). */
import { fulfilmentStatus } from "../schema/fulfilments";
import { orderStatus } from "../schema/orders";
import type { Check } from "./check";

/**
 * A number per status of which sums are unique: steps that lead from nowhere to a status add up to its number, in
 * whatever order they are read, because all others were entered as often as they were left. `zero` is where it starts.
 */
function weight(column: string, statuses: readonly string[], zero: string): string {
  const cases = statuses
    .filter((status) => status !== zero)
    .map((status, i) => `WHEN '${status}' THEN ${32 ** i}`);
  return `CASE ${column} ${cases.join(" ")} WHEN '${zero}' THEN 0 ELSE ${column === "from_status" ? "0" : "-1"} END`;
}

const steps = (statuses: readonly string[], zero: string) =>
  `sum(${weight("to_status", statuses, zero)} - ${weight("from_status", statuses, zero)})`;
const ofOrder = orderStatus.enumValues;
const ofPart = fulfilmentStatus.enumValues;

export const statuses: readonly Check[] = [
  {
    invariant: "I9",
    title: "an order's events lead to its status, and its stamps are theirs",
    reads: ["orders", "order_events"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s is %s; its events (%s) lead elsewhere or its stamps are not theirs', o.number, o.status,
        COALESCE((SELECT string_agg(x.to_status, ', ' ORDER BY x.id) FROM order_events x WHERE x.order_id = o.id AND x.machine = 'order'), 'none')) AS message
      FROM orders o
      LEFT JOIN (SELECT order_id, ${steps(ofOrder, "new")} AS way,
          bool_or(to_status = 'confirmed') AS confirmed, bool_or(to_status = 'shipped') AS shipped, bool_or(to_status = 'delivered') AS delivered,
          bool_or(to_status = 'completed') AS completed, bool_or(to_status = 'cancelled') AS cancelled
        FROM order_events WHERE machine = 'order' AND to_status IS DISTINCT FROM from_status GROUP BY 1) e ON e.order_id = o.id
      WHERE e.way IS DISTINCT FROM ${weight("o.status::text", ofOrder, "new")}
        OR (o.confirmed_at IS NOT NULL, o.shipped_at IS NOT NULL, o.delivered_at IS NOT NULL, o.completed_at IS NOT NULL) IS DISTINCT FROM
          (e.confirmed, e.shipped, e.delivered, e.completed)
        OR (o.cancelled_at IS NULL AND o.status = 'cancelled') OR (o.cancelled_at IS NOT NULL AND NOT e.cancelled)`,
  },
  {
    invariant: "I9",
    title: "every step of every machine is a legal one",
    reads: ["order_events", "status_transitions"],
    sql: `SELECT 'order_events' AS subject, e.id::text AS id, format('%s of order %s went from %s to %s', e.machine, e.order_id, COALESCE(e.from_status, 'new'), e.to_status) AS message
      FROM order_events e
      LEFT JOIN status_transitions s ON s.machine = e.machine AND s.from_status = COALESCE(e.from_status, 'new') AND s.to_status = e.to_status
      WHERE e.machine IS NOT NULL AND e.to_status IS NOT NULL AND s.machine IS NULL`,
  },
  {
    invariant: "I9",
    title: "a part's events lead to its status",
    reads: ["fulfilments", "order_events", "orders"],
    // A cancel of the whole order takes its open parts along.
    sql: `SELECT 'fulfilments' AS subject, f.id::text AS id, format('part of order %s is %s; its events lead elsewhere', o.number, f.status) AS message
      FROM fulfilments f JOIN orders o ON o.id = f.order_id
      LEFT JOIN (SELECT order_id, owner_id, ${steps(ofPart, "open")} AS way FROM order_events
        WHERE machine = 'fulfilment' AND to_status IS DISTINCT FROM from_status GROUP BY 1, 2) e ON e.order_id = f.order_id AND e.owner_id = f.owner_id
      WHERE COALESCE(e.way, 0) <> ${weight("f.status::text", ofPart, "open")}
        AND NOT (f.status = 'cancelled' AND o.cancelled_at IS NOT NULL AND COALESCE(e.way, 0) IN (0, 1, 32))`,
  },
  {
    invariant: "I9",
    title: "an order stands where its parts stand",
    reads: ["orders", "fulfilments"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s is %s; of its parts %s are open, %s packed, %s shipped, %s delivered, %s cancelled',
        o.number, o.status, f.open, f.processing, f.shipped, f.delivered, f.cancelled) AS message
      FROM orders o
      JOIN (SELECT order_id, count(*) FILTER (WHERE status = 'open') AS open, count(*) FILTER (WHERE status = 'processing') AS processing,
          count(*) FILTER (WHERE status = 'shipped') AS shipped, count(*) FILTER (WHERE status = 'delivered') AS delivered,
          count(*) FILTER (WHERE status = 'cancelled') AS cancelled
        FROM fulfilments GROUP BY 1) f ON f.order_id = o.id
      WHERE CASE o.status WHEN 'pending' THEN processing + shipped + delivered + cancelled > 0
        WHEN 'cancelled' THEN f.open + processing > 0
        ELSE CASE o.status WHEN 'completed' THEN 'delivered' ELSE o.status::text END IS DISTINCT FROM
          CASE WHEN f.open + processing + shipped + delivered = 0 THEN 'cancelled' WHEN f.open + processing + shipped = 0 THEN 'delivered'
            WHEN f.open + processing = 0 THEN 'shipped' WHEN processing + shipped + delivered = 0 THEN 'confirmed' ELSE 'processing' END END`,
  },
  {
    invariant: "I9",
    title: "a part that was sent has all its goods in parcels",
    reads: ["fulfilments", "order_lines", "orders"],
    sql: `SELECT 'fulfilments' AS subject, f.id::text AS id, format('part of order %s is %s; %s of its %s items are in parcels, %s taken off', o.number, f.status, l.shipped, l.quantity, l.cancelled) AS message
      FROM fulfilments f JOIN orders o ON o.id = f.order_id
      JOIN (SELECT order_id, owner_id, sum(quantity) AS quantity, sum(shipped_quantity) AS shipped, sum(cancelled_quantity) AS cancelled
        FROM order_lines GROUP BY 1, 2) l ON l.order_id = f.order_id AND l.owner_id = f.owner_id
      WHERE CASE WHEN f.status IN ('shipped', 'delivered') THEN l.shipped + l.cancelled <> l.quantity WHEN f.status = 'open' THEN l.shipped > 0 ELSE false END`,
  },
  {
    invariant: "I9",
    title: "a line counts the items that its parcels hold",
    reads: ["order_lines", "shipment_items", "shipments", "fulfilments"],
    // What a parcel that was lost or came back held may be counted or sent anew.
    sql: `SELECT 'order_lines' AS subject, l.id::text AS id, format('%s shipped; parcels hold %s', l.shipped_quantity, COALESCE(i.most, 0)) AS message
      FROM order_lines l
      LEFT JOIN (SELECT x.order_line_id, sum(x.quantity) AS most, sum(x.quantity) FILTER (WHERE s.status NOT IN ('lost', 'returned')) AS least
        FROM shipment_items x JOIN shipments s ON s.id = x.shipment_id GROUP BY 1) i ON i.order_line_id = l.id
      WHERE l.shipped_quantity NOT BETWEEN COALESCE(i.least, 0) AND COALESCE(i.most, 0)`,
  },
  {
    invariant: "I9",
    title: "a parcel's goods belong to its part",
    reads: ["shipments", "shipment_items", "order_lines", "fulfilments"],
    sql: `SELECT 'shipments' AS subject, s.id::text AS id, format('holds line %s, which is of another part', i.order_line_id) AS message
      FROM shipments s JOIN fulfilments f ON f.id = s.fulfilment_id JOIN shipment_items i ON i.shipment_id = s.id JOIN order_lines l ON l.id = i.order_line_id
      WHERE l.order_id <> f.order_id OR l.owner_id <> f.owner_id
      UNION ALL
      SELECT 'shipments', s.id::text, 'is empty' FROM shipments s WHERE NOT EXISTS (SELECT FROM shipment_items i WHERE i.shipment_id = s.id)`,
  },
  {
    invariant: "I9",
    title: "a parcel's status left its traces",
    reads: ["shipments", "order_events", "fulfilments"],
    sql: `SELECT 'shipments' AS subject, s.id::text AS id, format('is %s; sent at %s, arrived at %s; told as sent: %s, as arrived: %s', s.status,
        COALESCE(s.shipped_at::text, 'no time'), COALESCE(s.delivered_at::text, 'no time'), COALESCE(e.sent, false), COALESCE(e.delivered, false)) AS message
      FROM shipments s
      LEFT JOIN (SELECT data ->> 'shipmentId' AS id, bool_or(kind = 'parcel_sent') AS sent, bool_or(kind = 'parcel_delivered') AS delivered,
          bool_or(kind = 'parcel_lost') AS lost, bool_or(kind = 'parcel_returned') AS returned
        FROM order_events WHERE kind IN ('parcel_sent', 'parcel_delivered', 'parcel_lost', 'parcel_returned') GROUP BY 1) e ON e.id = s.id::text
      WHERE s.status <> 'packed' AND (s.shipped_at IS NULL OR e.sent IS NOT TRUE)
        OR (s.status = 'delivered') IS DISTINCT FROM (s.delivered_at IS NOT NULL)
        OR (s.status = 'delivered') IS DISTINCT FROM COALESCE(e.delivered, false)
        OR (s.status = 'lost') IS DISTINCT FROM COALESCE(e.lost, false)
        OR (s.status = 'returned') IS DISTINCT FROM COALESCE(e.returned, false)`,
  },
  {
    invariant: "I9",
    title: "a part that arrived has no parcel on its way",
    reads: ["fulfilments", "shipments"],
    sql: `SELECT 'shipments' AS subject, s.id::text AS id, format('is %s, its part is delivered', s.status) AS message
      FROM shipments s JOIN fulfilments f ON f.id = s.fulfilment_id
      WHERE f.status = 'delivered' AND s.status IN ('packed', 'shipped')`,
  },
  {
    invariant: "I9",
    title: "a refund's status has its postings",
    reads: ["refunds", "ledger_transactions"],
    sql: `SELECT 'refunds' AS subject, r.id::text AS id, format('is %s; posted: %s', r.status, COALESCE(t.kinds, 'nothing')) AS message
      FROM refunds r
      LEFT JOIN (SELECT source_id, string_agg(kind, ', ' ORDER BY kind) AS kinds, bool_or(kind = 'refund_requested') AS asked, bool_or(kind = 'refund_succeeded') AS done,
          bool_or(kind = 'refund_reversed') AS undone, bool_or(kind = 'refund_request_reversed') AS withdrawn
        FROM ledger_transactions WHERE kind LIKE 'refund%' GROUP BY 1) t ON t.source_id = r.id::text
      WHERE CASE r.status WHEN 'succeeded' THEN t.done IS NOT TRUE OR t.undone OR t.withdrawn
        WHEN 'failed' THEN COALESCE(t.done, false) <> COALESCE(t.undone, false) OR COALESCE(t.asked, false) <> COALESCE(t.withdrawn, false)
        ELSE t.done IS TRUE OR t.withdrawn IS TRUE END`,
  },
  {
    invariant: "I9",
    title: "an order in dispute is marked and its dispute is posted",
    reads: ["disputes", "orders", "payments"],
    sql: `SELECT 'disputes' AS subject, d.id::text AS id, format('is %s; order %s is %smarked', d.status, o.number, CASE WHEN o.is_disputed THEN '' ELSE 'not ' END) AS message
      FROM disputes d JOIN orders o ON o.id = d.order_id JOIN payments p ON p.id = d.payment_id
      WHERE (d.status = 'open' AND NOT o.is_disputed) OR p.order_id <> d.order_id OR p.status <> 'paid'`,
  },
  {
    invariant: "I9",
    title: "a return is of its order's goods, refunded there, and its pieces are counted",
    reads: ["returns", "refunds", "return_lines", "order_lines", "order_events"],
    sql: `SELECT 'returns' AS subject, x.id::text AS id, format('%s is %s; its refund is missing, or that or a line of it is of another order', x.number, x.status) AS message
      FROM returns x LEFT JOIN refunds r ON r.id = x.refund_id
      WHERE r.order_id <> x.order_id OR (x.refund_id IS NOT NULL AND x.status <> 'refunded')
        OR (x.status = 'refunded' AND x.refund_id IS NULL AND NOT EXISTS (SELECT FROM order_events v
          WHERE v.order_id = x.order_id AND v.kind = 'return_refunded' AND v.data ->> 'returnId' = x.id::text AND v.data ->> 'amount' = '0'))
        OR EXISTS (SELECT FROM return_lines n JOIN order_lines l ON l.id = n.order_line_id WHERE n.return_id = x.id AND (l.order_id <> x.order_id OR l.owner_id <> x.owner_id))
      UNION ALL
      SELECT 'order_lines', l.id::text, format('%s came back in returns, %s are counted', n.back, l.returned_quantity)
      FROM order_lines l JOIN (SELECT order_line_id, sum(restocked_quantity + written_off_quantity) AS back FROM return_lines GROUP BY 1) n ON n.order_line_id = l.id
      WHERE n.back > l.returned_quantity`,
  },
];
