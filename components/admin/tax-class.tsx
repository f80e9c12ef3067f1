import { deleteTaxClass, deleteTaxRate } from "@/lib/actions/admin/tax";
import { placeName } from "@/lib/domain/places";
import { percentText } from "@/lib/domain/tax-form";
import type { TaxClassRow } from "@/lib/queries/admin/tax";
import { EndForm } from "./end-form";
import { Panel } from "./page-head";
import { TaxClassForm, TaxRateForm } from "./tax-forms";

/** A class of goods with its rates per place, and the forms that change them, folded away. */
export function TaxClass({
  one,
  countries,
  country,
}: {
  one: TaxClassRow;
  countries: readonly { code: string; name: string }[];
  /** Where the shop is: what a new rate begins with. */
  country: string;
}) {
  const goods = one.products === 1 ? "1 product" : `${one.products} products`;
  return (
    <Panel title={one.name} id={`class-${one.id}`}>
      <p className="mb-3 text-s text-quiet">
        <span className="num">{one.code}</span>
        {one.isDefault ? ", the default: of all products without a class, and of shipping" : `, of ${goods}`}
      </p>
      <ul className="border-t">
        {one.rates.map((rate) => (
          <li key={rate.id}>
            <details className="border-b">
              <summary className="grid min-h-target grid-cols-[1fr_auto] items-baseline gap-x-4 py-2.5">
                <span className="wrap-anywhere">
                  <span className="font-semibold">{placeName(rate)}</span>{" "}
                  <span className="text-s text-quiet">
                    {rate.name}
                    {rate.appliesToShipping ? "" : ", not on shipping"}
                  </span>
                </span>
                <span className="num">{percentText(rate.rate)} %</span>
              </summary>
              <div className="pt-2 pb-5">
                <TaxRateForm one={one} rate={rate} countries={countries} country={country} />
                <EndForm
                  action={deleteTaxRate}
                  row={rate}
                  label={`Delete ${rate.name}`}
                  button="Delete the rate"
                />
              </div>
            </details>
          </li>
        ))}
        {one.rates.length === 0 && (
          <li className="border-b py-3 text-quiet">No rate of its own: taxed as the default.</li>
        )}
      </ul>
      <div className="mt-2 grid gap-x-8 sm:flex">
        <details>
          <summary className="link inline-flex min-h-6 items-center text-s">Add a rate</summary>
          <div className="pt-3 pb-5">
            <TaxRateForm one={one} countries={countries} country={country} />
          </div>
        </details>
        <details>
          <summary className="link inline-flex min-h-6 items-center text-s">Change the class</summary>
          <div className="pt-3 pb-5">
            <TaxClassForm one={one} />
            {!one.isDefault && (
              <EndForm
                action={deleteTaxClass}
                row={one}
                label={`Delete ${one.name}`}
                button="Delete the class and its rates"
              />
            )}
          </div>
        </details>
      </div>
    </Panel>
  );
}
