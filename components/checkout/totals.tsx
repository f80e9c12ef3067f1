import { formatMoney } from "@/lib/domain/money";

export interface TotalsView {
  readonly currency: string;
  /** All amounts in minor units. */
  readonly subtotal: number;
  readonly discounts: readonly { readonly label: string; readonly amount: number }[];
  /** Null while no place is known. */
  readonly shipping: number | null;
  readonly shippingLabel: string;
  readonly tax: number;
  readonly taxIncluded: boolean;
  readonly total: number;
  readonly totalLabel?: string;
}

/** The sums, the same ones in cart, checkout and order. */
export function TotalRows({ totals }: { totals: TotalsView }) {
  const money = (amount: number) => formatMoney(amount, totals.currency);
  return (
    <dl className="num grid grid-cols-[1fr_auto] gap-y-3 [&>dt]:pr-6">
      <dt>Subtotal</dt>
      <dd className="text-right">{money(totals.subtotal)}</dd>
      {totals.discounts.map((discount) => (
        <div key={discount.label} className="contents">
          <dt>{discount.label}</dt>
          <dd className="text-right text-good">−{money(discount.amount)}</dd>
        </div>
      ))}
      <dt>{totals.shippingLabel}</dt>
      <dd className={totals.shipping ? "text-right" : "text-right text-quiet"}>
        {totals.shipping === null
          ? "at the next step"
          : totals.shipping === 0
            ? "Free"
            : money(totals.shipping)}
      </dd>
      {!totals.taxIncluded && (
        <>
          <dt>Tax</dt>
          <dd className="text-right">{money(totals.tax)}</dd>
        </>
      )}
      <dt className="mt-1 border-t pt-4 font-display text-l font-[600]">{totals.totalLabel ?? "Total"}</dt>
      <dd className="mt-1 border-t pt-4 text-right font-display text-l font-[600]">{money(totals.total)}</dd>
      {totals.taxIncluded && totals.tax > 0 && (
        <>
          <dt className="-mt-2 text-s text-quiet">includes tax</dt>
          <dd className="-mt-2 text-right text-s text-quiet">{money(totals.tax)}</dd>
        </>
      )}
    </dl>
  );
}
