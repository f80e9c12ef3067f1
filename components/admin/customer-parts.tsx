import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { type Column, Table } from "@/components/ui/table";
import { dateText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { orderStatusLabel } from "@/lib/domain/orders";
import { returnStatusLabel } from "@/lib/domain/returns";
import type { Customer, CustomerOrder, CustomerOwn } from "@/lib/queries/admin/customer";
import { RowLink, When } from "./cells";

interface Calendar {
  readonly now: Date;
  readonly timeZone: string;
}

/** What they bought, the newest first. */
export function CustomerOrders({
  rows,
  totalHead,
  now,
  timeZone,
}: Calendar & { rows: readonly CustomerOrder[]; totalHead: string }) {
  const columns: Column<CustomerOrder>[] = [
    {
      key: "number",
      head: "Order",
      phone: "title",
      cell: ({ number }) => (
        <RowLink href={`/admin/orders/${number}`} className="num whitespace-nowrap">
          {number}
        </RowLink>
      ),
    },
    {
      key: "placed",
      head: "Placed",
      phone: "metaEnd",
      cell: ({ placedAt }) => <When at={placedAt} now={now} timeZone={timeZone} />,
    },
    { key: "status", head: "State", phone: "meta", cell: ({ status }) => orderStatusLabel[status] },
    { key: "pieces", head: "Pieces", number: true, phone: "none", cell: ({ pieces }) => pieces },
    {
      key: "refunded",
      head: "Given back",
      number: true,
      phone: "none",
      cell: ({ refunded, currency }) => (refunded > 0 ? formatMoney(refunded, currency) : ""),
    },
    {
      key: "total",
      head: totalHead,
      number: true,
      phone: "end",
      cell: ({ total, currency }) => formatMoney(total, currency),
    },
  ];
  return (
    <Table
      caption="Orders of this customer"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.number}
      empty={<p className="text-quiet">No orders yet.</p>}
    />
  );
}

/** What they sent back. */
export function CustomerReturns({ rows, timeZone }: Calendar & { rows: Customer["returns"] }) {
  return (
    <ul className="border-t">
      {rows.map(({ number, status, at }) => (
        <li key={number} className="flex flex-wrap items-center justify-between gap-x-4 border-b py-2">
          <Link
            href={`/admin/returns/${number}` as Route}
            className="link num inline-flex min-h-6 items-center"
          >
            {number}
          </Link>
          <span className="text-s text-quiet">
            {returnStatusLabel[status]}, <span className="num">{dateText(at, timeZone)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const states: Readonly<Record<string, string>> = {
  pending: "waits to be read",
  published: "published",
  rejected: "rejected",
};

/** What they said of the goods. */
export function CustomerReviews({ rows }: { rows: CustomerOwn["reviews"] }) {
  return (
    <ul className="border-t">
      {rows.map(({ product, slug, rating, title, status }) => (
        <li key={slug} className="border-b py-2">
          <p className="wrap-anywhere">
            <span className="num font-semibold">
              {rating}
              <span className="sr-only"> of 5 stars</span>
              <span aria-hidden="true">/5</span>
            </span>{" "}
            {title}
          </p>
          <p className="text-s text-quiet wrap-anywhere">
            <Link href={`/p/${slug}` as Route} className="link">
              {product}
            </Link>
            , {states[status] ?? status}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** How to reach them, what they allowed, and where their parcels went. */
export function CustomerFacts({ own, timeZone }: Calendar & { own: CustomerOwn }) {
  const { account } = own;
  const facts: [string, string | null][] = [
    ["E-mail", own.email],
    ["Phone", account?.phone ?? null],
    ["Public name", account?.username ?? null],
    ["Account since", account ? dateText(account.since, timeZone) : null],
    ["Last signed in", account?.lastSignInAt ? dateText(account.lastSignInAt, timeZone) : null],
    ["Address proved", account ? (account.isVerified ? "Yes" : "Not yet") : null],
    ["May sign in", account ? (account.isActive ? "Yes" : "No: blocked") : null],
    ["News by mail", account ? (account.marketing ? "Agreed" : "Not agreed") : null],
    ["Cart reminder", account ? (own.reminders > 0 ? "Asked for" : "Not asked for") : null],
    ["Alerts that wait", own.alerts > 0 ? String(own.alerts) : null],
  ];
  return (
    <div className="grid gap-4">
      <dl className="grid gap-2">
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label} className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-3">
                <dt className="text-s text-quiet">{label}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {own.addresses.length > 0 && (
        <div>
          <h3 className="text-s text-quiet">Addresses</h3>
          <ul className="mt-1 grid gap-1">
            {own.addresses.map((text) => (
              <li key={text} className="wrap-anywhere">
                {text}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
