import { cx } from "@/components/ui/cx";
import { backdropOf, Picture } from "@/components/ui/picture";
import { RequestKey } from "@/components/ui/request-key";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { changeProducts } from "@/lib/actions/admin/catalog-bulk";
import { momentText } from "@/lib/domain/moments";
import { formatMoney, toDecimal } from "@/lib/domain/money";
import type { ProductRow } from "@/lib/queries/admin/products";
import { RowLink } from "./cells";
import { ProductBulk } from "./product-bulk";
import { RowPrice, RowStatus } from "./product-row-forms";
import { RowStock } from "./product-row-stock";

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
  timeZone,
}: {
  rows: readonly ProductRow[];
  currency: string;
  withOwner: boolean;
  categories: readonly { id: string; label: string }[];
  sorting: Sorting;
  cols: readonly string[];
  /** The address of the list, to come back to after a change. */
  back: string;
  timeZone: string;
}) {
  const columns: Column<ProductRow>[] = [
    {
      key: "name",
      head: "Product",
      phone: "title",
      sort: "name",
      cell: ({ id, name, image }) => (
        <RowLink href={`/admin/products/${id}`} className="gap-3 wrap-anywhere md:min-w-44">
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
      cell: (row) => (
        <>
          <RowStatus row={row} status={row.status} back={back} />
          <Scheduled row={row} timeZone={timeZone} />
        </>
      ),
    },
    {
      key: "stock",
      head: "Available",
      number: true,
      sort: "stock",
      phone: "metaEnd",
      cell: ({ variantId, variants, available, isLow, name }) =>
        variantId ? (
          <RowStock {...{ variantId, name, available, isLow, back }}>
            <RequestKey />
          </RowStock>
        ) : (
          <RowLink href={`/admin/stock?q=${encodeURIComponent(name)}`} className={cx(isLow && "text-signal")}>
            {available}
            <span className="md:sr-only">&nbsp;available</span>
            <span className="sr-only">
              {isLow ? ", running low" : ""}, stock of {variants} variants of {name}
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
          <RowPrice row={row} price={toDecimal(row.low, currency)} currency={currency} back={back} />
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
          <ProductBulk
            rows={rows}
            categories={categories}
            currency={currency}
            mayFeature={withOwner}
            back={back}
          />
        ),
      }}
    />
  );
}

/** What happens to the product by itself, in one quiet line. */
function Scheduled({ row, timeZone }: { row: ProductRow; timeZone: string }) {
  const moment = (at: number) => momentText(new Date(at), timeZone);
  const parts = [
    row.publishAt !== null && `in: ${moment(row.publishAt)}`,
    row.unpublishAt !== null && `out: ${moment(row.unpublishAt)}`,
  ].filter(Boolean);
  return parts.length > 0 ? <p className="num text-s text-quiet">{parts.join(" · ")}</p> : null;
}

function priceRange(low: number | null, high: number | null, currency: string): string {
  if (low === null) return "none for sale";
  const money = (amount: number) => formatMoney(amount, currency, { compact: true });
  return high !== null && high > low ? `${money(low)} – ${money(high)}` : money(low);
}
