import type { Route } from "next";
import type { ReactNode } from "react";
import { Chip } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import type { Sorting } from "@/components/ui/table";
import { type Direction, type ListState, listHref } from "@/lib/domain/back-office";

/** The address of a list with some of its choices changed; a changed choice starts on the first page. */
export function hrefWith(
  { path, search, view, sort, dir, cols, more }: ListState,
  change: { view?: string; sort?: string; dir?: Direction; page?: number },
  firstSort: string,
): Route {
  const chosen = change.sort ?? sort;
  return listHref(path, {
    ...more,
    q: search,
    view: change.view ?? view,
    sort: chosen === firstSort ? "" : chosen,
    dir: change.dir ?? (change.sort === undefined ? (dir ?? "") : ""),
    cols: cols?.join(",") ?? "",
    page: change.page ?? 1,
  }) as Route;
}

/** How the heads of a list's table sort it; `own` is each order's direction where the address names none. */
export const sortingOf = <Sort extends string>(
  state: ListState & { readonly sort: Sort },
  own: Readonly<Record<Sort, Direction>>,
  firstSort: Sort,
): Sorting => ({
  by: state.sort,
  dir: state.dir || own[state.sort],
  href: (sort, dir) => hrefWith(state, { sort, dir }, firstSort),
});

/** What a filter of a list's own sends along: the order and the columns. */
export function KeptOrder({ state: { sort, dir, cols } }: { state: ListState }) {
  const kept: Record<string, string> = { sort, dir: dir ?? "", cols: cols?.join(",") ?? "" };
  return Object.entries(kept).map(
    ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
  );
}

/** What a form of a list sends along so that its other choices stay. */
function Kept({ state, without }: { state: ListState; without: "q" | "cols" }) {
  const { view, sort, dir, search, cols, more } = state;
  const kept: Record<string, string> = {
    ...more,
    view: view === "all" ? "" : view,
    sort,
    dir: dir ?? "",
    q: without === "q" ? "" : search,
    cols: without === "cols" ? "" : (cols?.join(",") ?? ""),
  };
  return Object.entries(kept).map(
    ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
  );
}

/** An order of a list. One that is offered in both directions names them, its own first. */
interface Order {
  readonly sort: string;
  readonly label: string;
  readonly dir?: Direction;
}

/**
 * What stands above a list: views with their counts, search, the order it is in, which columns it shows, and what else
 * it is filtered by (`children`). Works without scripts.
 */
export function ListTools({
  state,
  views,
  sorts,
  sortedByHead = false,
  columns = [],
  searchLabel,
  children,
}: {
  state: ListState;
  views: readonly { view: string; label: string; count: number | string }[];
  /** The first is the one that an address need not name. */
  sorts: readonly [Order, ...Order[]];
  /** The table's heads sort it, too; this line then stands on phones alone, where a table has no heads. */
  sortedByHead?: boolean;
  /** The columns that may be hidden; `state.cols` says which of them show. */
  columns?: readonly { key: string; label: string }[];
  searchLabel: string;
  children?: ReactNode;
}) {
  const first = sorts[0].sort;
  return (
    <div className="mb-4 grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
        <nav aria-label="Views" className="flex flex-wrap gap-2">
          {views.map(({ view, label, count }) => (
            <Chip key={view} href={hrefWith(state, { view }, first)} current={view === state.view}>
              {label}
              <span className="num">{count}</span>
            </Chip>
          ))}
        </nav>
        <search className="grow sm:max-w-96">
          <form action={state.path} className="flex gap-2">
            <Kept state={state} without="q" />
            <label htmlFor="list-search" className="sr-only">
              {searchLabel}
            </label>
            <input
              key={state.search}
              id="list-search"
              type="search"
              name="q"
              defaultValue={state.search}
              placeholder={searchLabel}
              autoComplete="off"
              className="control min-w-0"
            />
            <button type="submit" className="button button-line button-small">
              Search
            </button>
          </form>
        </search>
      </div>
      {children}
      <SortLine state={state} sorts={sorts} sortedByHead={sortedByHead} columns={columns} />
    </div>
  );
}

/** The order that a list is in, and which columns it shows. */
export function SortLine({
  state,
  sorts,
  sortedByHead = false,
  columns = [],
}: Pick<Parameters<typeof ListTools>[0], "state" | "sorts" | "sortedByHead" | "columns">) {
  const first = sorts[0].sort;
  const ownOf = (by: string) => sorts.find(({ sort }) => sort === by)?.dir;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <p
        className={cx(
          "flex flex-wrap items-center gap-x-4 text-s text-quiet",
          sortedByHead && "md:invisible",
        )}
      >
        <span>Sorted by</span>
        {sorts.map(({ sort, label, dir }) => (
          <Link
            key={label}
            href={hrefWith(state, dir && dir !== ownOf(sort) ? { sort, dir } : { sort }, first)}
            aria-current={
              sort === state.sort && (!dir || dir === (state.dir || ownOf(sort))) ? "true" : undefined
            }
            className="flex min-h-6 items-center underline-offset-4 hover:underline aria-[current=true]:font-semibold aria-[current=true]:text-ink"
          >
            {label}
          </Link>
        ))}
      </p>
      {columns.length > 0 && <ColumnChoice state={state} columns={columns} />}
    </div>
  );
}

/** Which columns the table shows; kept in the address. On phones a row is a card and has none. */
function ColumnChoice({
  state,
  columns,
}: {
  state: ListState;
  columns: readonly { key: string; label: string }[];
}) {
  const chosen = state.cols ?? [];
  return (
    <details key={chosen.join()} className="relative text-s max-md:hidden">
      <summary className="flex min-h-6 items-center gap-1 text-quiet underline-offset-4 hover:underline">
        Columns<span aria-hidden="true">▾</span>
      </summary>
      <form
        action={state.path}
        className="absolute right-0 z-10 mt-1 grid min-w-56 gap-3 border bg-paper p-4 shadow-none"
      >
        <Kept state={state} without="cols" />
        <fieldset className="grid gap-2">
          <legend className="sr-only">Columns to show</legend>
          {columns.map(({ key, label }) => (
            <label key={key} className="flex min-h-6 items-center gap-3">
              <input
                type="checkbox"
                name="cols"
                value={key}
                defaultChecked={chosen.length === 0 || chosen.includes(key)}
                className="size-5 shrink-0"
              />
              {label}
            </label>
          ))}
        </fieldset>
        <button type="submit" className="button button-line button-small">
          Show these
        </button>
      </form>
    </details>
  );
}
