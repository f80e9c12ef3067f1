import { StatusDot } from "@/components/ui/badge";
import { deleteRate, deleteZone } from "@/lib/actions/admin/shipping";
import { formatMoney } from "@/lib/domain/money";
import { placeName } from "@/lib/domain/places";
import type { RateRow, ZoneRow } from "@/lib/queries/admin/shipping";
import { EndForm } from "./end-form";
import { Panel } from "./page-head";
import { RateForm, ZoneForm } from "./shipping-forms";

/** A zone: where it reaches, its rates, and the forms that change them, folded away. */
export function ShippingZone({ zone, currency }: { zone: ZoneRow; currency: string }) {
  const places = zone.places.map(placeName);
  return (
    <Panel title={zone.name} id={`zone-${zone.id}`}>
      <p className="mb-3 max-w-read text-s text-quiet">{shortList(places) || "Reaches nowhere yet."}</p>
      <ul className="border-t">
        {zone.rates.map((rate) => (
          <li key={rate.id}>
            <details className="border-b">
              <summary className="grid min-h-target grid-cols-[1fr_auto] items-baseline gap-x-4 py-2.5">
                <span className="wrap-anywhere">
                  <span className="font-semibold">{rate.name}</span>{" "}
                  <span className="num text-s text-quiet">{termsText(rate, currency)}</span>
                </span>
                <span className="num">
                  {rate.isActive ? formatMoney(rate.amount, currency) : <StatusDot>Not offered</StatusDot>}
                </span>
              </summary>
              <div className="pt-2 pb-5">
                <RateForm zone={zone} rate={rate} currency={currency} />
                <EndForm
                  action={deleteRate}
                  row={rate}
                  label={`Delete ${rate.name}`}
                  button="Delete the rate"
                />
              </div>
            </details>
          </li>
        ))}
        {zone.rates.length === 0 && (
          <li className="border-b py-3 text-quiet">No rate: nobody there can order.</li>
        )}
      </ul>
      <div className="mt-2 grid gap-x-8 sm:flex">
        <details>
          <summary className="link inline-flex min-h-6 items-center text-s">Add a rate</summary>
          <div className="pt-3 pb-5">
            <RateForm zone={zone} currency={currency} />
          </div>
        </details>
        <details>
          <summary className="link inline-flex min-h-6 items-center text-s">Change the zone</summary>
          <div className="pt-3 pb-5">
            <ZoneForm zone={zone} places={places.join("\n")} />
            <EndForm
              action={deleteZone}
              row={zone}
              label={`Delete ${zone.name}`}
              button="Delete the zone and its rates"
            />
          </div>
        </details>
      </div>
    </Panel>
  );
}

const MANY = 12;

const shortList = (names: readonly string[]): string =>
  names.length > MANY
    ? `${names.slice(0, MANY).join(", ")} and ${names.length - MANY} more`
    : names.join(", ");

/** "2–4 days, up to 2000 g, free from €60.00". */
function termsText(
  { kind, rangeMin, rangeMax, freeOver, daysMin, daysMax }: RateRow,
  currency: string,
): string {
  const measure = (value: number) => (kind === "weight" ? `${value} g` : formatMoney(value, currency));
  const days = daysMin === daysMax ? `${daysMax}` : `${daysMin}–${daysMax}`;
  return [
    `${days} ${daysMax === 1 ? "day" : "days"}`,
    rangeMin !== null && `from ${measure(rangeMin)}`,
    rangeMax !== null && `below ${measure(rangeMax)}`,
    freeOver !== null && `free from ${formatMoney(freeOver, currency)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
