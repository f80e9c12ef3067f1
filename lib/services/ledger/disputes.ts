/** Postings of disputes: the bank holds money back, gives it back, or takes it for good. */
import type { Entry, Posting } from "./post";

interface Disputed {
  readonly id: string;
  readonly orderId: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
}

/** The bank took the sum back until it has decided. */
export const disputeOpened = (dispute: Disputed): Posting =>
  posting(dispute, "dispute_opened", [
    { account: "disputes_held", amount: dispute.amount },
    { account: "clearing", amount: -dispute.amount },
  ]);

/** Decided for the shop: the sum is back. */
export const disputeWon = (dispute: Disputed): Posting =>
  posting(dispute, "dispute_won", [
    { account: "clearing", amount: dispute.amount },
    { account: "disputes_held", amount: -dispute.amount },
  ]);

/** Decided for the shopper: the sum is gone. The owners' part is a posting of its own for each line. */
export const disputeLost = (dispute: Disputed): Posting =>
  posting(dispute, "dispute_lost", [
    { account: "chargebacks", amount: dispute.amount },
    { account: "disputes_held", amount: -dispute.amount },
  ]);

/** What the provider keeps for the work: `fee` in minor units. */
export const disputeFee = (dispute: Disputed, fee: number): Posting =>
  posting(dispute, "dispute_fee", [
    { account: "gateway_fees", amount: fee },
    { account: "clearing", amount: -fee },
  ]);

/** It gave its fee back. */
export const disputeFeeBack = (dispute: Disputed, fee: number): Posting =>
  posting(dispute, "dispute_fee_back", [
    { account: "clearing", amount: fee },
    { account: "gateway_fees", amount: -fee },
  ]);

function posting({ id, orderId, currency }: Disputed, kind: string, entries: Entry[]): Posting {
  return { kind, sourceId: id, orderId, currency, entries };
}
