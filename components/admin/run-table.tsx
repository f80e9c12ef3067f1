import { StatusDot } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import { shortMoment } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { refusalText } from "@/lib/domain/payouts";
import type { RunCard, RunRow } from "@/lib/queries/admin/payout-runs";
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

/** The newest runs, each with its file for the bank. */
export function RunList({
  rows,
  now,
  timeZone,
  currency,
}: {
  rows: readonly RunCard[];
  now: Date;
  timeZone: string;
  currency: string;
}) {
  const columns: Column<RunCard>[] = [
    {
      key: "when",
      head: "Started",
      phone: "title",
      cell: ({ runId, at }) => (
        <RowLink href={`/admin/payouts/runs/${runId}`} className="num whitespace-nowrap">
          <time dateTime={at.toISOString()}>{shortMoment(at, now, timeZone)}</time>
        </RowLink>
      ),
    },
    {
      key: "payouts",
      head: "Payouts",
      phone: "meta",
      cell: ({ paid, failed, refused }) =>
        `${paid} ${paid === 1 ? "payout" : "payouts"}${failed > 0 ? `, ${failed} failed` : ""}${refused > 0 ? `, ${refused} not paid` : ""}`,
    },
    {
      key: "file",
      head: "For the bank",
      phone: "metaEnd",
      cell: ({ runId, paid, failed, at }) =>
        paid + failed > 0 && (
          <a
            href={`/admin/payouts/runs/${runId}/payouts.csv`}
            className="link inline-flex min-h-6 items-center"
          >
            CSV<span className="sr-only"> of the run of {shortMoment(at, now, timeZone)}</span>
          </a>
        ),
    },
    {
      key: "total",
      head: "Amount",
      number: true,
      phone: "end",
      cell: ({ total, failedTotal }) => (
        <>
          {formatMoney(total, currency)}
          {failedTotal > 0 && (
            <span className="block text-s text-quiet">{formatMoney(failedTotal, currency)} failed</span>
          )}
        </>
      ),
    },
  ];
  return (
    <Table caption="The last runs of payouts" columns={columns} rows={rows} rowKey={(row) => row.runId} />
  );
}
