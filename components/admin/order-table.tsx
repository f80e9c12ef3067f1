import { StatusDot } from "@/components/ui/badge";
import { type Bulk, type Column, type Sorting, Table } from "@/components/ui/table";
import { formatMoney } from "@/lib/domain/money";
import { orderColumns, orderPageHref } from "@/lib/domain/order-list";
import type { OrderRow } from "@/lib/queries/admin/orders";
import { RowLink, When } from "./cells";
import { goodsState, paymentState } from "./order-words";

/** Orders, a row each; on phones a card of two lines. */
export function OrderTable({
  rows,
  now,
  timeZone,
  totalHead,
  list,
  cols = [],
  sorting,
  bulk,
}: {
  rows: readonly OrderRow[];
  now: Date;
  timeZone: string;
  /** What the sums are: "Total", or "Your goods" for an owner. */
  totalHead: string;
  /** The query string of the list, so that an order's page knows its neighbours. */
  list: string;
  cols?: readonly string[];
  sorting?: Sorting;
  bulk?: Bulk<OrderRow>;
}) {
  const columns: Column<OrderRow>[] = [
    {
      key: "number",
      head: "Order",
      phone: "title",
      cell: ({ number }) => (
        <RowLink href={orderPageHref(number, { list })} className="num whitespace-nowrap">
          {number}
        </RowLink>
      ),
    },
    {
      key: "placed",
      head: "Placed",
      sort: "placed",
      sortFirst: "desc",
      phone: "none",
      cell: ({ placedAt }) => <When at={placedAt} now={now} timeZone={timeZone} />,
    },
    {
      key: "customer",
      head: "Customer",
      cell: (row) => (
        <>
          <span className="wrap-anywhere md:inline-block md:min-w-36">
            {row.customer}
            {row.country && <span className="num text-quiet"> {row.country}</span>}
          </span>
          <span className="md:hidden"> · {goodsState(row)}</span>
        </>
      ),
    },
    { key: "goods", head: "Fulfilment", phone: "none", cell: goodsState },
    {
      key: "payment",
      head: "Payment",
      phone: "metaEnd",
      cell: (row) => {
        const { tone, text } = paymentState(row);
        return (
          <span className="whitespace-nowrap">
            <StatusDot tone={tone}>{text}</StatusDot>
          </span>
        );
      },
    },
    { key: "pieces", head: "Pieces", number: true, phone: "none", wide: true, cell: ({ pieces }) => pieces },
    {
      key: "total",
      head: totalHead,
      sort: "total",
      sortFirst: "desc",
      number: true,
      phone: "end",
      cell: ({ total, currency }) => formatMoney(total, currency),
    },
  ];
  return (
    <Table
      caption="Orders"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      {...(sorting && { sorting })}
      shown={{ cols, choosable: orderColumns.map(({ key }) => key) }}
      {...(bulk && { bulk })}
    />
  );
}
