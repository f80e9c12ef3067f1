/** Ledger: balanced postings, each once per kind and source. Debits are positive, credits negative, in minor units. */
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { ledgerEntries, ledgerTransactions } from "@/db/schema/ledger";

type Account = (typeof ledgerEntries.$inferInsert)["account"];

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

interface OrderSums {
  readonly id: string;
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly shipping: number;
  readonly shippingTax: number;
  readonly tax: number;
  readonly discount: number;
  readonly total: number;
}

interface LineSums {
  readonly ownerId: string;
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
}

/** Money came in for an order: into `clearing` (gateway) or `cod_receivable` (the courier's cash). */
export function captured(
  order: OrderSums,
  lines: readonly LineSums[],
  sourceId: string,
  into: Account,
): Posting {
  const goods = perOwner(lines, (line) => line.subtotal - (order.pricesIncludeTax ? line.tax : 0));
  const off = perOwner(lines, (line) => line.discount);
  return {
    kind: "captured",
    sourceId,
    orderId: order.id,
    currency: order.currency,
    entries: [
      { account: into, amount: order.total },
      ...off.map(([ownerId, amount]) => ({ account: "discounts" as const, ownerId, amount })),
      ...goods.map(([ownerId, amount]) => ({ account: "sales" as const, ownerId, amount: -amount })),
      {
        account: "shipping_income",
        amount: -(order.shipping - (order.pricesIncludeTax ? order.shippingTax : 0)),
      },
      { account: "tax_payable", amount: -order.tax },
    ],
  };
}

/** An owner's line is complete: what they earn becomes payable. `net` is the line after discount, without tax. */
export function lineCompleted(line: {
  id: string;
  orderId: string;
  ownerId: string;
  currency: string;
  net: number;
  commission: number;
}): Posting {
  const { id, orderId, ownerId, currency, net, commission } = line;
  return {
    kind: "line_completed",
    sourceId: id,
    orderId,
    currency,
    entries: [
      { account: "owner_share", ownerId, amount: net },
      { account: "commission", ownerId, amount: -commission },
      { account: "owner_payable", ownerId, amount: -(net - commission) },
    ],
  };
}

function perOwner<L extends { ownerId: string }>(
  lines: readonly L[],
  amountOf: (line: L) => number,
): [string, number][] {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(line.ownerId, (sums.get(line.ownerId) ?? 0) + amountOf(line));
  return [...sums];
}
