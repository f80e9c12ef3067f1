/** What lost disputes take from owners: each completed line gives up its part of the sum that the bank took. */
import { and, asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { disputes } from "@/db/schema/payments";
import { allocate, ratio } from "@/lib/domain/money";
import { lockBalances } from "./balance";
import { earnedByLine, shareAfter } from "./earnings";
import { post } from "./post";
import { shareTaken } from "./refunds";

/**
 * For a locked order: posts what its lost disputes take from the lines that are completed, each once. Called where a
 * dispute is lost and where lines complete, so that it does not matter which came first.
 */
export async function takeLostShares(tx: Tx, order: { id: string; currency: string }): Promise<void> {
  const lost = await tx
    .select({ id: disputes.id, amount: disputes.amount })
    .from(disputes)
    .where(and(eq(disputes.orderId, order.id), eq(disputes.status, "lost")))
    .orderBy(asc(disputes.createdAt), asc(disputes.id));
  if (lost.length === 0) return;
  const lines = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.position));
  await lockBalances(
    tx,
    lines.map((line) => line.ownerId),
  );
  const earned = await earnedByLine(tx, order.id);
  const lefts = lines.map((line) => line.total - line.refundedAmount);
  for (const dispute of lost) {
    // Goods first, as an amount alone is refunded; what is beyond them was shipping, the shop's own.
    const parts = allocate(Math.min(dispute.amount, sum(lefts)), lefts);
    for (const [i, line] of lines.entries()) {
      const part = parts[i] ?? 0;
      const before = earned.get(line.id);
      if (!before || part === 0) continue;
      lefts[i] = (lefts[i] ?? 0) - part;
      const net = part - (line.total === 0 ? 0 : ratio(line.tax, part, line.total));
      // The last part of a line takes all that it still earned, whatever was rounded before.
      const change = shareAfter(before, lefts[i] === 0 ? before.share : net, line.commission);
      const why = { kind: "dispute_share", sourceId: `${dispute.id}:${line.id}` };
      if (await post(tx, shareTaken(order, { ownerId: line.ownerId, ...change }, why))) {
        earned.set(line.id, {
          share: before.share - change.net,
          commission: before.commission - change.commission,
        });
      }
    }
  }
}

const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
