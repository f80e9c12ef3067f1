import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { type Column, Table } from "@/components/ui/table";
import type { MovementKind } from "@/lib/domain/inventory";
import { momentText } from "@/lib/domain/moments";
import type { MovementRow } from "@/lib/queries/admin/stock";

const words: Record<MovementKind, string> = {
  restock: "Received",
  adjustment: "Corrected",
  reserve: "Held for an order",
  release: "Let go",
  sale: "Sold",
  return: "Came back",
};

const signed = (delta: number): string => (delta > 0 ? `+${delta}` : delta < 0 ? `−${-delta}` : "·");

/** The ledger of a variant: each movement with who and why. */
export function Movements({ rows, timeZone }: { rows: readonly MovementRow[]; timeZone: string }) {
  const columns: Column<MovementRow>[] = [
    { key: "kind", head: "What", phone: "title", cell: ({ kind }) => words[kind] },
    {
      key: "why",
      head: "Why",
      cell: ({ order, reason }) => (
        <>
          {order && (
            <Link
              href={`/admin/orders/${order}` as Route}
              className="num link inline-flex min-h-6 items-center"
            >
              {order}
            </Link>
          )}{" "}
          {reason}
        </>
      ),
    },
    {
      key: "who",
      head: "Who",
      phone: "none",
      cell: ({ who, order }) => who ?? (order ? "a shopper" : "the shop"),
    },
    {
      key: "at",
      head: "When",
      phone: "metaEnd",
      cell: ({ at }) => (
        <time dateTime={at.toISOString()} className="num text-s whitespace-nowrap text-quiet">
          {momentText(at, timeZone)}
        </time>
      ),
    },
    {
      key: "reserved",
      head: "Reserved",
      number: true,
      phone: "none",
      cell: (row) => signed(row.reservedDelta),
    },
    {
      key: "delta",
      head: "On hand",
      number: true,
      phone: "end",
      cell: ({ onHandDelta, onHand }) => (
        <>
          {onHandDelta !== 0 && `${signed(onHandDelta)} = `}
          <span className="text-quiet">{onHand}</span>
        </>
      ),
    },
  ];
  return <Table caption="Movements" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}
