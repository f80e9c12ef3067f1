/** Postings of refunds: asked for, done, undone, and what owners earned of it already. */
import type { Account, Posting } from "./post";

interface Of {
  readonly id: string;
  readonly currency: string;
}

interface RefundSums {
  readonly id: string;
  readonly amount: number;
  /** What the shopper gets back for shipping, tax included. */
  readonly shipping: number;
  readonly shippingTax: number;
  readonly lines: readonly { readonly ownerId: string; readonly amount: number; readonly tax: number }[];
}

/** A part of a sale is to be given back: owners' sales, shipping and tax fall, and the shopper is owed the sum. */
export function refundRequested(order: Of, refund: RefundSums): Posting {
  const perOwner = new Map<string, number>();
  let tax = refund.shippingTax;
  for (const line of refund.lines) {
    perOwner.set(line.ownerId, (perOwner.get(line.ownerId) ?? 0) + line.amount - line.tax);
    tax += line.tax;
  }
  return {
    kind: "refund_requested",
    sourceId: refund.id,
    orderId: order.id,
    currency: order.currency,
    entries: [
      ...[...perOwner].map(([ownerId, amount]) => ({ account: "refunds" as const, ownerId, amount })),
      { account: "shipping_income", amount: refund.shipping - refund.shippingTax },
      { account: "tax_payable", amount: tax },
      { account: "refunds_due", amount: -refund.amount },
    ],
  };
}

/** The money left: `from` the gateway's clearing, or the bank where cash was paid back; or the courier never asked for it. */
export function refundSucceeded(
  order: Of,
  refund: { readonly id: string; readonly amount: number },
  from: Extract<Account, "clearing" | "bank" | "cod_receivable">,
): Posting {
  return {
    kind: "refund_succeeded",
    sourceId: refund.id,
    orderId: order.id,
    currency: order.currency,
    entries: [
      { account: "refunds_due", amount: refund.amount },
      { account: from, amount: -refund.amount },
    ],
  };
}

/** An owner's earnings of a completed line fall by `net`, the commission in it included. Negative: they rise again. */
export function shareTaken(
  order: Of,
  line: { readonly ownerId: string; readonly net: number; readonly commission: number },
  why: Pick<Posting, "kind" | "sourceId">,
): Posting {
  const { ownerId, net, commission } = line;
  return {
    ...why,
    orderId: order.id,
    currency: order.currency,
    entries: [
      { account: "owner_payable", ownerId, amount: net - commission },
      { account: "commission", ownerId, amount: commission },
      { account: "owner_share", ownerId, amount: -net },
    ],
  };
}
