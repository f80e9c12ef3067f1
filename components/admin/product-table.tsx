import type { Route } from "next";
import Link from "next/link";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { backdropOf, Picture } from "@/components/ui/picture";
import { type Column, Table } from "@/components/ui/table";
import { productViewLabel } from "@/lib/domain/back-office";
import { formatMoney } from "@/lib/domain/money";
import type { ProductRow, ProductStatus } from "@/lib/queries/admin/products";

export const statusTone: Record<ProductStatus, Tone> = { active: "good", draft: "focus", archived: "quiet" };

/** Products, a row each; on phones a card of two lines. */
export function ProductTable({
  rows,
  currency,
  withOwner,
}: {
  rows: readonly ProductRow[];
  currency: string;
  withOwner: boolean;
}) {
  const columns: Column<ProductRow>[] = [
    {
      key: "name",
      head: "Product",
      phone: "title",
      cell: ({ id, name, image }) => (
        <Link
          href={`/admin/products/${id}` as Route}
          prefetch={false}
          className="inline-flex min-h-6 items-center gap-3 underline-offset-4 hover:underline"
        >
          <Picture
            src={image && `/media/${image.key}`}
            alt=""
            sizes="2.5rem"
            backdrop={backdropOf(image?.backdrop)}
            className="w-10 shrink-0 max-md:hidden"
          />
          {name}
        </Link>
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
      cell: ({ status }) => <StatusDot tone={statusTone[status]}>{productViewLabel[status]}</StatusDot>,
    },
    {
      key: "stock",
      head: "Available",
      number: true,
      phone: "metaEnd",
      cell: ({ available, isLow }) => (
        <span className={isLow ? "text-signal" : undefined}>
          {available}
          <span className="md:sr-only"> available</span>
          {isLow && <span className="sr-only">, running low</span>}
        </span>
      ),
    },
    {
      key: "price",
      head: "Price",
      number: true,
      phone: "end",
      cell: ({ low, high }) => priceRange(low, high, currency),
    },
  ];
  return <Table caption="Products" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}

function priceRange(low: number | null, high: number | null, currency: string): string {
  if (low === null) return "none for sale";
  const money = (amount: number) => formatMoney(amount, currency, { compact: true });
  return high !== null && high > low ? `${money(low)} – ${money(high)}` : money(low);
}
