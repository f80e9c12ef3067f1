import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { formatMoney } from "@/lib/domain/money";
import { orderPageHref } from "@/lib/domain/order-list";
import { type RefundStatus, refundStatusLabel } from "@/lib/domain/payments";
import { refundColumns } from "@/lib/domain/refund-list";
import type { RefundRow } from "@/lib/queries/admin/refund-list";
import { RowLink, When } from "./cells";
import { RefundDeeds } from "./refund-deeds";

const TONES: Record<RefundStatus, Tone> = {
  reserved: "focus",
  pending: "focus",
  succeeded: "good",
  failed: "signal",
};

/** Where a refund stands, in a word. */
export function RefundState({ status }: { status: RefundStatus }) {
  return (
    <span className="whitespace-nowrap">
      <StatusDot tone={TONES[status]}>{refundStatusLabel[status]}</StatusDot>
    </span>
  );
}

/** Refunds, a row each; on phones a card of two lines and what may be done. */
export function RefundTable({
  rows,
  now,
  timeZone,
  isOwner,
  list,
  cols,
  sorting,
}: {
  rows: readonly RefundRow[];
  now: Date;
  timeZone: string;
  /** Owners see what their goods were, and neither who asked nor what may be done. */
  isOwner: boolean;
  /** The query string of the list, to which its forms come back. */
  list: string;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const forAdmins: Column<RefundRow>[] = [
    { key: "owner", head: "Seller", phone: "none", wide: true, cell: ({ sellers }) => sellers ?? "–" },
  ];
  const columns: Column<RefundRow>[] = [
    {
      key: "order",
      head: "Order",
      phone: "title",
      cell: ({ orderNumber }) => (
        <RowLink
          href={`${orderPageHref(orderNumber)}${isOwner ? "" : "#refunds"}`}
          className="num whitespace-nowrap"
        >
          {orderNumber}
        </RowLink>
      ),
    },
    {
      key: "when",
      head: "Asked for",
      sort: "when",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ at }) => <When at={at} now={now} timeZone={timeZone} />,
    },
    {
      key: "customer",
      head: "Customer",
      phone: "meta",
      cell: ({ customer }) => <span className="wrap-anywhere">{customer}</span>,
    },
    ...(isOwner ? [] : forAdmins),
    {
      key: "reason",
      head: "Why",
      phone: "all",
      cell: ({ reason }) => <span className="line-clamp-3 wrap-anywhere">{reason}</span>,
    },
    ...(isOwner
      ? []
      : [
          {
            key: "by",
            head: "By",
            phone: "none",
            wide: true,
            cell: ({ by }: RefundRow) => by ?? "The shop",
          } as const,
        ]),
    {
      key: "state",
      head: "State",
      phone: "all",
      cell: (row) => (
        <>
          <RefundState status={row.status} />
          {row.failure && (
            <span className="block text-s text-quiet wrap-anywhere">{row.failure.replaceAll("_", " ")}</span>
          )}
          <RefundDeeds refund={row} list={list} />
        </>
      ),
    },
    {
      key: "amount",
      head: isOwner ? "Your goods" : "Amount",
      number: true,
      ...(!isOwner && { sort: "amount", sortFirst: "desc" }),
      phone: "end",
      cell: ({ amount, currency }) => formatMoney(amount, currency),
    },
  ];
  return (
    <Table
      caption="Refunds"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      sorting={sorting}
      shown={{ cols, choosable: refundColumns.map(({ key }) => key) }}
    />
  );
}
