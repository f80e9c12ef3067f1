import type { Route } from "next";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { type Column, Table } from "@/components/ui/table";
import { countries } from "@/lib/domain/countries";
import { formatMoney } from "@/lib/domain/money";
import type { FormerOrderPage } from "@/lib/queries/admin/former-orders";

/** What was bought; what is sold here under the same SKU is a link. */
export function FormerLines({ order: { lines, currency } }: { order: FormerOrderPage }) {
  type Line = FormerOrderPage["lines"][number] & { readonly key: string };
  const columns: Column<Line>[] = [
    {
      key: "title",
      head: "Goods",
      phone: "title",
      cell: ({ title, productId }) =>
        productId ? (
          <Link
            href={`/admin/products/${productId}` as Route}
            className="underline-offset-4 wrap-anywhere hover:underline"
          >
            {title}
          </Link>
        ) : (
          <span className="wrap-anywhere">{title}</span>
        ),
    },
    {
      key: "sku",
      head: "SKU",
      phone: "meta",
      cell: ({ sku }) => <span className="num wrap-anywhere text-quiet">{sku}</span>,
    },
    {
      key: "price",
      head: "A piece",
      number: true,
      phone: "none",
      cell: ({ price }) => formatMoney(price, currency),
    },
    { key: "quantity", head: "Pieces", number: true, phone: "metaEnd", cell: ({ quantity }) => quantity },
    {
      key: "sum",
      head: "Sum",
      number: true,
      phone: "end",
      cell: ({ price, quantity, discount }) => formatMoney(price * quantity - discount, currency),
    },
  ];
  return (
    <Table
      caption="Goods of this order"
      columns={columns}
      rows={lines.map((line, i) => ({ ...line, key: String(i) }))}
      rowKey={(line) => line.key}
      empty={<p className="text-quiet">The file named no goods.</p>}
    />
  );
}

/** What it came to, in the order's own currency. */
export function FormerSums({ order }: { order: FormerOrderPage }) {
  const money = (amount: number) => formatMoney(amount, order.currency);
  const code = order.discountCode ? ` (${order.discountCode})` : "";
  const sums: [string, number][] = [
    ["Goods", order.subtotal],
    ["Delivery", order.shipping],
    ["Taxes", order.tax],
    ["Total", order.total],
  ];
  return (
    <>
      <dl className="num grid gap-1">
        {sums.map(([label, amount]) => (
          <div key={label} className={cx("flex justify-between gap-4", label === "Total" && "font-semibold")}>
            <dt>{label}</dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
        {order.refunded > 0 && (
          <div className="flex justify-between gap-4 text-signal">
            <dt>Given back</dt>
            <dd>{money(-order.refunded)}</dd>
          </div>
        )}
      </dl>
      {(order.discount > 0 || code) && (
        <p className="mt-2 text-s text-quiet wrap-anywhere">
          A discount{code} of <span className="num">{money(order.discount)}</span> is taken off already.
        </p>
      )}
    </>
  );
}

/** Whom it was for, and where it went. */
export function FormerAddressText({ order: { address, email, isErased } }: { order: FormerOrderPage }) {
  if (isErased) return <p className="text-quiet">This customer was erased. Goods and sums stay.</p>;
  const { name, company, line1, line2, postalCode, city, region, country, phone } = address ?? {};
  const known = country && Object.hasOwn(countries, country) ? countries[country]?.name : country;
  const place = [postalCode, city].filter(Boolean).join(" ");
  const lines = [name, company, line1, line2, place, region, known, phone, email].filter(Boolean);
  if (lines.length === 0) return <p className="text-quiet">The file named nobody.</p>;
  return (
    <ul className="grid gap-0.5 wrap-anywhere">
      {lines.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
