/** An order's frozen sums and lines in the words of the checkout's blocks. */
import type { SummaryLine } from "@/components/checkout/summary-lines";
import type { TotalsView } from "@/components/checkout/totals";

interface Sums {
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly subtotal: number;
  readonly discount: number;
  readonly discountCode: string | null;
  readonly shipping: number;
  readonly shippingRateName: string;
  readonly tax: number;
  readonly total: number;
}

export function orderTotals(order: Sums): TotalsView {
  const { discount, discountCode } = order;
  const label = discountCode ? `Code ${discountCode}` : "Discount";
  return {
    currency: order.currency,
    subtotal: order.subtotal,
    discounts: discount > 0 ? [{ label, amount: discount }] : [],
    shipping: order.shipping,
    shippingLabel: `Delivery, ${order.shippingRateName}`,
    tax: order.tax,
    taxIncluded: order.pricesIncludeTax,
    total: order.total,
  };
}

export function orderLinesOf(
  lines: readonly {
    id: string;
    productName: string;
    variantTitle: string;
    quantity: number;
    subtotal: number;
    imageKey: string | null;
    imageBackdrop: string | null;
  }[],
): SummaryLine[] {
  return lines.map(({ productName, ...line }) => ({ ...line, name: productName }));
}
