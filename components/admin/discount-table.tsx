import { StatusDot } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { discountStateLabel } from "@/lib/domain/discounts-form";
import { formatMoney } from "@/lib/domain/money";
import type { DiscountRow } from "@/lib/queries/admin/discounts";
import { RowLink } from "./cells";
import { datesText, discountTones, worthText } from "./discount-words";

/** The columns of the list that may be hidden. */
export const discountColumns = [
  { key: "worth", label: "Takes off" },
  { key: "uses", label: "Uses" },
  { key: "given", label: "Gave away" },
  { key: "dates", label: "Holds" },
  { key: "state", label: "State" },
] as const;

/** Discounts, a row each; on phones a card of two lines. */
export function DiscountTable({
  rows,
  currency,
  timeZone,
  cols,
  sorting,
}: {
  rows: readonly DiscountRow[];
  currency: string;
  timeZone: string;
  /** Which of them were chosen; none means all. */
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<DiscountRow>[] = [
    {
      key: "title",
      head: "Discount",
      sort: "title",
      phone: "title",
      cell: ({ id, title, code }) => (
        <>
          <RowLink href={`/admin/discounts/${id}`} className="wrap-anywhere">
            {title}
          </RowLink>
          <span className="block text-s font-normal text-quiet">
            {code ? <span className="num">{code}</span> : "by itself"}
          </span>
        </>
      ),
    },
    {
      key: "worth",
      head: "Takes off",
      phone: "meta",
      cell: (row) => (
        <>
          <span className="num">{worthText(row, currency)}</span>
          {row.targets > 0 && <span className="text-quiet"> of some goods</span>}
        </>
      ),
    },
    {
      key: "uses",
      head: "Uses",
      sort: "uses",
      sortFirst: "desc",
      phone: "metaEnd",
      number: true,
      cell: ({ used, totalLimit }) => (
        <>
          {used}
          <span className="md:sr-only"> uses</span>
          {totalLimit !== null && ` of ${totalLimit}`}
        </>
      ),
    },
    {
      key: "given",
      head: "Gave away",
      phone: "none",
      number: true,
      cell: ({ given }) => formatMoney(given, currency),
    },
    {
      key: "dates",
      head: "Holds",
      sort: "dates",
      sortFirst: "desc",
      phone: "none",
      cell: (row) => <span className="num text-quiet">{datesText(row, timeZone)}</span>,
    },
    {
      key: "state",
      head: "State",
      phone: "end",
      cell: ({ state }) => (
        <span className="whitespace-nowrap">
          <StatusDot tone={discountTones[state]}>{discountStateLabel[state]}</StatusDot>
        </span>
      ),
    },
  ];
  return (
    <Table
      caption="Discounts"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: discountColumns.map(({ key }) => key) }}
    />
  );
}
