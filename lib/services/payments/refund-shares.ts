/** Owners' earnings follow refunds: what a completed line earned falls with each refund and rises where one fails. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { refundLines } from "@/db/schema/payments";
import { lockBalances } from "@/lib/services/ledger/balance";
import { earnedByLine, shareAfter } from "@/lib/services/ledger/earnings";
import { entriesOf, post } from "@/lib/services/ledger/post";
import { shareTaken } from "@/lib/services/ledger/refunds";
import type { Order } from "@/lib/services/orders/access";

/** Takes the owners' part of a refund that was just written; lines that are not completed earned nothing yet. */
export async function takeShares(tx: Tx, order: Order, refundId: string): Promise<void> {
  await move(tx, order, refundId, "refund_share");
}

/** A refund failed: what its lines earn rises again, also where it was asked for before they were completed. */
export async function giveSharesBack(tx: Tx, order: Order, refundId: string): Promise<void> {
  await move(tx, order, refundId, "refund_share_reversed");
}

async function move(
  tx: Tx,
  order: Order,
  refundId: string,
  kind: "refund_share" | "refund_share_reversed",
): Promise<void> {
  const earned = await earnedByLine(tx, order.id);
  if (earned.size === 0) return;
  const lines = await tx
    .select({
      id: orderLines.id,
      ownerId: orderLines.ownerId,
      rate: orderLines.commission,
      amount: refundLines.amount,
      tax: refundLines.tax,
    })
    .from(refundLines)
    .innerJoin(orderLines, eq(orderLines.id, refundLines.orderLineId))
    .where(eq(refundLines.refundId, refundId));
  await lockBalances(
    tx,
    lines.map((line) => line.ownerId),
  );
  for (const line of lines) {
    const before = earned.get(line.id);
    if (!before) continue;
    const sourceId = `${refundId}:${line.id}`;
    const taken = await entriesOf(tx, { kind: "refund_share", sourceId });
    if (kind === "refund_share_reversed" && taken.length > 0) {
      const entries = taken.map((entry) => ({ ...entry, amount: -entry.amount }));
      await post(tx, { kind, sourceId, orderId: order.id, currency: order.currency, entries });
      continue;
    }
    const net = (line.amount - line.tax) * (kind === "refund_share" ? 1 : -1);
    const change = shareAfter(before, net, line.rate);
    await post(tx, shareTaken(order, { ownerId: line.ownerId, ...change }, { kind, sourceId }));
  }
}
