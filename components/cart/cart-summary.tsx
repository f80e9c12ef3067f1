import { totalsOf } from "@/components/checkout/quote-totals";
import { TotalRows } from "@/components/checkout/totals";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { beginCheckout } from "@/lib/actions/cart";
import type { Quote } from "@/lib/domain/quote";
import { CodeForm } from "./code-form";
import { EstimateForm } from "./estimate-form";

/** What it would cost in all, where to, and the way on. */
export function CartSummary({
  quote,
  country,
  countries,
  canCheckOut,
  hasChanges,
}: {
  quote: Quote;
  country: string;
  countries: readonly { code: string; name: string }[];
  canCheckOut: boolean;
  hasChanges: boolean;
}) {
  const applied = quote.discounts.find((discount) => discount.code !== null)?.code ?? null;
  const noRate = quote.rates.length === 0;
  return (
    <section aria-labelledby="summary" className="grid content-start gap-6">
      <h2 id="summary" className="text-l">
        What it comes to
      </h2>
      <EstimateForm country={country} choices={countries} />
      <TotalRows
        totals={totalsOf(quote, {
          shipping: "Delivery, estimate",
          total: noRate ? "Total without delivery" : "Total",
        })}
      />
      <CodeForm
        code={applied ?? quote.refusedCode?.code ?? null}
        refusal={quote.refusedCode?.reason ?? null}
      />
      {canCheckOut ? (
        <ActionForm action={beginCheckout} className="grid gap-2">
          <SubmitButton className="w-full">
            {hasChanges ? "Accept changes and check out" : "Check out"}
          </SubmitButton>
          <p className="text-s text-quiet">Nothing is reserved until you place the order.</p>
        </ActionForm>
      ) : (
        <p className="text-s text-quiet">Nothing in your cart can be bought right now.</p>
      )}
    </section>
  );
}
