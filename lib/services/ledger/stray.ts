/** Money that never was a sale and that the bank took back: the shop owes it to nobody any more, and lost nothing. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { post } from "./post";

/**
 * For a payment of a locked order that came late or twice: what lost disputes took of it is no longer owed, as far as
 * no refund paid it too; only what went back twice stays a loss. Follows how things are: call it where a dispute is
 * lost and where a refund fails. `sourceId` is the dispute or refund that causes it.
 */
export async function settleOwed(
  tx: Tx,
  { id: orderId }: { id: string },
  payment: { readonly id: string; readonly currency: string },
  sourceId: string,
): Promise<void> {
  const [row] = await tx.execute<{ due: number; booked: number }>(sql`
    SELECT LEAST(p.amount - p.refunded, (SELECT COALESCE(sum(d.amount), 0) FROM disputes d
        WHERE d.payment_id = p.id AND d.status = 'lost'))::float8 AS due,
      (SELECT COALESCE(sum(e.amount), 0) FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
        WHERE t.order_id = p.order_id AND t.kind = 'dispute_owed' AND right(t.source_id, 36) = p.id::text
          AND e.account = 'refunds_due')::float8 AS booked
    FROM payments p WHERE p.id = ${payment.id}`);
  const change = (row?.due ?? 0) - (row?.booked ?? 0);
  if (change === 0) return;
  await post(tx, {
    kind: "dispute_owed",
    sourceId: `${sourceId}:${payment.id}`,
    orderId,
    currency: payment.currency,
    entries: [
      { account: "refunds_due", amount: change },
      { account: "chargebacks", amount: -change },
    ],
  });
}
