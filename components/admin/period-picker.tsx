import type { Route } from "next";
import { Chip } from "@/components/ui/badge";
import { listHref } from "@/lib/domain/back-office";
import type { Period, PeriodName, periodNames } from "@/lib/domain/periods";

const labels: Record<Exclude<PeriodName, "own">, string> = {
  today: "Today",
  "7": "7 days",
  "30": "30 days",
  "90": "90 days",
};
const ORDER = ["today", "7", "30", "90"] as const satisfies readonly (typeof periodNames)[number][];

/** Which days a page is about: kept in its address, works without scripts. */
export function PeriodPicker({ path, period, today }: { path: string; period: Period; today: string }) {
  return (
    <div data-screen className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <nav aria-label="Period" className="flex flex-wrap gap-2">
        {ORDER.map((name) => (
          <Chip
            key={name}
            href={listHref(path, { period: name === "30" ? "" : name }) as Route}
            current={name === period.name}
          >
            {labels[name]}
          </Chip>
        ))}
      </nav>
      <form action={path} className="flex flex-wrap items-center gap-2 text-s" aria-label="Own period">
        <input type="hidden" name="period" value="own" />
        <DateField name="from" label="From" value={period.from} max={today} />
        <span aria-hidden="true">–</span>
        <DateField name="to" label="To" value={period.to} max={today} />
        <button type="submit" className="button button-line button-small">
          Show
        </button>
      </form>
    </div>
  );
}

function DateField({ name, label, value, max }: { name: string; label: string; value: string; max: string }) {
  return (
    <input
      key={value}
      type="date"
      name={name}
      aria-label={label}
      defaultValue={value}
      max={max}
      required
      className="control num w-auto min-w-0 text-s"
    />
  );
}
