/** Books of stock: movements, counters and holds (I1, I2, I3, I6). */
import type { Check } from "./check";

export const stock: readonly Check[] = [
  {
    invariant: "I1",
    title: "counters are the sums of their movements",
    reads: ["inventory", "stock_movements"],
    sql: `SELECT 'inventory' AS subject, COALESCE(i.variant_id, m.variant_id) || '/' || COALESCE(i.bucket, m.bucket) AS id,
        format('on hand %s, reserved %s; its movements sum to %s and %s',
          COALESCE(i.on_hand::text, 'missing'), COALESCE(i.reserved::text, 'missing'), COALESCE(m.h, 0), COALESCE(m.r, 0)) AS message
      FROM inventory i
      FULL JOIN (SELECT variant_id, bucket, sum(on_hand_delta) AS h, sum(reserved_delta) AS r
        FROM stock_movements GROUP BY 1, 2) m ON m.variant_id = i.variant_id AND m.bucket = i.bucket
      WHERE (i.on_hand, i.reserved) IS DISTINCT FROM (COALESCE(m.h, 0)::int, COALESCE(m.r, 0)::int)`,
  },
  {
    invariant: "I1",
    title: "what is reserved is what live holds hold",
    reads: ["inventory", "stock_reservations"],
    sql: `SELECT 'inventory' AS subject, COALESCE(i.variant_id, r.variant_id) || '/' || COALESCE(i.bucket, r.bucket) AS id,
        format('reserved %s; live holds sum to %s', COALESCE(i.reserved, 0), COALESCE(r.q, 0)) AS message
      FROM inventory i
      FULL JOIN (SELECT variant_id, bucket, sum(quantity) AS q FROM stock_reservations WHERE status = 'active' GROUP BY 1, 2) r
        ON r.variant_id = i.variant_id AND r.bucket = i.bucket
      WHERE COALESCE(i.reserved, 0) <> COALESCE(r.q, 0)`,
  },
  {
    invariant: "I1",
    title: "an order's movements are those of its holds",
    reads: ["stock_movements", "stock_reservations"],
    // Released holds were reserved and let go, sold ones reserved and sold, live ones reserved: each once.
    sql: `SELECT 'stock_reservations' AS subject, order_id || '/' || variant_id AS id,
        format('held %s, let go %s, sold %s; its movements say %s, %s, %s', sum(held), sum(freed), sum(bought), sum(m_held), sum(m_freed), sum(m_bought)) AS message
      FROM (
        SELECT order_id, variant_id, 0 AS held, 0 AS freed, 0 AS bought,
          CASE kind WHEN 'reserve' THEN reserved_delta ELSE 0 END AS m_held,
          CASE kind WHEN 'release' THEN -reserved_delta ELSE 0 END AS m_freed,
          CASE kind WHEN 'sale' THEN -on_hand_delta ELSE 0 END AS m_bought
        FROM stock_movements WHERE order_id IS NOT NULL AND kind IN ('reserve', 'release', 'sale')
        UNION ALL
        SELECT order_id, variant_id, quantity, CASE status WHEN 'released' THEN quantity ELSE 0 END,
          CASE status WHEN 'committed' THEN quantity ELSE 0 END, 0, 0, 0
        FROM stock_reservations
      ) both_sides GROUP BY order_id, variant_id
      HAVING sum(held) <> sum(m_held) OR sum(freed) <> sum(m_freed) OR sum(bought) <> sum(m_bought)`,
  },
  {
    invariant: "I2",
    title: "0 ≤ reserved ≤ on hand, or within the backorder's limit",
    reads: ["inventory"],
    sql: `SELECT 'inventory' AS subject, variant_id || '/' || bucket AS id,
        format('on hand %s, reserved %s%s', on_hand, reserved, CASE WHEN backorder THEN ', on backorder down to ' || COALESCE((-backorder_limit)::text, 'any') ELSE '' END) AS message
      FROM inventory
      WHERE reserved < 0 OR (NOT backorder AND (on_hand < 0 OR reserved > on_hand))
        OR (backorder AND on_hand - reserved < -backorder_limit)`,
  },
  {
    invariant: "I3",
    title: "a variant sold no more than it received",
    reads: ["stock_movements", "inventory"],
    sql: `SELECT 'variants' AS subject, m.variant_id::text AS id, format('sold %s of %s received', m.sold, m.received) AS message
      FROM (SELECT variant_id, -sum(on_hand_delta) FILTER (WHERE kind = 'sale') AS sold,
          COALESCE(sum(on_hand_delta) FILTER (WHERE kind <> 'sale'), 0) AS received
        FROM stock_movements GROUP BY 1) m
      WHERE m.sold > m.received
        AND NOT EXISTS (SELECT FROM inventory i WHERE i.variant_id = m.variant_id AND i.backorder)`,
  },
  {
    invariant: "I3",
    title: "an order sold what its lines say, and took back no more",
    reads: ["order_lines", "orders", "stock_reservations", "stock_movements"],
    sql: `SELECT 'order_lines' AS subject, l.id::text AS id,
        format('order %s is %s: %s ordered, %s sold, %s came back', o.number, o.status, l.quantity, COALESCE(r.sold, 0), COALESCE(b.back, 0)) AS message
      FROM order_lines l
      JOIN orders o ON o.id = l.order_id
      LEFT JOIN (SELECT order_id, variant_id, sum(quantity) AS sold FROM stock_reservations WHERE status = 'committed' GROUP BY 1, 2) r
        ON r.order_id = l.order_id AND r.variant_id = l.variant_id
      LEFT JOIN (SELECT order_id, variant_id, sum(on_hand_delta) AS back FROM stock_movements
        WHERE kind = 'return' AND order_id IS NOT NULL GROUP BY 1, 2) b
        ON b.order_id = l.order_id AND b.variant_id = l.variant_id
      WHERE COALESCE(b.back, 0) > COALESCE(r.sold, 0)
        OR CASE o.status WHEN 'pending' THEN COALESCE(r.sold, 0) <> 0
          WHEN 'cancelled' THEN COALESCE(r.sold, 0) NOT IN (0, l.quantity)
          ELSE COALESCE(r.sold, 0) <> l.quantity END`,
  },
  {
    invariant: "I6",
    title: "a live hold belongs to an order that waits",
    reads: ["stock_reservations", "orders"],
    sql: `SELECT 'stock_reservations' AS subject, r.id::text AS id,
        format('holds %s for order %s, which is %s', r.quantity, COALESCE(o.number, r.order_id::text), COALESCE(o.status::text, 'gone')) AS message
      FROM stock_reservations r LEFT JOIN orders o ON o.id = r.order_id
      WHERE r.status = 'active' AND o.status IS DISTINCT FROM 'pending'`,
  },
  {
    invariant: "I6",
    title: "an order that waits holds what it wants",
    reads: ["orders", "order_lines", "stock_reservations"],
    sql: `SELECT 'order_lines' AS subject, l.id::text AS id,
        format('order %s waits for %s and holds %s', o.number, l.quantity, COALESCE(r.q, 0)) AS message
      FROM orders o JOIN order_lines l ON l.order_id = o.id
      LEFT JOIN LATERAL (SELECT sum(quantity) AS q FROM stock_reservations s
        WHERE s.order_id = l.order_id AND s.variant_id = l.variant_id AND s.status = 'active') r ON true
      WHERE o.status = 'pending' AND COALESCE(r.q, 0) <> l.quantity`,
  },
  {
    invariant: "I6",
    title: "no hold and no waiting order outlives its window",
    reads: ["stock_reservations", "orders"],
    timed: true,
    sql: `SELECT 'stock_reservations' AS subject, r.id::text AS id, format('should have ended at %s', r.expires_at) AS message
      FROM stock_reservations r WHERE r.status = 'active' AND r.expires_at < shop_now() - interval '20 minutes'
      UNION ALL
      SELECT 'orders', o.id::text, format('order %s should have expired at %s', o.number, o.expires_at)
      FROM orders o WHERE o.status = 'pending' AND o.expires_at < shop_now() - interval '20 minutes'`,
  },
];
