import type { Route } from "next";
import type { ReactNode } from "react";
import { Count } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import {
  browsePath,
  type ListPlace,
  listPath,
  type SearchInput,
  type SearchSort,
  sortLabels,
} from "@/lib/domain/search";
import type { ChosenFilter, Facet, FacetOption, Facets } from "@/lib/domain/search-facets";
import { Dot } from "./dots";
import { FilterForm } from "./filter-form";

/**
 * The bar above a list: filters, order, and what is chosen. One form that works without scripts; a row of folds on
 * wide screens, a sheet on phones.
 */
export function FilterBar({
  place,
  input,
  facets,
  chosen,
  sorts,
  total,
}: {
  place: ListPlace;
  input: SearchInput;
  facets: Facets;
  chosen: readonly ChosenFilter[];
  /** Without `current` the list stands in an order of its own. */
  sorts: { readonly current: SearchSort | null; readonly all: readonly SearchSort[] };
  total: number;
}) {
  // The router keeps the last pages in the document: two of them must not have one name for their sheets.
  const sheet = `filters-${listPath(place, input).replace(/\W+/g, "-")}`;
  const result = `${total} ${total === 1 ? "piece" : "pieces"}`;
  const sort = sorts.current === usual(input) ? undefined : (sorts.current ?? undefined);
  const bare = listPath(place, { q: input.q, category: input.category, sort });
  const hidden = {
    q: place.kind === "search" ? input.q : "",
    category: place.kind === "search" ? input.category : "",
    sort: sort ?? "",
    exact: input.exact ? "1" : "",
  };
  return (
    <FilterForm
      action={place.kind === "search" ? "/search" : browsePath(place.path)}
      plain={listPath(place, {})}
      current={listPath(place, input)}
      result={result}
      sheet={sheet}
      className="page pb-6 text-s"
    >
      {Object.entries(hidden).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would say nothing more and be drawn otherwise */}
      <div
        data-filters
        tabIndex={-1}
        role="group"
        aria-label="Filters"
        className="relative flex flex-wrap items-center gap-x-5 border-y"
      >
        <button
          type="button"
          popoverTarget={sheet}
          className="inline-flex min-h-target items-center gap-2 font-semibold lg:hidden"
        >
          Filter
          {chosen.length > 0 && <Count>{chosen.length}</Count>}
        </button>
        <div
          id={sheet}
          popover="auto"
          className="m-0 h-dvh max-h-none w-full max-w-none overflow-y-auto bg-paper p-edge text-ink lg:static lg:flex lg:h-auto lg:w-auto lg:flex-wrap lg:gap-x-5 lg:overflow-visible lg:bg-transparent lg:p-0"
        >
          <div className="flex items-center justify-between pb-4 text-m lg:hidden">
            <p className="text-l font-semibold">Filter</p>
            <button
              type="button"
              popoverTarget={sheet}
              popoverTargetAction="hide"
              className="min-h-target px-2"
            >
              Close
            </button>
          </div>
          {facets.boxes.map((facet) => (
            <Drop
              key={facet.name}
              title={facet.name}
              count={facet.options.filter(({ chosen: is }) => is).length}
            >
              <Boxes facet={facet} input={input} />
            </Drop>
          ))}
          {facets.price && (
            <Drop title="Price" count={input.min || input.max ? 1 : 0}>
              <PriceFields input={input} price={facets.price} />
            </Drop>
          )}
          <button type="submit" className={buttonClass("filled", true, "mt-6 w-full lg:hidden")}>
            Show pieces
          </button>
          <button type="submit" className="link hidden min-h-target font-semibold lg:unscripted:inline-block">
            Apply
          </button>
        </div>
        <Sorts place={place} input={input} sorts={sorts} />
      </div>
      {chosen.length > 0 && (
        <ul aria-label="Chosen filters" className="flex flex-wrap items-center gap-2 pt-4">
          {chosen.map(({ key, label, without }) => (
            <li key={key}>
              <a
                href={without}
                data-chip
                className="inline-flex min-h-8 items-center gap-2 rounded-round border border-control px-3 whitespace-nowrap hover:border-ink"
              >
                <span className="sr-only">Remove </span>
                {label}
                <span aria-hidden="true">×</span>
              </a>
            </li>
          ))}
          <li>
            <a href={bare} data-chip className="link inline-flex min-h-8 items-center px-2">
              Clear all
            </a>
          </li>
        </ul>
      )}
    </FilterForm>
  );
}

