import type { Route } from "next";
import Link from "next/link";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { shortMoment } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { CustomerRow } from "@/lib/queries/admin/customers";

/** Customers, a row each; on phones a card of two lines. */
export function CustomerTable({
  rows,
  now,
  timeZone,
  currency,
  isOwner,
  sorting,
}: {
  rows: readonly CustomerRow[];
  now: Date;
  timeZone: string;
  currency: string;
  /** Owners see neither addresses nor memberships. */
  isOwner: boolean;
  sorting: Sorting;
}) {
  const columns: Column<CustomerRow>[] = [
    {
      key: "name",
      head: "Customer",
      phone: "title",
      ...(!isOwner && { sort: "name" }),
      cell: ({ key, name }) => (
        <Link
          href={`/admin/customers/${key}` as Route}
          prefetch={false}
          className="inline-flex min-h-6 items-center underline-offset-4 wrap-anywhere hover:underline"
        >
          {name}
        </Link>
      ),
    },
    ...(isOwner
      ? []
      : [
          {
            key: "email",
            head: "E-mail",
            phone: "meta",
            cell: ({ email }: CustomerRow) => <span className="text-quiet wrap-anywhere">{email}</span>,
          } as const,
          {
            key: "kind",
            head: "Kind",
            phone: "none",
            cell: ({ isGuest, tier }: CustomerRow) => (isGuest ? "Guest" : (tier ?? "Account")),
          } as const,
        ]),
    {
      key: "orders",
      head: "Orders",
      number: true,
      sort: "orders",
      sortFirst: "desc",
      phone: isOwner ? "meta" : "none",
      cell: ({ orders }) => (
        <>
          {orders}
          {isOwner && <span className="md:hidden"> {orders === 1 ? "order" : "orders"}</span>}
        </>
      ),
    },
    {
      key: "last",
      head: "Last order",
      sort: "last",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ lastOrderAt }) =>
        lastOrderAt && (
          <time dateTime={lastOrderAt.toISOString()} className="num whitespace-nowrap text-quiet">
            {shortMoment(lastOrderAt, now, timeZone)}
          </time>
        ),
    },
    {
      key: "value",
      head: isOwner ? "Your goods" : "Spent",
      number: true,
      sort: "value",
      sortFirst: "desc",
      phone: "end",
      cell: ({ value }) => formatMoney(value, currency),
    },
  ];
  return (
    <Table caption="Customers" columns={columns} rows={rows} rowKey={(row) => row.key} sorting={sorting} />
  );
}
