/** Ledger: balanced postings, each once per kind and source. Debits are positive, credits negative, in minor units. */
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { ledgerEntries, ledgerTransactions } from "@/db/schema/ledger";
import { lockBalances } from "./balance";

export type Account = (typeof ledgerEntries.$inferInsert)["account"];

export interface Entry {
  readonly account: Account;
  readonly amount: number;
  readonly ownerId?: string | null;
}

export interface Posting {
  /** What happened: "captured", "refund_requested" … */
  readonly kind: string;
  /** The row that caused it. */
  readonly sourceId: string;
  readonly orderId: string | null;
  readonly currency: string;
  readonly entries: readonly Entry[];
}

/**
 * Posts once; answers false where this kind was posted for this source before.
 * The database refuses a posting whose entries do not sum to zero.
 */
export async function post(
  tx: Tx,
  { kind, sourceId, orderId, currency, entries }: Posting,
): Promise<boolean> {
  const [header] = await tx
    .insert(ledgerTransactions)
    .values({ id: newId(), kind, sourceId, orderId, currency })
    .onConflictDoNothing()
    .returning({ id: ledgerTransactions.id });
  if (!header) return false;
  await lockBalances(tx, takenFrom(entries));
  const rows = entries.filter((entry) => entry.amount !== 0);
  if (rows.length > 0) {
    await tx.insert(ledgerEntries).values(
      rows.map(({ account, amount, ownerId }) => ({
        id: newId(),
        transactionId: header.id,
        account,
        amount,
        ownerId,
      })),
    );
  }
  return true;
}

/** The owners whose balance goes down. */
function takenFrom(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ account, amount, ownerId }) =>
    account === "owner_payable" && amount > 0 && ownerId ? [ownerId] : [],
  );
}

/** The entries of one posting, as they were made; for reversing it. */
export async function entriesOf(
  tx: Tx,
  { kind, sourceId }: Pick<Posting, "kind" | "sourceId">,
): Promise<Entry[]> {
  return tx
    .select({
      account: ledgerEntries.account,
      amount: ledgerEntries.amount,
      ownerId: ledgerEntries.ownerId,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(and(eq(ledgerTransactions.kind, kind), eq(ledgerTransactions.sourceId, sourceId)));
}
