/** Payouts by transfer: a job asks the gateway outside any transaction, and its answer or its webhook settles the row. */
import { and, eq, or, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { ledgerEntries, ledgerTransactions } from "@/db/schema/ledger";
import { payouts } from "@/db/schema/payouts";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { GatewayRefusal } from "@/lib/gateway/failures";
import type { TransferView } from "@/lib/gateway/gateway";
import { sendTransfer } from "@/lib/gateway/transfers";
import { enqueue } from "@/lib/queue";
import { write } from "@/lib/services/audit";
import { payoutPaidLate, payoutReversed } from "@/lib/services/ledger/payouts";
import { post } from "@/lib/services/ledger/post";
import { settleFailed, settlePaid } from "./settle";

declare module "@/lib/queue" {
  interface Jobs {
    "payouts.transfer": { payoutId: string };
    "payouts.unsettled": Record<string, never>;
  }
}

/** One after the other: two tries of one payout at the same moment could hear different answers. */
export async function enqueueTransfer(tx: Tx, payoutId: string): Promise<void> {
  const queue = "payouts.transfer";
  await enqueue(tx, "payouts.transfer", { payoutId }, { key: `payouts.transfer:${payoutId}`, queue });
}

/**
 * Sends a pending payout and settles the answer; a refusal fails it with the gateway's code as the reason.
 * Throws what is worth trying again.
 */
export async function transferPayout(system: System, payoutId: string): Promise<void> {
  const [payout] = await db
    .select()
    .from(payouts)
    .where(and(eq(payouts.id, payoutId), eq(payouts.status, "pending"), eq(payouts.method, "stripe")));
  if (!payout?.reference) return;
  const { amount, currency, reference: accountId } = payout;
  const answer = await sendTransfer({ payoutId, accountId, amount, currency }).catch((error: unknown) => {
    if (isRefusal(error)) return error;
    throw error;
  });
  await withTx(async (tx) => {
    if (answer instanceof GatewayRefusal) await settleFailed(tx, system, payout, answer.code ?? answer.kind);
    else await settlePaid(tx, system, payout, { transferId: answer.id });
  });
}

/** A key that is in use, or was used for something else, says nothing about whether the money went. */
function isRefusal(error: unknown): error is GatewayRefusal {
  return error instanceof GatewayRefusal && !/idempotency/i.test(`${error.kind} ${error.code}`);
}

/**
 * What a webhook says of a transfer: it was made, or some of it came back and is due to the owner again. One that was
 * made although its payout failed here, or besides another one, left all the same: it comes off the owner's balance.
 */
export async function transferChanged(tx: Tx, system: System, view: TransferView): Promise<boolean> {
  const named = view.payoutId && UUID.test(view.payoutId) ? eq(payouts.id, view.payoutId) : undefined;
  const [payout] = await tx
    .select()
    .from(payouts)
    .where(or(eq(payouts.providerTransferId, view.id), named))
    .orderBy(sql`(${payouts.providerTransferId} = ${view.id}) IS TRUE DESC`)
    .limit(1)
    .for("update");
  if (payout?.method !== "stripe" || payout.amount !== view.amount) return false;
  const isPaid = await settlePaid(tx, system, payout, { transferId: view.id });
  const isOther = payout.status === "failed" || (payout.providerTransferId ?? view.id) !== view.id;
  const isNews = (isOther && (await bookLate(tx, system, payout, view))) || isPaid;
  const back = view.amountReversed - (await reversedBefore(tx, payout.id, view.id));
  if (back <= 0) return isNews;
  await post(tx, payoutReversed(payout, { id: view.id, amount: back, total: view.amountReversed }));
  return true;
}

async function bookLate(
  tx: Tx,
  system: System,
  payout: typeof payouts.$inferSelect,
  { id: transferId, amount }: TransferView,
): Promise<boolean> {
  if (!(await post(tx, payoutPaidLate(payout, transferId)))) return false;
  await write(tx, system, {
    action: "payout.paid_late",
    subject: "payouts",
    subjectId: payout.id,
    before: { status: payout.status },
    after: { transferId, amount },
  });
  return true;
}

async function reversedBefore(tx: Tx, payoutId: string, transferId: string): Promise<number> {
  const [row] = await tx
    .select({ sum: sql<string>`COALESCE(sum(${ledgerEntries.amount}), 0)`.mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(
      and(
        eq(ledgerTransactions.kind, "payout_reversed"),
        sql`${ledgerTransactions.sourceId} LIKE ${`${payoutId}:${transferId}:%`}`,
        eq(ledgerEntries.account, "clearing"),
      ),
    );
  return row?.sum ?? 0;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Asks again for transfers whose job gave up, or was lost with its worker. Answers how many. */
export async function resendUnsettled(_system: System): Promise<number> {
  const open = await db
    .select({ id: payouts.id })
    .from(payouts)
    .where(
      and(
        eq(payouts.status, "pending"),
        eq(payouts.method, "stripe"),
        sql`${payouts.createdAt} < shop_now() - interval '1 hour'`,
      ),
    );
  await withTx(async (tx) => {
    for (const { id } of open) await enqueueTransfer(tx, id);
  });
  return open.length;
}
