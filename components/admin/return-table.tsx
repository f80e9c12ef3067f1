import type { Route } from "next";
import Link from "next/link";
import { returnTones } from "@/components/orders/return-list";
import { StatusDot } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import { shortMoment } from "@/lib/domain/moments";
import { returnStatusLabel } from "@/lib/domain/returns";
import type { ReturnRow } from "@/lib/queries/admin/returns";

/** Returns, a row each; on phones a card of two lines. */
export function ReturnTable({
  rows,
  now,
  timeZone,
  withOwner,
}: {
  rows: readonly ReturnRow[];
  now: Date;
  timeZone: string;
  /** An admin sees whose goods they are. */
  withOwner: boolean;
}) {
  const owner: Column<ReturnRow> = {
    key: "owner",
    head: "Seller",
    phone: "none",
    cell: ({ ownerName }) => ownerName,
  };
  const columns: Column<ReturnRow>[] = [
    {
      key: "number",
      head: "Return",
      phone: "title",
      cell: ({ number }) => (
        <Link
          href={`/admin/returns/${number}` as Route}
          prefetch={false}
          className="num inline-flex min-h-6 items-center underline-offset-4 hover:underline"
        >
          {number}
        </Link>
      ),
    },
    {
      key: "goods",
      head: "Goods",
      phone: "meta",
      cell: ({ pieces, name }) => (
        <span className="wrap-anywhere">{pieces === 1 ? name : `${pieces} pieces, ${name}`}</span>
      ),
    },
    { key: "customer", head: "Customer", phone: "none", cell: ({ customer }) => customer },
    ...(withOwner ? [owner] : []),
    {
      key: "state",
      head: "State",
      phone: "end",
      cell: ({ status }) => <StatusDot tone={returnTones[status]}>{returnStatusLabel[status]}</StatusDot>,
    },
    {
      key: "asked",
      head: "Asked for",
      phone: "metaEnd",
      cell: ({ createdAt }) => (
        <time dateTime={createdAt.toISOString()} className="num whitespace-nowrap text-quiet">
          {shortMoment(createdAt, now, timeZone)}
        </time>
      ),
    },
  ];
  return <Table caption="Returns" columns={columns} rows={rows} rowKey={(row) => row.number} />;
}
