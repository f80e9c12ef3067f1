import { returnTones } from "@/components/orders/return-list";
import { StatusDot } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { returnStatusLabel } from "@/lib/domain/returns";
import type { ReturnRow } from "@/lib/queries/admin/returns";
import { RowLink, When } from "./cells";

/** The columns of the list that may be hidden. */
export const returnColumns = [
  { key: "goods", label: "Goods" },
  { key: "customer", label: "Customer" },
  { key: "owner", label: "Seller" },
  { key: "state", label: "State" },
  { key: "asked", label: "Asked for" },
] as const;

/** Returns, a row each; on phones a card of two lines. */
export function ReturnTable({
  rows,
  now,
  timeZone,
  withOwner,
  cols,
  sorting,
}: {
  rows: readonly ReturnRow[];
  now: Date;
  timeZone: string;
  /** An admin sees whose goods they are. */
  withOwner: boolean;
  /** Which of them were chosen; none means all. */
  cols: readonly string[];
  sorting: Sorting;
}) {
  const owner: Column<ReturnRow> = {
    key: "owner",
    head: "Seller",
    phone: "none",
    cell: ({ ownerName }) => ownerName,
  };
  const columns: Column<ReturnRow>[] = [
    {
      key: "number",
      head: "Return",
      phone: "title",
      cell: ({ number }) => (
        <RowLink href={`/admin/returns/${number}`} className="num">
          {number}
        </RowLink>
      ),
    },
    {
      key: "goods",
      head: "Goods",
      phone: "meta",
      cell: ({ pieces, name }) => (
        <span className="wrap-anywhere">{pieces === 1 ? name : `${pieces} pieces, ${name}`}</span>
      ),
    },
    { key: "customer", head: "Customer", phone: "none", cell: ({ customer }) => customer },
    ...(withOwner ? [owner] : []),
    {
      key: "state",
      head: "State",
      phone: "end",
      cell: ({ status }) => <StatusDot tone={returnTones[status]}>{returnStatusLabel[status]}</StatusDot>,
    },
    {
      key: "asked",
      head: "Asked for",
      sort: "asked",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ createdAt }) => <When at={createdAt} now={now} timeZone={timeZone} />,
    },
  ];
  return (
    <Table
      caption="Returns"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.number}
      sorting={sorting}
      shown={{ cols, choosable: returnColumns.map(({ key }) => key) }}
    />
  );
}
