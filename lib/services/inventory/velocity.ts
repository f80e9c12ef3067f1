/** Best sellers, read from the stock ledger and never guessed. */
import { sql } from "drizzle-orm";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";

/** Days over which "best selling" looks back. */
const WINDOW_DAYS = 90;

/** Products in one transaction: each also changes its entries in the search, and a checkout may wait for its row. */
const SLICE = 200;

/** Refreshes `products.sold_recently` from sales and returns of the last 90 days. Answers how many products changed. */
export async function refreshSold(_system: System, slice = SLICE): Promise<number> {
  const counted = await withTx((tx) =>
    tx.execute<{ id: string; units: number }>(sql`
      SELECT q.id, COALESCE(s.units, 0) AS units
      FROM products q LEFT JOIN (
        SELECT v.product_id, greatest(0, -sum(m.on_hand_delta))::int AS units
        FROM stock_movements m JOIN variants v ON v.id = m.variant_id
        WHERE m.kind IN ('sale', 'return') AND m.created_at > shop_now() - make_interval(days => ${WINDOW_DAYS})
        GROUP BY v.product_id
      ) s ON s.product_id = q.id
      WHERE q.sold_recently <> COALESCE(s.units, 0) ORDER BY q.id`),
  );
  for (let at = 0; at < counted.length; at += slice) {
    const some = JSON.stringify(counted.slice(at, at + slice));
    await withTx((tx) =>
      tx.execute(sql`
        UPDATE products p SET sold_recently = c.units
        FROM json_to_recordset(${some}::text::json) AS c (id uuid, units integer) WHERE p.id = c.id`),
    );
  }
  return counted.length;
}