const usual = (input: SearchInput): SearchSort => (input.q ? "relevance" : "newest");

/** A fold: beneath its name in the sheet of phones, dropped down from the bar on wide screens. */
function Drop({
  title,
  count,
  end = false,
  children,
}: {
  title: string;
  count: number;
  end?: boolean;
  children: ReactNode;
}) {
  return (
    <details name="filters" data-drop className={cx("group/drop lg:relative", !end && "max-lg:border-t")}>
      <summary className="flex min-h-target items-center gap-2 underline-offset-8 hover:underline lg:group-open/drop:underline">
        {title}
        {count > 0 && <Count>{count}</Count>}
        <svg
          viewBox="0 0 12 12"
          aria-hidden="true"
          className={cx("size-3 group-open/drop:rotate-180", !end && "max-lg:ml-auto")}
        >
          <path d="m2 4 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.25" />
        </svg>
      </summary>
      <div
        className={cx(
          "lg:absolute lg:top-full lg:z-10 lg:max-h-96 lg:w-72 lg:overflow-y-auto lg:border lg:bg-paper lg:p-4",
          end ? "absolute top-full right-0 z-10 w-60 border bg-paper p-4" : "max-lg:pb-4 lg:left-0 lg:-ml-4",
        )}
      >
        {children}
      </div>
    </details>
  );
}

function Boxes({ facet, input }: { facet: Facet; input: SearchInput }) {
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{facet.name}</legend>
      {facet.single && (
        <Box
          type="radio"
          option={{ ...ANY, field: facet.options[0]?.field ?? "rating", chosen: !input.rating }}
        />
      )}
      {facet.options.map((option) => (
        <Box key={option.value + option.field} type={facet.single ? "radio" : "checkbox"} option={option} />
      ))}
    </fieldset>
  );
}

const ANY: FacetOption = { field: "rating", value: "", label: "Any", swatch: null, count: -1, chosen: false };

function Box({ type, option }: { type: "checkbox" | "radio"; option: FacetOption }) {
  const { field, value, label, swatch, count, chosen } = option;
  return (
    <label className="flex min-h-target items-center gap-3 lg:min-h-8">
      <input type={type} name={field} value={value} defaultChecked={chosen} className="size-4.5 shrink-0" />
      {swatch && <Dot value={label} swatch={swatch} size="large" />}
      <span className={cx("min-w-0 flex-1 wrap-anywhere", count === 0 && "text-quiet")}>{label}</span>
      {count >= 0 && (
        <span className="num text-quiet">
          {count}
          <span className="sr-only"> {count === 1 ? "piece" : "pieces"}</span>
        </span>
      )}
    </label>
  );
}

function PriceFields({ input, price }: { input: SearchInput; price: NonNullable<Facets["price"]> }) {
  const field = (name: "min" | "max", label: string, hint: string) => (
    <label className="grid min-w-0 gap-1">
      <span>{label}</span>
      <input
        name={name}
        type="text"
        inputMode="decimal"
        defaultValue={input[name]}
        placeholder={hint}
        maxLength={20}
        className="control min-h-target px-3 py-1"
      />
    </label>
  );
  return (
    <fieldset className="grid grid-cols-2 gap-3">
      <legend className="sr-only">Price</legend>
      {field("min", "From", price.low)}
      {field("max", "To", price.high)}
      <button type="submit" className={buttonClass("line", true, "col-span-2")}>
        Apply price
      </button>
    </fieldset>
  );
}

function Sorts({
  place,
  input,
  sorts,
}: {
  place: ListPlace;
  input: SearchInput;
  sorts: { current: SearchSort | null; all: readonly SearchSort[] };
}) {
  const shown = sorts.current ? sortLabels[sorts.current] : "Our choice";
  return (
    <div className="ml-auto">
      <Drop title={`Sort: ${shown}`} count={0} end>
        <nav aria-label="Sort">
          <ul>
            {sorts.all.map((sort) => (
              <li key={sort}>
                <Link
                  href={listPath(place, { ...input, sort, page: 1 }) as Route}
                  how="stay"
                  rel="nofollow"
                  aria-current={sort === sorts.current ? "true" : undefined}
                  className={cx(
                    "flex min-h-8 items-center underline-offset-4 hover:underline",
                    sort === sorts.current && "font-semibold",
                  )}
                >
                  {sortLabels[sort]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </Drop>
    </div>
  );
}
