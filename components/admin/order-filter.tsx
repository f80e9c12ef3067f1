import { Select } from "@/components/ui/field";
import { countryNames } from "@/lib/domain/country-names";
import {
  type OrderFilterName,
  type OrderList,
  orderPaymentLabel,
  orderPayments,
} from "@/lib/domain/order-list";
import { orderMachine, orderStatusLabel } from "@/lib/domain/orders";
import { DayRange, ListFilter, SellerSelect } from "./list-filter";

interface Choices {
  readonly countries: readonly string[];
  /** For admins. */
  readonly owners: readonly { id: string; name: string }[];
}

/** The list by status, payment, country, seller and days. */
export function OrderFilter({ state, choices }: { state: OrderList; choices: Choices }) {
  const { filter } = state;
  const countries = [...new Set([...choices.countries, ...(filter.country ? [filter.country] : [])])];
  const told: [OrderFilterName, string | undefined][] = [
    ["status", filter.status && orderStatusLabel[filter.status]],
    ["payment", filter.payment && orderPaymentLabel[filter.payment]],
    ["from", filter.from && `from ${filter.from}`],
    ["to", filter.to && `to ${filter.to}`],
    ["country", filter.country && (countryNames[filter.country] ?? filter.country)],
    ["owner", filter.owner && choices.owners.find(({ id }) => id === filter.owner)?.name],
  ];
  return (
    <ListFilter
      state={state}
      firstSort="placed"
      told={told}
      columns="lg:grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))]"
    >
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
      <SellerSelect owners={choices.owners} chosen={filter.owner} />
      <DayRange from={filter.from} to={filter.to} />
    </ListFilter>
  );
}
