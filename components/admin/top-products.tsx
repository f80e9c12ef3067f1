import { type Column, Table } from "@/components/ui/table";
import { formatMoney } from "@/lib/domain/money";
import type { TopProduct } from "@/lib/queries/admin/figures";
import { RowLink } from "./cells";

/** What brought the most, with its share of all sales of the period. */
export function TopProducts({
  rows,
  sales,
  currency,
}: {
  rows: readonly TopProduct[];
  /** Of everything, in minor units. */
  sales: number;
  currency: string;
}) {
  const columns: Column<TopProduct>[] = [
    {
      key: "name",
      head: "Product",
      phone: "title",
      cell: ({ id, name }) => (
        <RowLink href={`/admin/products/${id}`} className="wrap-anywhere">
          {name}
        </RowLink>
      ),
    },
    {
      key: "units",
      head: "Pieces",
      number: true,
      phone: "meta",
      cell: ({ units }) => (
        <>
          {units}
          <span className="md:hidden"> {units === 1 ? "piece" : "pieces"}</span>
        </>
      ),
    },
    {
      key: "share",
      head: "Share",
      number: true,
      phone: "metaEnd",
      cell: (row) => (sales > 0 ? `${Math.round((row.sales / sales) * 100)} %` : "–"),
    },
    {
      key: "sales",
      head: "Sales",
      number: true,
      phone: "end",
      cell: (row) => formatMoney(row.sales, currency),
    },
  ];
  return <Table caption="Top products" columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
