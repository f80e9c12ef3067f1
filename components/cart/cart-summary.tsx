import { totalsOf } from "@/components/checkout/quote-totals";
import { TotalRows } from "@/components/checkout/totals";
import { ActionForm } from "@/components/ui/action-form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import { beginCheckout } from "@/lib/actions/cart";
import { countries as rules } from "@/lib/domain/countries";
import { formatMoney } from "@/lib/domain/money";
import type { Quote } from "@/lib/domain/quote";
import { CodeForm } from "./code-form";
import { EstimateForm } from "./estimate-form";

/** What it would cost in all, where to, and the way on. */
export function CartSummary({
  quote,
  place,
  countries,
  regions,
  canCheckOut,
  hasChanges,
}: {
  quote: Quote;
  /** Where the estimate is for. */
  place: { country: string; region?: string | null | undefined };
  countries: readonly { code: string; name: string }[];
  /** By country, where they make a difference. */
  regions: Readonly<Record<string, readonly { value: string; name: string }[]>>;
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
      <EstimateForm
        country={place.country}
        region={place.region ?? null}
        choices={countries}
        regions={regions[place.country]}
      />
      {noRate && canCheckOut && (
        <Notice tone="error" title={`We cannot deliver this to ${nameOf(place)}.`}>
          Another place may work, or fewer pieces at once.
        </Notice>
      )}
      {/* Read out when a quantity, a code or the place changes it. */}
      <p role="status" className="sr-only">
        {noRate ? "Total without delivery" : "Total"} {formatMoney(quote.totals.total, quote.currency)}
      </p>
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
          <SubmitButton className="w-full px-4 whitespace-normal">
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

function nameOf({ country, region }: { country: string; region?: string | null | undefined }): string {
  const name = rules[country]?.name ?? country;
  return region ? `${region}, ${name}` : name;
}
