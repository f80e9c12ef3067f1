import type { RefundFilterName, RefundList } from "@/lib/domain/refund-list";
import { DayRange, ListFilter, SellerSelect } from "./list-filter";

/** Which days and, for admins, whose goods. */
export function RefundFilter({
  state,
  owners,
}: {
  state: RefundList;
  owners: readonly { id: string; name: string }[];
}) {
  const { from, to, owner } = state.filter;
  const told: [RefundFilterName, string | undefined][] = [
    ["from", from && `from ${from}`],
    ["to", to && `to ${to}`],
    ["owner", owner && owners.find(({ id }) => id === owner)?.name],
  ];
  return (
    <ListFilter
      state={state}
      firstSort="when"
      told={told}
      columns="lg:grid-cols-[10.5rem_10.5rem_minmax(0,16rem)_auto_1fr]"
    >
      <DayRange from={from} to={to} />
      <SellerSelect owners={owners} chosen={owner} />
    </ListFilter>
  );
}
