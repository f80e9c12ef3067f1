/** Posting of cash that a courier collected and handed over. */
import type { Posting } from "./post";

/** The courier's cash reached the bank: of one order, or with `orderId` null a sum of several that nobody listed. */
export function cashRemitted(cash: {
  orderId: string | null;
  /** The order, or what names the sum. */
  sourceId: string;
  /** Minor units. */
  amount: number;
  currency: string;
}): Posting {
  const { orderId, sourceId, amount, currency } = cash;
  return {
    kind: "cash_remitted",
    sourceId,
    orderId,
    currency,
    entries: [
      { account: "bank", amount },
      { account: "cod_receivable", amount: -amount },
    ],
  };
}
