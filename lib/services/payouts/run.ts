/** A run of payouts: what is due to several owners, each in a transaction of its own, so that none waits for another. */
import { and, eq } from "drizzle-orm";
import { payoutRuns } from "@/db/schema/payouts";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import type { RunRefusal } from "@/lib/domain/payouts";
import { log } from "@/lib/log";
import { lockBalances } from "@/lib/services/ledger/balance";
import { startPayout } from "./create";

/**
 * Pays each of these owners all that is due to them, and keeps what came of each. Sent again under the same `runId` it
 * goes on where it stopped and pays nobody twice.
 * @throws what keeps it from noting down an outcome: whoever is left has been paid nothing
 */
export async function payRun(
  admin: Admin,
  { runId, ownerIds }: { runId: string; ownerIds: readonly string[] },
): Promise<void> {
  for (const ownerId of new Set(ownerIds)) {
    try {
      await payOne(admin, { runId, ownerId });
    } catch (error) {
      // No row to note it on: who is no owner cannot be paid.
      if (isShopError(error, "not_found")) continue;
      const refusal = refusalOf(error);
      if (refusal === "failed") log.error("a payout of a run failed", { runId, ownerId, error });
      await withTx((tx) => tx.insert(payoutRuns).values({ runId, ownerId, refusal }).onConflictDoNothing());
    }
  }
}

const payOne = (admin: Admin, one: { runId: string; ownerId: string }): Promise<void> =>
  withTx(async (tx) => {
    // Behind the lock nobody else pays this owner: an outcome of this run is there by now, or will be ours.
    await lockBalances(tx, [one.ownerId]);
    const [before] = await tx
      .select({ runId: payoutRuns.runId })
      .from(payoutRuns)
      .where(and(eq(payoutRuns.runId, one.runId), eq(payoutRuns.ownerId, one.ownerId)));
    if (before) return;
    const { payoutId } = await startPayout(tx, admin, one);
    await tx.insert(payoutRuns).values({ ...one, payoutId });
  });

const refusalOf = (error: unknown): RunRefusal =>
  isShopError(error, "payout_refused") ? error.data.reason : "failed";
