import { StatusDot } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import { formatMoney } from "@/lib/domain/money";
import { refusalText } from "@/lib/domain/payouts";
import type { RunRow } from "@/lib/queries/admin/payout-runs";
import { RowLink } from "./cells";
import { PayoutState } from "./payout-table";

/** The payouts of a run, a row each. */
export function RunTable({ rows }: { rows: readonly RunRow[] }) {
  const columns: Column<RunRow>[] = [
    {
      key: "owner",
      head: "Owner",
      phone: "title",
      cell: ({ ownerName, payout }) => <RowLink href={`/admin/payouts/${payout?.id}`}>{ownerName}</RowLink>,
    },
    {
      key: "way",
      head: "Way",
      phone: "meta",
      cell: ({ payout }) => (payout?.method === "stripe" ? "By transfer" : "By hand"),
    },
    {
      key: "state",
      head: "State",
      phone: "metaEnd",
      cell: ({ payout }) => payout && <PayoutState status={payout.status} />,
    },
    {
      key: "amount",
      head: "Amount",
      number: true,
      phone: "end",
      cell: ({ payout }) => payout && formatMoney(payout.amount, payout.currency),
    },
  ];
  return <Table caption="Payouts of this run" columns={columns} rows={rows} rowKey={(row) => row.ownerId} />;
}

/** Whom it paid nothing, by name, and why. */
export function RunRefusals({ rows }: { rows: readonly RunRow[] }) {
  return (
    <ul className="border-t">
      {rows.map(({ ownerId, ownerName, refusal }) => (
        <li key={ownerId} className="grid gap-x-6 gap-y-1 border-b py-2.5 sm:grid-cols-[14rem_1fr]">
          <StatusDot tone="signal">
            <RowLink href={`/admin/payouts/owners/${ownerId}`}>{ownerName}</RowLink>
          </StatusDot>
          {refusal && <span className="text-s text-quiet">{refusalText(refusal)}</span>}
        </li>
      ))}
    </ul>
  );
}
