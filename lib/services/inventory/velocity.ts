/** Best sellers, read from the stock ledger and never guessed. */
import { sql } from "drizzle-orm";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";

/** Days over which "best selling" looks back. */
const WINDOW_DAYS = 90;

/** Refreshes `products.sold_recently` from sales and returns of the last 90 days. Answers how many products changed. */
export async function refreshSold(_system: System): Promise<number> {
  return withTx(async (tx) => {
    // Each changed product changes its entries in the search: most of a millisecond.
    await tx.execute(sql`SELECT set_config('statement_timeout', '120s', true)`);
    const changed = await tx.execute(sql`
      UPDATE products p SET sold_recently = COALESCE(s.units, 0)
      FROM products q LEFT JOIN (
        SELECT v.product_id, greatest(0, -sum(m.on_hand_delta))::int AS units
        FROM stock_movements m JOIN variants v ON v.id = m.variant_id
        WHERE m.kind IN ('sale', 'return') AND m.created_at > shop_now() - make_interval(days => ${WINDOW_DAYS})
        GROUP BY v.product_id
      ) s ON s.product_id = q.id
      WHERE p.id = q.id AND p.sold_recently <> COALESCE(s.units, 0)
      RETURNING p.id`);
    return changed.length;
  });
}
