import type { Route } from "next";
import type { ReactNode } from "react";
import type { FormAction } from "./action-form";
import { BulkBar, SelectAll } from "./bulk-bar";
import { cx } from "./cx";
import type { FormState } from "./form-state";
import { Link } from "./link";

export type Column<Row> = {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Digits, set to the right. */
  number?: boolean;
  /**
   * Where the cell stands on a phone, where a row is a card of two lines: first line left (`title`) or right
   * (`end`), second line left (`meta`, several share it) or right (`metaEnd`), a line of its own (`all`), or not at
   * all (`none`).
   */
  phone?: "title" | "end" | "meta" | "metaEnd" | "all" | "none";
  /** Left out on tablets, where the others need the room. */
  wide?: boolean;
  /** What the list is called in its address when it is sorted by this column; its head is a link then. */
  sort?: string;
  /** The direction of the first press: "desc" for dates and sums. */
  sortFirst?: Direction;
};

type Direction = "asc" | "desc";

/** How the table is sorted, and the address of the same list sorted otherwise. */
export type Sorting = {
  by: string;
  dir: Direction;
  href: (sort: string, dir: Direction) => Route;
};

/** Rows can be ticked, and what is ticked goes to one action as `ids`. Each row may hold forms of its own. */
export type Bulk<Row> = {
  /** The id of the form on this page. */
  form: string;
  action: FormAction<FormState>;
  /** "orders" */
  what: string;
  /** What a tick is called: the row's name. */
  label: (row: Row) => string;
  /** The buttons: `<SubmitButton name="do" value="…">`, and fields that go along. */
  children: ReactNode;
};

const places: Record<NonNullable<Column<never>["phone"]>, string> = {
  title: "max-md:col-start-1 max-md:row-start-1 font-semibold",
  end: "max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end",
  meta: "max-md:col-start-1 max-md:text-s max-md:text-quiet",
  metaEnd: "max-md:col-start-2 max-md:row-start-2 max-md:justify-self-end max-md:text-s",
  all: "max-md:col-span-2",
  none: "max-md:hidden",
};

/** A table that stays a table for screen readers; on phones each row is drawn as a card of two lines. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
  sorting,
  shown,
  bulk,
  tall = false,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  empty?: ReactNode;
  sorting?: Sorting;
  /** `state.cols`: keys of the columns that were chosen; none means all. Those of `choosable` alone can be hidden. */
  shown?: { cols: readonly string[]; choosable: readonly string[] };
  bulk?: Bulk<Row>;
  /** Cells of many lines: what stands beside them stands at their top. */
  tall?: boolean;
}) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  const isHidden = (key: string) =>
    shown && shown.cols.length > 0 && shown.choosable.includes(key) && !shown.cols.includes(key);
  const visible = columns.filter(({ key }) => !isHidden(key));
  const table = (
    // Roles are named because a table that is drawn as a grid loses them in some browsers.
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <table role="table" className="w-full border-collapse text-left max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row" className="border-b">
          {bulk && (
            <th role="columnheader" scope="col" className="w-10 px-3 py-2.5">
              <span className="sr-only">Tick</span>
              <SelectAll form={bulk.form} label={`All ${bulk.what} on this page`} />
            </th>
          )}
          {visible.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              aria-sort={column.sort && column.sort === sorting?.by ? ariaSort[sorting.dir] : undefined}
              className={cx(
                "px-3 py-2.5 text-s font-semibold text-quiet md:max-lg:px-2",
                column.number && "text-right",
                column.wide && "max-lg:hidden",
              )}
            >
              <Head column={column} sorting={sorting} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            className={cx(
              "border-b max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-4 max-md:py-3",
              bulk && "max-md:relative max-md:pl-10",
            )}
          >
            {bulk && (
              <td role="cell" className="px-3 py-3 max-md:absolute max-md:top-3 max-md:left-0 max-md:p-0">
                <input
                  form={bulk.form}
                  type="checkbox"
                  name="ids"
                  value={rowKey(row)}
                  aria-label={bulk.label(row)}
                  className="block size-6"
                />
              </td>
            )}
            {visible.map((column) => (
              <td
                key={column.key}
                role="cell"
                className={cx(
                  "px-3 py-3 max-md:p-0 md:max-lg:px-2",
                  column.wide && "max-lg:hidden",
                  tall && "align-top",
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
  if (!bulk) return table;
  return (
    <>
      {table}
      <BulkBar form={bulk.form} action={bulk.action} what={bulk.what}>
        {bulk.children}
      </BulkBar>
    </>
  );
}

const ariaSort = { asc: "ascending", desc: "descending" } as const;

/** The name of a column; a link that sorts by it where it can. On phones the table has no heads to press. */
function Head<Row>({ column, sorting }: { column: Column<Row>; sorting: Sorting | undefined }) {
  if (!column.sort || !sorting) return column.head;
  const isBy = column.sort === sorting.by;
  const next = isBy ? (sorting.dir === "asc" ? "desc" : "asc") : (column.sortFirst ?? "asc");
  return (
    <>
      <Link
        href={sorting.href(column.sort, next)}
        how="stay"
        className={cx(
          "inline-flex min-h-6 items-center gap-1 whitespace-nowrap underline-offset-4 hover:underline max-md:hidden",
          isBy && "text-ink",
        )}
      >
        {column.head}
        <span aria-hidden="true" className={isBy ? undefined : "opacity-0"}>
          {(isBy ? sorting.dir : next) === "asc" ? "↑" : "↓"}
        </span>
      </Link>
      <span className="md:hidden">{column.head}</span>
    </>
  );
}
