import { type Column, type Sorting, Table } from "@/components/ui/table";
import { daysText } from "@/lib/domain/inventory-velocity";
import type { StockRow } from "@/lib/queries/admin/stock";
import { RowLink } from "./cells";

/** The columns of the list that may be hidden. */
export const stockColumns = [
  { key: "sku", label: "SKU" },
  { key: "owner", label: "Owner" },
  { key: "onHand", label: "On hand" },
  { key: "reserved", label: "Reserved" },
  { key: "daysLeft", label: "Days left" },
  { key: "threshold", label: "Low from" },
] as const;

/** Counters, a row a variant; on phones a card of two lines. */
export function StockTable({
  rows,
  withOwner,
  cols,
  sorting,
}: {
  rows: readonly StockRow[];
  withOwner: boolean;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<StockRow>[] = [
    {
      key: "name",
      head: "Variant",
      sort: "name",
      phone: "title",
      cell: ({ variantId, name, title }) => (
        <RowLink href={`/admin/stock/${variantId}`} className="flex-wrap gap-x-1.5 wrap-anywhere md:min-w-44">
          {name}
          {title && <span className="font-normal text-quiet">{title}</span>}
        </RowLink>
      ),
    },
    {
      key: "sku",
      head: "SKU",
      sort: "sku",
      cell: ({ sku }) => <span className="num wrap-anywhere md:inline-block md:min-w-36">{sku}</span>,
    },
    ...(withOwner
      ? [{ key: "owner", head: "Owner", phone: "none", cell: (row) => row.ownerName } as Column<StockRow>]
      : []),
    {
      key: "onHand",
      head: "On hand",
      sort: "onHand",
      number: true,
      phone: "none",
      cell: ({ onHand }) => onHand,
    },
    {
      key: "reserved",
      head: "Reserved",
      sort: "reserved",
      sortFirst: "desc",
      number: true,
      phone: "none",
      cell: ({ reserved }) => reserved,
    },
    {
      key: "available",
      head: "Available",
      sort: "available",
      number: true,
      phone: "end",
      cell: ({ available, threshold }) => (
        <span className={available <= threshold ? "font-semibold text-signal" : "font-semibold"}>
          {available}
          {available <= threshold && (
            <span className="sr-only">{available <= 0 ? ", sold out" : ", running low"}</span>
          )}
        </span>
      ),
    },
    {
      key: "daysLeft",
      head: "Days left",
      number: true,
      phone: "none",
      cell: ({ daysLeft }) =>
        daysLeft === null ? <span className="text-quiet">–</span> : daysText(daysLeft),
    },
    {
      key: "threshold",
      head: "Low from",
      sort: "threshold",
      sortFirst: "desc",
      number: true,
      phone: "metaEnd",
      cell: ({ threshold }) => (
        <>
          <span className="text-quiet md:sr-only">low from </span>
          {threshold}
        </>
      ),
    },
  ];
  return (
    <Table
      caption="Stock"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.variantId}
      sorting={sorting}
      shown={{ cols, choosable: stockColumns.map(({ key }) => key) }}
    />
  );
}
