import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export interface Figure {
  readonly label: string;
  /** Written out. */
  readonly value: string;
  /** The quiet line below: how it changed, what it means. */
  readonly note?: ReactNode;
  /** The note tells of something bad. */
  readonly fell?: boolean;
}

const columns = {
  4: "md:grid-cols-4",
  5: "md:grid-cols-3 xl:grid-cols-5",
  6: "md:grid-cols-3 xl:grid-cols-6",
} as const;

/** Numbers that say how things stand, each with a quiet line. */
export function FigureStrip({
  figures,
  wide = 4,
}: {
  figures: readonly Figure[];
  /** How many stand side by side where there is room. */
  wide?: keyof typeof columns;
}) {
  return (
    <dl className={cx("grid grid-cols-2 border-t border-l", columns[wide])}>
      {figures.map(({ label, value, note, fell }) => (
        <div key={label} className="border-r border-b px-4 py-3.5 md:px-5 md:py-4">
          <dt className="text-s text-quiet">{label}</dt>
          <dd className="num mt-1 font-display text-[1.375rem] leading-tight font-semibold tracking-tight md:text-[1.625rem]">
            {value}
          </dd>
          {note && <dd className={cx("num mt-1 text-s", fell ? "text-signal" : "text-quiet")}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
