import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { shortMoment } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { PayoutRow } from "@/lib/queries/admin/payouts";
import { RowLink } from "./cells";

const states: Record<PayoutRow["status"], { tone: Tone; text: string }> = {
  pending: { tone: "focus", text: "On the way" },
  paid: { tone: "good", text: "Paid" },
  failed: { tone: "signal", text: "Failed" },
};

/** How a payout stands, in words. */
export function PayoutState({ status }: Pick<PayoutRow, "status">) {
  const { tone, text } = states[status];
  return (
    <span className="whitespace-nowrap">
      <StatusDot tone={tone}>{text}</StatusDot>
    </span>
  );
}

/** The columns of the list that may be hidden. */
export const payoutColumns = [
  { key: "owner", label: "Owner" },
  { key: "method", label: "Way" },
  { key: "reference", label: "Reference" },
  { key: "state", label: "State" },
] as const;

/** Payouts, a row each; on phones a card of two lines. */
export function PayoutTable({
  rows,
  now,
  timeZone,
  withOwner,
  cols,
  sorting,
}: {
  rows: readonly PayoutRow[];
  now: Date;
  timeZone: string;
  withOwner: boolean;
  /** Which of them were chosen; none means all. */
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<PayoutRow>[] = [
    {
      key: "when",
      head: "Started",
      sort: "when",
      sortFirst: "desc",
      phone: "title",
      cell: ({ id, createdAt, ownerName }) => (
        <RowLink href={`/admin/payouts/${id}`} className="num whitespace-nowrap">
          <time dateTime={createdAt.toISOString()}>{shortMoment(createdAt, now, timeZone)}</time>
          {withOwner && <span className="sr-only"> to {ownerName}</span>}
        </RowLink>
      ),
    },
    ...(withOwner
      ? [
          {
            key: "owner",
            head: "Owner",
            sort: "owner",
            phone: "meta",
            cell: ({ ownerName }: PayoutRow) => ownerName,
          } as const,
        ]
      : []),
    {
      key: "method",
      head: "Way",
      phone: withOwner ? "none" : "meta",
      cell: ({ method }) => (method === "stripe" ? "By transfer" : "By hand"),
    },
    {
      key: "reference",
      head: "Reference",
      phone: "none",
      cell: ({ reference, failureReason }) => (
        <span className="wrap-anywhere text-quiet">{failureReason ?? reference}</span>
      ),
    },
    { key: "state", head: "State", phone: "metaEnd", cell: ({ status }) => <PayoutState status={status} /> },
    {
      key: "amount",
      head: "Amount",
      sort: "amount",
      sortFirst: "desc",
      number: true,
      phone: "end",
      cell: ({ amount, currency }) => formatMoney(amount, currency),
    },
  ];
  return (
    <Table
      caption="Payouts"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: payoutColumns.map(({ key }) => key) }}
    />
  );
}
