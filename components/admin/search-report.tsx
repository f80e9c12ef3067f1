import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { type Column, Table } from "@/components/ui/table";
import { shortMoment } from "@/lib/domain/moments";
import { searchPath } from "@/lib/domain/search";
import type { Searched } from "@/lib/queries/admin/search";

/** Searches, a row each, with the way to what a shopper sees. */
export function SearchTable({
  caption,
  rows,
  timeZone,
  now,
}: {
  caption: string;
  rows: readonly Searched[];
  timeZone: string;
  now: Date;
}) {
  const columns: Column<Searched>[] = [
    {
      key: "query",
      head: "Search",
      phone: "title",
      cell: ({ query }) => (
        <Link
          href={searchPath({ q: query }) as Route}
          className="inline-flex min-h-6 items-center underline-offset-4 wrap-anywhere hover:underline"
        >
          {query}
        </Link>
      ),
    },
    { key: "times", head: "Times", number: true, phone: "end", cell: ({ times }) => times },
    { key: "results", head: "Found", number: true, phone: "none", cell: ({ results }) => results },
    {
      key: "last",
      head: "Last",
      number: true,
      phone: "meta",
      cell: ({ last }) => <time dateTime={last.toISOString()}>{shortMoment(last, now, timeZone)}</time>,
    },
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ query }) => query} />;
}
