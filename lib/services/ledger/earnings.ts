/** What an order's lines have earned their owners, and what they should have: the books follow by the difference. */
import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { refundLines, refunds } from "@/db/schema/payments";
import { allocate, ratio } from "@/lib/domain/money";
import { taxIn } from "@/lib/domain/refunds";
import { lockBalances } from "./balance";
import { post } from "./post";
import { shareTaken } from "./refunds";

/** Why earnings change: the source is the refund's or the dispute's id. */
interface Cause {
  readonly kind: "refund_share" | "refund_share_reversed" | "dispute_share";
  readonly sourceId: string;
}

/** Of one completed line, in minor units: `share` is net of discount and tax, `commission` the shop's part of it. */
interface Earned {
  readonly share: number;
  readonly commission: number;
}

/**
 * Brings the earnings of a locked order's completed lines to what its live refunds and lost disputes leave of them.
 * The target depends on how things are alone, never on how they came to be: refunds that fail in any order, before or
 * after a dispute, leave no cent behind. Lines that are not completed have earned nothing yet.
 */
export async function settleEarnings(
  tx: Tx,
  order: { id: string; currency: string },
  { kind, sourceId }: Cause,
): Promise<void> {
  const earned = await earnedByLine(tx, order.id);
  if (earned.size === 0) return;
  const due = (await dueByLine(tx, order.id)).flatMap(({ id, ownerId, ...target }) => {
    const before = earned.get(id);
    const net = before ? before.share - target.share : 0;
    const commission = before ? before.commission - target.commission : 0;
    return net === 0 && commission === 0 ? [] : [{ id, ownerId, net, commission }];
  });
  await lockBalances(
    tx,
    due.map(({ ownerId }) => ownerId),
  );
  for (const { id, ...change } of due)
    await post(tx, shareTaken(order, change, { kind, sourceId: `${sourceId}:${id}` }));
}

/** What the ledger says. Postings about a line name it as their source, alone or after what caused them ("REFUND:LINE"). */
async function earnedByLine(tx: Tx, orderId: string): Promise<Map<string, Earned>> {
  const rows = await tx.execute<{ line: string; share: number; commission: number }>(sql`
    SELECT right(t.source_id, 36) AS line,
      COALESCE(sum(e.amount) FILTER (WHERE e.account = 'owner_share'), 0)::float8 AS share,
      COALESCE(-sum(e.amount) FILTER (WHERE e.account = 'commission'), 0)::float8 AS commission
    FROM ledger_transactions t LEFT JOIN ledger_entries e ON e.transaction_id = t.id
    WHERE t.order_id = ${orderId}
      AND t.kind IN ('line_completed', 'refund_share', 'refund_share_reversed', 'dispute_share')
    GROUP BY 1`);
  return new Map(rows.map(({ line, share, commission }) => [line, { share, commission }]));
}

/** What each line should have earned: what was paid for it, less what went back and what the bank took. */
async function dueByLine(tx: Tx, orderId: string) {
  const lines = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  const taxes = await tx
    .select({ lineId: refundLines.orderLineId, tax: sql<number>`sum(${refundLines.tax})`.mapWith(Number) })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .where(and(eq(refunds.orderId, orderId), ne(refunds.status, "failed")))
    .groupBy(refundLines.orderLineId);
  const lefts = lines.map((line) => line.total - line.refundedAmount);
  // Goods first, as an amount alone is refunded; what is beyond them was shipping, the shop's own.
  const taken = allocate(Math.min(await lostOf(tx, orderId), sum(lefts)), lefts);
  return lines.map(({ id, ownerId, total, tax, refundedAmount, commission }, i) => {
    const refundedTax = taxes.find(({ lineId }) => lineId === id)?.tax ?? 0;
    const [left = 0, lost = 0] = [lefts[i], taken[i]];
    const lostTax = taxIn({ total, tax, refunded: refundedAmount, refundedTax }, lost);
    const share = left - (tax - refundedTax) - (lost - lostTax);
    return { id, ownerId, share, commission: ratio(share, commission, 1_000_000) };
  });
}

/** What lost disputes took of an order's sale. Money that came late or twice never was an owner's. */
async function lostOf(tx: Tx, orderId: string): Promise<number> {
  const [row] = await tx.execute<{ sum: number }>(sql`
    SELECT COALESCE(sum(d.amount), 0)::float8 AS sum FROM disputes d
    WHERE d.order_id = ${orderId} AND d.status = 'lost'
      AND EXISTS (SELECT FROM ledger_transactions t WHERE t.kind = 'captured' AND t.source_id = d.payment_id::text)`);
  return row?.sum ?? 0;
}

const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
