/** Postings of payouts: an owner's money leaves, arrives, or comes back. */
import type { Account, Posting } from "./post";

export interface PayoutSums {
  readonly id: string;
  readonly ownerId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

/** These two cancel out with a payout's own lines; every other entry of `owner_payable` is there to be paid. */
export const PAYOUT_KINDS = ["payout_started", "payout_failed"] as const;

/** The owner's balance goes down at once, the money is on its way. */
export const payoutStarted = (payout: PayoutSums): Posting =>
  between(payout, "payout_started", payout.id, "owner_payable", "in_transit", payout.amount);

/** The money left: `from` the bank by hand, from `clearing` by transfer. */
export const payoutPaid = (payout: PayoutSums, from: "bank" | "clearing"): Posting =>
  between(payout, "payout_paid", payout.id, "in_transit", from, payout.amount);

/** It never left: the balance has it again. */
export const payoutFailed = (payout: PayoutSums): Posting =>
  between(payout, "payout_failed", payout.id, "in_transit", "owner_payable", payout.amount);

/** A transfer went although its payout had failed, or a second time: the owner has money that stood due to them again. */
export const payoutPaidLate = (payout: PayoutSums, transferId: string): Posting =>
  between(
    payout,
    "payout_paid_late",
    `${payout.id}:${transferId}`,
    "owner_payable",
    "clearing",
    payout.amount,
  );

/** `amount` of a transfer came back, `total` of it by now: the owner's again, to be paid anew. */
export const payoutReversed = (
  payout: PayoutSums,
  { id, amount, total }: { id: string; amount: number; total: number },
): Posting =>
  between(payout, "payout_reversed", `${payout.id}:${id}:${total}`, "clearing", "owner_payable", amount);

function between(
  { ownerId, currency }: PayoutSums,
  kind: string,
  sourceId: string,
  debit: Account,
  credit: Account,
  amount: number,
): Posting {
  return {
    kind,
    sourceId,
    orderId: null,
    currency,
    entries: [
      { account: debit, ownerId, amount },
      { account: credit, ownerId, amount: -amount },
    ],
  };
}
