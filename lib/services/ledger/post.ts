/** Ledger: balanced postings, each once per kind and source. Debits are positive, credits negative, in minor units. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { inOneGo } from "@/db/in-one-go";
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
  const id = newId();
  const rows = entries
    .filter(({ amount }) => amount !== 0)
    .map(({ account, amount, ownerId = null }) => ({ id: newId(), account, amount, owner: ownerId }));
  const owners = takenFrom(entries);
  const [headers] = await inOneGo<[{ id: string }[], ...unknown[]]>([
    () =>
      tx
        .insert(ledgerTransactions)
        .values({ id, kind, sourceId, orderId, currency })
        .onConflictDoNothing()
        .returning({ id: ledgerTransactions.id }),
    ...(owners.length > 0 ? [() => lockBalances(tx, owners)] : []),
    // Only below a header that was written: a repeated posting has none of this id.
    () =>
      tx.execute(sql`
        INSERT INTO ledger_entries (id, transaction_id, account, owner_id, amount)
        SELECT e.id, t.id, e.account::ledger_account, e.owner, e.amount
        FROM ledger_transactions t, json_to_recordset(${JSON.stringify(rows)}::json)
          AS e(id uuid, account text, owner uuid, amount bigint)
        WHERE t.id = ${id}`),
  ]);
  return headers.length > 0;
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
