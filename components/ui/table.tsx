import type { ReactNode } from "react";
import { cx } from "./cx";

export type Column<Row> = {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Digits, set to the right. */
  number?: boolean;
  /**
   * Where the cell stands on a phone, where a row is a card of two lines: first line left (`title`) or right
   * (`end`), second line left (`meta`, several share it) or right (`metaEnd`), or not at all (`none`).
   */
  phone?: "title" | "end" | "meta" | "metaEnd" | "none";
};

const places: Record<NonNullable<Column<never>["phone"]>, string> = {
  title: "max-md:col-start-1 max-md:row-start-1 font-semibold",
  end: "max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end",
  meta: "max-md:col-start-1 max-md:text-s max-md:text-quiet",
  metaEnd: "max-md:col-start-2 max-md:row-start-2 max-md:justify-self-end max-md:text-s",
  none: "max-md:hidden",
};

/** A table that stays a table for screen readers; on phones each row is drawn as a card of two lines. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  empty?: ReactNode;
}) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    // Roles are named because a table that is drawn as a grid loses them in some browsers.
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <table role="table" className="w-full border-collapse text-left max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row" className="border-b">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              className={cx("px-3 py-2.5 text-s font-semibold text-quiet", column.number && "text-right")}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            className="border-b max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-4 max-md:py-3"
          >
            {columns.map((column) => (
              <td
                key={column.key}
                role="cell"
                className={cx(
                  "px-3 py-3 max-md:p-0",
                  column.number && "num whitespace-nowrap md:text-right",
                  places[column.phone ?? "meta"],
                )}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  );
}
