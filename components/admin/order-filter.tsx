import type { Route } from "next";
import { Chip } from "@/components/ui/badge";
import { Select, TextInput } from "@/components/ui/field";
import { listHref } from "@/lib/domain/back-office";
import { countryNames } from "@/lib/domain/country-names";
import {
  ORDERS_PATH,
  type OrderFilterName,
  type OrderList,
  orderPaymentLabel,
  orderPayments,
} from "@/lib/domain/order-list";
import { orderMachine, orderStatusLabel } from "@/lib/domain/orders";

interface Choices {
  readonly countries: readonly string[];
  /** For admins. */
  readonly owners: readonly { id: string; name: string }[];
}

/** What the list is cut down to, as a plain form whose answers stand in the address; each is a chip to take off. */
export function OrderFilter({ state, choices }: { state: OrderList; choices: Choices }) {
  const { filter, view, search, sort, dir, cols, more } = state;
  const kept: Record<string, string> = {
    view: view === "all" ? "" : view,
    q: search,
    sort: sort === "placed" ? "" : sort,
    dir,
    cols: cols.join(","),
  };
  const countries = [...new Set([...choices.countries, ...(filter.country ? [filter.country] : [])])];
  const told: [OrderFilterName, string | undefined][] = [
    ["status", filter.status && orderStatusLabel[filter.status]],
    ["payment", filter.payment && orderPaymentLabel[filter.payment]],
    ["from", filter.from && `from ${filter.from}`],
    ["to", filter.to && `to ${filter.to}`],
    ["country", filter.country && (countryNames[filter.country] ?? filter.country)],
    ["owner", filter.owner && choices.owners.find(({ id }) => id === filter.owner)?.name],
  ];
  const chips = told.filter(([, text]) => text);
  return (
    <div className="grid gap-3">
      <details className="group/filter" open={chips.length > 0}>
        <summary className="link inline-flex min-h-6 items-center text-s">Filter</summary>
        <search className="mt-3 block">
          <form
            key={JSON.stringify([filter, kept])}
            action={ORDERS_PATH}
            className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))]"
          >
            {Object.entries(kept).map(
              ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
            )}
            <Select name="status" label="Status" defaultValue={filter.status ?? ""} required={false}>
              <option value="">Any</option>
              {orderMachine.states.map((status) => (
                <option key={status} value={status}>
                  {orderStatusLabel[status]}
                </option>
              ))}
            </Select>
            <Select name="payment" label="Payment" defaultValue={filter.payment ?? ""} required={false}>
              <option value="">Any</option>
              {orderPayments.map((payment) => (
                <option key={payment} value={payment}>
                  {orderPaymentLabel[payment]}
                </option>
              ))}
            </Select>
            <Select name="country" label="Country" defaultValue={filter.country ?? ""} required={false}>
              <option value="">Any</option>
              {countries.map((country) => (
                <option key={country} value={country}>
                  {countryNames[country] ?? country}
                </option>
              ))}
            </Select>
            {choices.owners.length > 0 && (
              <Select name="owner" label="Seller" defaultValue={filter.owner ?? ""} required={false}>
                <option value="">Any</option>
                {choices.owners.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
            <TextInput name="from" label="From" type="date" defaultValue={filter.from} required={false} />
            <TextInput name="to" label="To" type="date" defaultValue={filter.to} required={false} />
            <button type="submit" className="button button-line button-small justify-self-start">
              Filter
            </button>
          </form>
        </search>
      </details>
      {chips.length > 0 && (
        <nav aria-label="Filters" className="flex flex-wrap gap-2">
          {chips.map(([name, text]) => (
            <Chip key={name} remove href={listHref(ORDERS_PATH, { ...more, [name]: "", ...kept }) as Route}>
              {text}
            </Chip>
          ))}
        </nav>
      )}
    </div>
  );
}
