import { type Column, type Sorting, Table } from "@/components/ui/table";
import { formerStateText } from "@/lib/domain/former-orders";
import { formatMoney } from "@/lib/domain/money";
import type { FormerOrderRow } from "@/lib/queries/admin/former-orders";
import { RowLink, When } from "./cells";

/** The columns of the list that may be hidden. */
export const formerColumns = [
  { key: "placed", label: "Placed" },
  { key: "customer", label: "Customer" },
  { key: "state", label: "State" },
  { key: "pieces", label: "Pieces" },
  { key: "refunded", label: "Given back" },
  { key: "total", label: "Total" },
] as const;

/** Orders of the former shop, a row each; on phones a card of two lines. */
export function FormerOrderTable({
  rows,
  now,
  timeZone,
  sorting,
  cols = [],
  ofOne = false,
}: {
  rows: readonly FormerOrderRow[];
  now: Date;
  timeZone: string;
  sorting?: Sorting;
  cols?: readonly string[];
  /** All are of one customer, who need not be named. */
  ofOne?: boolean;
}) {
  const customer: Column<FormerOrderRow> = {
    key: "customer",
    head: "Customer",
    phone: "meta",
    cell: ({ customer: name, country }) => (
      <span className="wrap-anywhere">
        {name || <span className="text-quiet">nobody named</span>}
        {country && <span className="num text-quiet"> {country}</span>}
      </span>
    ),
  };
  const columns: Column<FormerOrderRow>[] = [
    {
      key: "number",
      head: "Order",
      sort: "number",
      sortFirst: "desc",
      phone: "title",
      cell: ({ id, number }) => (
        <RowLink href={`/admin/orders/former/${id}`} className="num wrap-anywhere">
          {number}
        </RowLink>
      ),
    },
    {
      key: "placed",
      head: "Placed",
      sort: "placed",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ placedAt }) => <When at={placedAt} now={now} timeZone={timeZone} />,
    },
    ...(ofOne ? [] : [customer]),
    {
      key: "state",
      head: "State",
      phone: ofOne ? "meta" : "none",
      cell: (row) => formerStateText(row),
    },
    { key: "pieces", head: "Pieces", number: true, phone: "none", wide: true, cell: ({ pieces }) => pieces },
    {
      key: "refunded",
      head: "Given back",
      number: true,
      phone: "none",
      wide: true,
      cell: ({ refunded, currency }) => (refunded > 0 ? formatMoney(refunded, currency) : ""),
    },
    {
      key: "total",
      head: "Total",
      sort: "total",
      sortFirst: "desc",
      number: true,
      phone: "end",
      cell: ({ total, currency }) => formatMoney(total, currency),
    },
  ];
  return (
    <Table
      caption="Orders of the former shop"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      shown={{ cols, choosable: formerColumns.map(({ key }) => key) }}
      {...(sorting && { sorting })}
    />
  );
}
