/** Owners' balances, read from the ledger and nowhere else. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { ledgerEntries } from "@/db/schema/ledger";

/** What the shop owes an owner, in minor units; negative where returns took more than was earned since. */
export async function ownerBalance(on: Db | Tx, ownerId: string): Promise<number> {
  const [row] = await on
    .select({ owed: sql<string>`COALESCE(-sum(${ledgerEntries.amount}), 0)`.mapWith(Number) })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.ownerId, ownerId), eq(ledgerEntries.account, "owner_payable")));
  return row?.owed ?? 0;
}

/**
 * Whoever takes from an owner's balance comes here first, so that a payout and a refund of the same money follow each
 * other. The lock stands after all others and lets new orders of the owner pass (it is weaker than FOR UPDATE).
 */
export async function lockBalances(tx: Tx, ownerIds: readonly string[]): Promise<void> {
  if (ownerIds.length === 0) return;
  await tx
    .select({ id: owners.id })
    .from(owners)
    .where(inArray(owners.id, [...ownerIds]))
    .orderBy(owners.id)
    .for("no key update");
}
