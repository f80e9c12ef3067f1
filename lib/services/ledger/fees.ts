/** Postings between the shop and its payment provider: what it keeps, and what it pays out to the bank. */
import type { Posting } from "./post";

/** What the provider kept of a payment. It is the shop's cost, so it belongs to no order's sums. */
export function feeKept(payment: {
  readonly id: string;
  readonly currency: string;
  /** Minor units. */
  readonly fee: number;
}): Posting {
  return {
    kind: "fee",
    sourceId: payment.id,
    orderId: null,
    currency: payment.currency,
    entries: [
      { account: "gateway_fees", amount: payment.fee },
      { account: "clearing", amount: -payment.fee },
    ],
  };
}

interface BankPayout {
  /** The provider's own id of it. */
  readonly id: string;
  readonly currency: string;
  /** Minor units; negative where the provider takes money from the bank. */
  readonly amount: number;
}

/** The provider paid the shop's balance out to its bank. */
export function paidToBank({ id, currency, amount }: BankPayout): Posting {
  return {
    kind: "bank_payout",
    sourceId: id,
    orderId: null,
    currency,
    entries: [
      { account: "bank", amount },
      { account: "clearing", amount: -amount },
    ],
  };
}

/** The bank sent it back: the money is with the provider again. */
export function sentBackByBank(payout: BankPayout): Posting {
  const { entries, ...paid } = paidToBank(payout);
  return {
    ...paid,
    kind: "bank_payout_failed",
    entries: entries.map((entry) => ({ ...entry, amount: -entry.amount })),
  };
}
