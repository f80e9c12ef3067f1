/** What lost disputes take from owners: posted where a dispute is lost and where lines complete, whichever came last. */
import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { disputes } from "@/db/schema/payments";
import { settleEarnings } from "./earnings";

/** For a locked order: its completed lines give up what its lost disputes took. Doing it twice changes nothing. */
export async function takeLostShares(tx: Tx, order: { id: string; currency: string }): Promise<void> {
  const [lost] = await tx
    .select({ id: disputes.id })
    .from(disputes)
    .where(and(eq(disputes.orderId, order.id), eq(disputes.status, "lost")))
    .orderBy(desc(disputes.closedAt), desc(disputes.id))
    .limit(1);
  if (lost) await settleEarnings(tx, order, { kind: "dispute_share", sourceId: lost.id });
}
