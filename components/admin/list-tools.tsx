import type { Route } from "next";
import Link from "next/link";
import { Chip } from "@/components/ui/badge";
import { listHref } from "@/lib/domain/back-office";

export interface ListState {
  readonly path: string;
  readonly view: string;
  readonly sort: string;
  readonly search: string;
}

/** The address of a list with some of its choices changed; a changed choice starts on the first page. */
export function hrefWith(
  { path, search, view, sort }: ListState,
  change: { view?: string; sort?: string; page?: number },
  firstSort: string,
): Route {
  const chosen = change.sort ?? sort;
  return listHref(path, {
    q: search,
    view: change.view ?? view,
    sort: chosen === firstSort ? "" : chosen,
    page: change.page ?? 1,
  }) as Route;
}

/** What stands above a list: views with their counts, search, and the order it is in. Works without scripts. */
export function ListTools({
  state,
  views,
  sorts,
  searchLabel,
}: {
  state: ListState;
  views: readonly { view: string; label: string; count: number }[];
  /** The first is the one that an address need not name. */
  sorts: readonly [{ sort: string; label: string }, ...{ sort: string; label: string }[]];
  searchLabel: string;
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
            {state.view !== "all" && <input type="hidden" name="view" value={state.view} />}
            {state.sort !== first && <input type="hidden" name="sort" value={state.sort} />}
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
      <p className="flex flex-wrap items-center gap-x-4 text-s text-quiet">
        <span>Sorted by</span>
        {sorts.map(({ sort, label }) => (
          <Link
            key={sort}
            href={hrefWith(state, { sort }, first)}
            prefetch={false}
            aria-current={sort === state.sort ? "true" : undefined}
            className="flex min-h-6 items-center underline-offset-4 hover:underline aria-[current=true]:font-semibold aria-[current=true]:text-ink"
          >
            {label}
          </Link>
        ))}
      </p>
    </div>
  );
}

/** What a list says when it has nothing to show, and the way on. */
export function NothingListed({ what, state }: { what: string; state: ListState }) {
  return (
    <div className="border-t py-12">
      <p className="text-l">No {what} here.</p>
      {(state.search || state.view !== "all") && (
        <Link
          href={state.path as Route}
          prefetch={false}
          className="link mt-2 inline-flex min-h-6 text-quiet"
        >
          Show all {what}
        </Link>
      )}
    </div>
  );
}
