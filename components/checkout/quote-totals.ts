/** A quote's sums in the words of the totals block. */
import type { Quote } from "@/lib/domain/quote";
import type { SummaryLine } from "./summary-lines";
import type { TotalsView } from "./totals";

export function totalsOf(quote: Quote, labels: { shipping?: string; total?: string } = {}): TotalsView {
  const { totals, chosenRate } = quote;
  const shippingLabel = labels.shipping ?? (chosenRate ? `Delivery, ${chosenRate.name}` : "Delivery");
  return {
    currency: quote.currency,
    subtotal: totals.subtotal,
    discounts: quote.discounts
      .filter((discount) => discount.amount > 0)
      .map(({ code, title, amount }) => ({ label: code ? `Code ${code}` : title, amount })),
    shipping: chosenRate ? totals.shipping : null,
    shippingLabel,
    tax: totals.tax,
    taxIncluded: quote.pricesIncludeTax,
    total: totals.total,
    ...(labels.total ? { totalLabel: labels.total } : {}),
  };
}

/** The lines that are bought: sold-out and withdrawn ones stay in the cart. */
export function boughtLines(quote: Quote): SummaryLine[] {
  return quote.lines
    .filter((line) => line.state === "ok" || line.state === "short")
    .map((line) => ({
      id: line.itemId,
      name: line.productName,
      variantTitle: line.variantTitle,
      quantity: line.quantity,
      subtotal: line.subtotal,
      imageKey: line.imageKey,
      imageBackdrop: line.imageBackdrop,
    }));
}
