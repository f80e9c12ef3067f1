import { formatMoney } from "@/lib/domain/money";
import type { Slot } from "@/lib/queries/admin/figures";
import { dayLabel } from "./moments";

// Units of the drawing: the slot of a day or an hour, its bar and the narrower one of the period before.
const SLOT = 20;
const BAR = 11;
const BEFORE = 5;
const HEIGHT = 100;

/** Sales by day or, of one day, by hour as bars, and the same as a table for those who cannot see or want the sums. */
export function SalesChart({
  slots,
  by,
  currency,
  before,
}: {
  slots: readonly Slot[];
  by: "day" | "hour";
  /** Sales are in its minor units. */
  currency: string;
  /** What the narrow bars are: "the 30 days before". */
  before: string;
}) {
  const top = Math.max(1, ...slots.flatMap(({ sales, before }) => [sales, before]));
  // Where more went back than came in there is no bar; the table has its sum.
  const tall = (amount: number) => (Math.max(0, amount) / top) * HEIGHT;
  const money = (amount: number) => formatMoney(amount, currency);
  const label = ({ at }: Slot) => (by === "hour" ? `${at}:00` : dayLabel(at));
  const first = slots[0];
  const last = slots.at(-1);
  if (!first || !last) return null;
  const best = slots.reduce((a, b) => (b.sales > a.sales ? b : a), first);
  return (
    <figure className="mt-8">
      <svg
        viewBox={`0 0 ${slots.length * SLOT} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={
          best.sales > 0
            ? `Sales by ${by}. The best was ${label(best)} with ${money(best.sales)}.`
            : `Sales by ${by}. There were none.`
        }
        className="h-36 w-full border-b lg:h-44"
      >
        {slots.map((slot, i) => (
          <g key={slot.at}>
            <rect
              x={i * SLOT + 1}
              y={HEIGHT - tall(slot.sales)}
              width={BAR}
              height={tall(slot.sales)}
              className="fill-ink"
            />
            <rect
              x={i * SLOT + 1 + BAR + 1}
              y={HEIGHT - tall(slot.before)}
              width={BEFORE}
              height={tall(slot.before)}
              className="fill-control"
            />
          </g>
        ))}
      </svg>
      <figcaption className="num mt-2 flex flex-wrap items-baseline justify-between gap-x-6 text-s text-quiet">
        <span>{label(first)}</span>
        <span className="max-sm:order-last max-sm:w-full">
          Sales by {by}; the narrow bars are {before}
        </span>
        <span>{label(last)}</span>
      </figcaption>
      <details className="mt-1 text-s">
        <summary className="link inline-flex min-h-6 items-center text-quiet">As a table</summary>
        <table className="num mt-2 w-full max-w-form text-left">
          <caption className="sr-only">Sales by {by}, without tax, after discounts and refunds</caption>
          <thead>
            <tr className="border-b text-quiet">
              <th scope="col" className="py-1 font-semibold">
                {by === "hour" ? "From" : "Day"}
              </th>
              <th scope="col" className="py-1 text-right font-semibold">
                Sales
              </th>
              <th scope="col" className="py-1 text-right font-semibold">
                Before
              </th>
            </tr>
          </thead>
          <tbody>
            {slots.map((slot) => (
              <tr key={slot.at} className="border-b">
                <th scope="row" className="py-1 font-normal">
                  {label(slot)}
                </th>
                <td className="py-1 text-right">{money(slot.sales)}</td>
                <td className="py-1 text-right text-quiet">{money(slot.before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
