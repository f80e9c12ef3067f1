import type { Route } from "next";
import { Chip } from "@/components/ui/badge";
import { Select, TextInput } from "@/components/ui/field";
import { listHref } from "@/lib/domain/back-office";
import { REFUNDS_PATH, type RefundFilterName, type RefundList } from "@/lib/domain/refund-list";

/** Which days and, for admins, whose goods: a plain form whose answers stand in the address; each is a chip to take off. */
export function RefundFilter({
  state,
  owners,
}: {
  state: RefundList;
  owners: readonly { id: string; name: string }[];
}) {
  const { filter, view, search, sort, dir, cols, more } = state;
  const kept: Record<string, string> = {
    view: view === "all" ? "" : view,
    q: search,
    sort: sort === "when" ? "" : sort,
    dir,
    cols: cols.join(","),
  };
  const told: [RefundFilterName, string | undefined][] = [
    ["from", filter.from && `from ${filter.from}`],
    ["to", filter.to && `to ${filter.to}`],
    ["owner", filter.owner && owners.find(({ id }) => id === filter.owner)?.name],
  ];
  const chips = told.filter(([, text]) => text);
  return (
    <div className="grid gap-3">
      <details className="group/filter" open={chips.length > 0}>
        <summary className="link inline-flex min-h-6 items-center text-s">Filter</summary>
        <search className="mt-3 block">
          <form
            key={JSON.stringify([filter, kept])}
            action={REFUNDS_PATH}
            className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[10.5rem_10.5rem_minmax(0,16rem)_auto_1fr]"
          >
            {Object.entries(kept).map(
              ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
            )}
            <TextInput name="from" label="From" type="date" defaultValue={filter.from} required={false} />
            <TextInput name="to" label="To" type="date" defaultValue={filter.to} required={false} />
            {owners.length > 0 && (
              <Select name="owner" label="Seller" defaultValue={filter.owner ?? ""} required={false}>
                <option value="">Any</option>
                {owners.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
            <button type="submit" className="button button-line button-small justify-self-start">
              Filter
            </button>
          </form>
        </search>
      </details>
      {chips.length > 0 && (
        <nav aria-label="Filters" className="flex flex-wrap gap-2">
          {chips.map(([name, text]) => (
            <Chip key={name} remove href={listHref(REFUNDS_PATH, { ...more, [name]: "", ...kept }) as Route}>
              {text}
            </Chip>
          ))}
        </nav>
      )}
    </div>
  );
}
