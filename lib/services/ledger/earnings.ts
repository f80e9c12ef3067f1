/** What an order's lines have earned their owners, read from the ledger alone. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { ratio } from "@/lib/domain/money";

/** Of one completed line, in minor units: `share` is net of discount and tax, `commission` the shop's part of it. */
export interface Earned {
  readonly share: number;
  readonly commission: number;
}

/**
 * The earnings of an order's completed lines as they stand after refunds and lost disputes. Postings about a line name
 * it as their source, alone or after what caused them ("REFUND:LINE").
 */
export async function earnedByLine(tx: Tx, orderId: string): Promise<Map<string, Earned>> {
  const rows = await tx.execute<{ line: string; share: number; commission: number }>(sql`
    SELECT right(t.source_id, 36) AS line,
      COALESCE(sum(e.amount) FILTER (WHERE e.account = 'owner_share'), 0)::float8 AS share,
      COALESCE(-sum(e.amount) FILTER (WHERE e.account = 'commission'), 0)::float8 AS commission
    FROM ledger_transactions t LEFT JOIN ledger_entries e ON e.transaction_id = t.id
    WHERE t.order_id = ${orderId}
      AND t.kind IN ('line_completed', 'refund_share', 'refund_share_reversed', 'dispute_share', 'dispute_share_reversed')
    GROUP BY 1`);
  return new Map(rows.map(({ line, share, commission }) => [line, { share, commission }]));
}

/**
 * How `net` less (negative: more) of a line's earnings divides: never more than was earned, and the commission that
 * stays is that of what stays, so that several refunds of everything leave nothing behind. `rate` in parts per million.
 */
export function shareAfter(
  { share, commission }: Earned,
  net: number,
  rate: number,
): { net: number; commission: number } {
  const taken = Math.min(net, Math.max(0, share));
  return { net: taken, commission: commission - ratio(share - taken, rate, 1_000_000) };
}
