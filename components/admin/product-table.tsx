import { cx } from "@/components/ui/cx";
import { backdropOf, Picture } from "@/components/ui/picture";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { changeProducts } from "@/lib/actions/admin/catalog-bulk";
import { formatMoney, toDecimal } from "@/lib/domain/money";
import type { ProductRow } from "@/lib/queries/admin/products";
import { RowLink } from "./cells";
import { ProductBulk } from "./product-bulk";
import { RowPrice, RowStatus } from "./product-row-forms";

/** Those that may be hidden. */
export const productColumns = [
  { key: "category", label: "Category" },
  { key: "status", label: "Status" },
  { key: "stock", label: "Available" },
  { key: "price", label: "Price" },
];

/** Products, a row each; on phones a card of two lines. */
export function ProductTable({
  rows,
  currency,
  withOwner,
  categories,
  sorting,
  cols,
  back,
}: {
  rows: readonly ProductRow[];
  currency: string;
  withOwner: boolean;
  categories: readonly { id: string; label: string }[];
  sorting: Sorting;
  cols: readonly string[];
  /** The address of the list, to come back to after a change. */
  back: string;
}) {
  const columns: Column<ProductRow>[] = [
    {
      key: "name",
      head: "Product",
      phone: "title",
      sort: "name",
      cell: ({ id, name, image }) => (
        <RowLink href={`/admin/products/${id}`} className="gap-3">
          <Picture
            src={image && `/media/${image.key}`}
            alt=""
            sizes="2.5rem"
            backdrop={backdropOf(image?.backdrop)}
            className="w-10 shrink-0 max-md:hidden"
          />
          {name}
        </RowLink>
      ),
    },
    { key: "category", head: "Category", phone: "none", cell: ({ category }) => category },
    ...(withOwner
      ? [{ key: "owner", head: "Owner", phone: "none", cell: (row) => row.ownerName } as Column<ProductRow>]
      : []),
    {
      key: "status",
      head: "Status",
      phone: "meta",
      cell: (row) => <RowStatus row={row} status={row.status} back={back} />,
    },
    {
      key: "stock",
      head: "Available",
      number: true,
      sort: "stock",
      phone: "metaEnd",
      cell: ({ available, isLow, name }) => (
        <RowLink href={`/admin/stock?q=${encodeURIComponent(name)}`} className={cx(isLow && "text-signal")}>
          {available}
          <span className="md:sr-only">&nbsp;available</span>
          <span className="sr-only">
            {isLow ? ", running low" : ""}, stock of {name}
          </span>
        </RowLink>
      ),
    },
    {
      key: "price",
      head: `Price, ${currency}`,
      number: true,
      phone: "end",
      sort: "price",
      cell: (row) =>
        row.low !== null && row.low === row.high ? (
          <RowPrice row={row} price={toDecimal(row.low, currency)} back={back} />
        ) : (
          priceRange(row.low, row.high, currency)
        ),
    },
  ];
  return (
    <Table
      caption="Products"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: productColumns.map(({ key }) => key) }}
      bulk={{
        form: "products",
        action: changeProducts,
        what: "products",
        label: ({ name }) => name,
        children: (
          <ProductBulk categories={categories} currency={currency} mayFeature={withOwner} back={back} />
        ),
      }}
    />
  );
}

function priceRange(low: number | null, high: number | null, currency: string): string {
  if (low === null) return "none for sale";
  const money = (amount: number) => formatMoney(amount, currency, { compact: true });
  return high !== null && high > low ? `${money(low)} – ${money(high)}` : money(low);
}
