/** Reads the books for tests: what must hold after anything that happened. */
import { sql } from "drizzle-orm";
import { db } from "../client";

/** Every way in which the books are wrong, a sentence each; an empty list is right. */
export async function wrongInTheBooks(): Promise<string[]> {
  const checks = [
    sql`SELECT 'counters of ' || i.variant_id || ' differ from their movements' AS wrong FROM inventory i
      LEFT JOIN (SELECT variant_id, bucket, sum(on_hand_delta) AS h, sum(reserved_delta) AS r FROM stock_movements GROUP BY 1, 2) m
      USING (variant_id, bucket) WHERE (i.on_hand, i.reserved) IS DISTINCT FROM (COALESCE(m.h, 0), COALESCE(m.r, 0))`,
    sql`SELECT 'reserved of ' || i.variant_id || ' differs from live reservations' AS wrong FROM inventory i
      LEFT JOIN (SELECT variant_id, bucket, sum(quantity) AS q FROM stock_reservations WHERE status = 'active' GROUP BY 1, 2) r
      USING (variant_id, bucket) WHERE i.reserved <> COALESCE(r.q, 0)`,
    sql`SELECT 'oversold ' || variant_id AS wrong FROM inventory WHERE on_hand < reserved OR reserved < 0`,
    sql`SELECT 'ledger transaction ' || transaction_id || ' is off' AS wrong FROM ledger_entries GROUP BY transaction_id HAVING sum(amount) <> 0`,
    sql`SELECT 'order ' || number || ': money in and out differs from the ledger' AS wrong FROM orders o
      LEFT JOIN (SELECT t.order_id, sum(e.amount) AS net FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
        WHERE e.account IN ('clearing', 'cod_receivable', 'bank') GROUP BY 1) l ON l.order_id = o.id
      WHERE o.captured - o.refunded <> COALESCE(l.net, 0)`,
    sql`SELECT 'order ' || number || ' is cancelled and kept money' AS wrong FROM orders o WHERE status = 'cancelled'
      AND captured > refunded + COALESCE((SELECT sum(amount) FROM refunds r WHERE r.order_id = o.id AND r.status IN ('reserved', 'pending')), 0)`,
    sql`SELECT 'discount ' || id || ' counts ' || used AS wrong FROM discounts d WHERE used <>
      (SELECT count(*) FROM discount_redemptions r WHERE r.discount_id = d.id AND r.given_back_at IS NULL)`,
    sql`SELECT 'order ' || number || ' has no event for ' || status AS wrong FROM orders o WHERE NOT EXISTS
      (SELECT FROM order_events e WHERE e.order_id = o.id AND e.machine = 'order' AND e.to_status = o.status::text)`,
  ];
  const found = await Promise.all(
    checks.map(async (check) => (await db.execute(check)) as unknown as { wrong: string }[]),
  );
  return found.flat().map((row) => row.wrong);
}
