import { type Column, type Sorting, Table } from "@/components/ui/table";
import type { Staff } from "@/lib/domain/actors";
import { formatMoney } from "@/lib/domain/money";
import type { CustomerRow } from "@/lib/queries/admin/customers";
import { RowLink, When } from "./cells";

/** The columns of the list that may be hidden, as its heads call them. Owners have some alone. */
export const customerColumnsFor = ({ kind }: Pick<Staff, "kind">) => [
  ...(kind === "owner"
    ? []
    : [
        { key: "email", label: "E-mail" },
        { key: "kind", label: "Kind" },
      ]),
  { key: "orders", label: "Orders" },
  { key: "last", label: "Last order" },
  { key: "value", label: kind === "owner" ? "Your goods" : "Spent" },
];

const CHOOSABLE = customerColumnsFor({ kind: "admin" }).map(({ key }) => key);

/** Customers, a row each; on phones a card of two lines. */
export function CustomerTable({
  rows,
  now,
  timeZone,
  currency,
  isOwner,
  cols,
  sorting,
}: {
  rows: readonly CustomerRow[];
  now: Date;
  timeZone: string;
  currency: string;
  /** Owners see neither addresses nor memberships. */
  isOwner: boolean;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<CustomerRow>[] = [
    {
      key: "name",
      head: "Customer",
      phone: "title",
      ...(!isOwner && { sort: "name" }),
      cell: ({ key, name }) => (
        <RowLink href={`/admin/customers/${key}`} className="wrap-anywhere">
          {name}
        </RowLink>
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
      cell: ({ lastOrderAt }) => lastOrderAt && <When at={lastOrderAt} now={now} timeZone={timeZone} />,
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
    <Table
      caption="Customers"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      sorting={sorting}
      shown={{ cols, choosable: CHOOSABLE }}
    />
  );
}
