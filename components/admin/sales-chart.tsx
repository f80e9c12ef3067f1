import { formatMoney } from "@/lib/domain/money";
import { dayLabel } from "./moments";

interface Day {
  readonly date: string;
  /** Minor units. */
  readonly sales: number;
  readonly before: number;
}

// Units of the drawing: a slot a day, the bar of the day and the narrower one of the period before.
const SLOT = 20;
const BAR = 11;
const BEFORE = 5;
const HEIGHT = 100;

/** Sales by day as bars, and the same as a table for those who cannot see or want the sums. */
export function SalesChart({
  days,
  currency,
  before,
}: {
  days: readonly Day[];
  currency: string;
  /** What the narrow bars are: "the 30 days before". */
  before: string;
}) {
  const top = Math.max(1, ...days.flatMap((day) => [day.sales, day.before]));
  // A day on which more went back than came in has no bar; the table has its sum.
  const tall = (amount: number) => (Math.max(0, amount) / top) * HEIGHT;
  const money = (amount: number) => formatMoney(amount, currency);
  const best = days.reduce(
    (a, b) => (b.sales > a.sales ? b : a),
    days[0] ?? { date: "", sales: 0, before: 0 },
  );
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return null;
  return (
    <figure className="mt-8">
      <svg
        viewBox={`0 0 ${days.length * SLOT} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={
          best.sales > 0
            ? `Sales by day. The best was ${dayLabel(best.date)} with ${money(best.sales)}.`
            : "Sales by day. There were none."
        }
        className="h-36 w-full border-b lg:h-44"
      >
        {days.map((day, i) => (
          <g key={day.date}>
            <rect
              x={i * SLOT + 1}
              y={HEIGHT - tall(day.sales)}
              width={BAR}
              height={tall(day.sales)}
              className="fill-ink"
            />
            <rect
              x={i * SLOT + 1 + BAR + 1}
              y={HEIGHT - tall(day.before)}
              width={BEFORE}
              height={tall(day.before)}
              className="fill-control"
            />
          </g>
        ))}
      </svg>
      <figcaption className="num mt-2 flex flex-wrap items-baseline justify-between gap-x-6 text-s text-quiet">
        <span>{dayLabel(first.date)}</span>
        <span>Sales by day; the narrow bars are {before}</span>
        <span>{dayLabel(last.date)}</span>
      </figcaption>
      <details className="mt-1 text-s">
        <summary className="link inline-flex min-h-6 items-center text-quiet">As a table</summary>
        <table className="num mt-2 w-full max-w-form text-left">
          <caption className="sr-only">Sales by day, without tax, after discounts and refunds</caption>
          <thead>
            <tr className="border-b text-quiet">
              <th scope="col" className="py-1 font-semibold">
                Day
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
            {days.map((day) => (
              <tr key={day.date} className="border-b">
                <th scope="row" className="py-1 font-normal">
                  {dayLabel(day.date)}
                </th>
                <td className="py-1 text-right">{money(day.sales)}</td>
                <td className="py-1 text-right text-quiet">{money(day.before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
