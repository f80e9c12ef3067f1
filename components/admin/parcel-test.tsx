import { Select, TextInput } from "@/components/ui/field";
import { formatMoney } from "@/lib/domain/money";
import { percentText } from "@/lib/domain/tax-form";
import type { ParcelAnswer } from "@/lib/queries/admin/shipping";

export interface ParcelQuestion {
  readonly country: string;
  readonly region: string;
  readonly weight: string;
  readonly worth: string;
}

/** What a parcel would cost: a plain form whose question stands in the address. */
export function ParcelTest({
  asked,
  answer,
  wrong,
  countries,
  currency,
}: {
  asked: ParcelQuestion;
  answer: ParcelAnswer | null;
  /** Why it cannot be answered. */
  wrong: string | null;
  countries: readonly { code: string; name: string }[];
  currency: string;
}) {
  return (
    <div className="grid gap-5">
      <search>
        <form
          key={JSON.stringify(asked)}
          action="/admin/shipping"
          className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1.5fr_1fr_8rem_8rem_auto]"
        >
          <Select name="country" id="parcel-country" label="Goes to" defaultValue={asked.country}>
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
          <TextInput
            name="region"
            id="parcel-region"
            label="Region"
            defaultValue={asked.region}
            optional
            autoComplete="off"
          />
          <TextInput
            name="weight"
            id="parcel-weight"
            label="Grams"
            defaultValue={asked.weight}
            inputMode="numeric"
            autoComplete="off"
            className="num"
          />
          <TextInput
            name="worth"
            id="parcel-worth"
            label={`Worth, ${currency}`}
            defaultValue={asked.worth}
            inputMode="decimal"
            autoComplete="off"
            className="num"
          />
          <button type="submit" className="button button-line button-small justify-self-start">
            What does it cost?
          </button>
        </form>
      </search>
      {wrong && (
        <p role="alert" className="text-s text-signal">
          {wrong}
        </p>
      )}
      {answer && (
        <div>
          <p className="mb-2 text-s text-quiet">
            {answer.zone ? `Zone ${answer.zone}. ` : "No zone reaches it. "}
            {answer.zone && `Tax on shipping there: ${percentText(answer.shippingTaxRate)} %.`}
          </p>
          {answer.rates.length > 0 ? (
            <ul className="border-t">
              {answer.rates.map((rate) => (
                <li key={rate.id} className="flex justify-between gap-4 border-b py-2">
                  <span>
                    {rate.name}{" "}
                    <span className="num text-s text-quiet">
                      {rate.daysMin}–{rate.daysMax} days
                    </span>
                  </span>
                  <span className="num">{rate.price === 0 ? "Free" : formatMoney(rate.price, currency)}</span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="font-semibold">Nothing: such a parcel cannot be ordered.</p>
          )}
        </div>
      )}
    </div>
  );
}
