/** Postings of sales: an order's money came in, and an owner's line is complete. */
import type { Account, Posting } from "./post";

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

export interface LineSums {
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
