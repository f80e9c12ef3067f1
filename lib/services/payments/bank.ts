/** The provider's payouts to the shop's own bank, as its webhooks tell them. */
import type { Tx } from "@/db/client";
import type { System } from "@/lib/domain/actors";
import type { BankPayoutView } from "@/lib/gateway/gateway";
import { paidToBank, sentBackByBank } from "@/lib/services/ledger/fees";
import { post } from "@/lib/services/ledger/post";

/** Books a payout that reached the bank, or came back from it, once each. False where nothing was to be booked. */
export async function bankPaid(tx: Tx, _system: System, payout: BankPayoutView): Promise<boolean> {
  if (payout.amount === 0) return false;
  if (payout.status === "paid") return post(tx, paidToBank(payout));
  if (payout.status !== "failed" && payout.status !== "canceled") return false;
  // A payout may fail days after it was told as paid, or be told as failed first: both are booked, so the sum is right.
  const isPaid = await post(tx, paidToBank(payout));
  const isBack = await post(tx, sentBackByBank(payout));
  return isPaid || isBack;
}
