import type { Route } from "next";
import type { ReactNode } from "react";
import { Chip } from "@/components/ui/badge";
import { Select, TextInput } from "@/components/ui/field";
import { type ListState, listHref } from "@/lib/domain/back-office";

/**
 * What a list is cut down to, as a plain form whose answers stand in the address: its fields are `children`, and each
 * of `told` that has a text is a chip to take off.
 */
export function ListFilter({
  state,
  firstSort,
  told,
  columns,
  children,
}: {
  state: ListState;
  /** The order that needs no name. */
  firstSort: string;
  told: readonly (readonly [name: string, text: string | undefined])[];
  /** How wide the fields are where there is room. */
  columns: string;
  children: ReactNode;
}) {
  const { path, view, search, sort, dir, cols, more } = state;
  const kept: Record<string, string> = {
    view: view === "all" ? "" : view,
    q: search,
    sort: sort === firstSort ? "" : sort,
    dir: dir ?? "",
    cols: cols?.join(",") ?? "",
  };
  const chips = told.filter(([, text]) => text);
  return (
    <div className="grid gap-3">
      <details className="group/filter" open={chips.length > 0}>
        <summary className="link inline-flex min-h-6 items-center text-s">Filter</summary>
        <search className="mt-3 block">
          <form
            key={JSON.stringify([more, kept])}
            action={path}
            className={`grid items-end gap-3 sm:grid-cols-2 ${columns}`}
          >
            {Object.entries(kept).map(
              ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
            )}
            {children}
            <button type="submit" className="button button-line button-small justify-self-start">
              Filter
            </button>
          </form>
        </search>
      </details>
      {chips.length > 0 && (
        <nav aria-label="Filters" className="flex flex-wrap gap-2">
          {chips.map(([name, text]) => (
            <Chip key={name} remove href={listHref(path, { ...more, [name]: "", ...kept }) as Route}>
              {text}
            </Chip>
          ))}
        </nav>
      )}
    </div>
  );
}

/** Whose goods; nothing for owners, who have no others. */
export function SellerSelect({
  owners,
  chosen = "",
}: {
  owners: readonly { id: string; name: string }[];
  chosen: string | undefined;
}) {
  if (owners.length === 0) return null;
  return (
    <Select name="owner" label="Seller" defaultValue={chosen} required={false}>
      <option value="">Any</option>
      {owners.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

/** From a day to a day, both part of it. */
export function DayRange({ from, to }: { from: string | undefined; to: string | undefined }) {
  return (
    <>
      <TextInput name="from" label="From" type="date" defaultValue={from} required={false} />
      <TextInput name="to" label="To" type="date" defaultValue={to} required={false} />
    </>
  );
}
