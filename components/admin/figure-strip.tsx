import { changeOf } from "@/lib/domain/back-office";

export interface Figure {
  readonly label: string;
  /** Written out. */
  readonly value: string;
  readonly now: number;
  readonly before: number;
}

/** The numbers of the last 30 days, each with how it changed against the 30 before. */
export function FigureStrip({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="grid grid-cols-2 border-t border-l md:grid-cols-4">
      {figures.map(({ label, value, now, before }) => {
        const change = changeOf(now, before);
        return (
          <div key={label} className="border-r border-b px-4 py-3.5 md:px-5 md:py-4">
            <dt className="text-s text-quiet">{label}</dt>
            <dd className="num mt-1 font-display text-[1.375rem] leading-tight font-semibold tracking-tight md:text-[1.625rem]">
              {value}
            </dd>
            <dd className={`num mt-1 text-s ${change?.fell ? "text-signal" : "text-quiet"}`}>
              {change ? (
                <>
                  {change.text}
                  <span className="sr-only"> against the 30 days before</span>
                </>
              ) : (
                "Nothing before"
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
