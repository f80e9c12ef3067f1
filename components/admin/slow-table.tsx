import { type Column, Table } from "@/components/ui/table";
import type { Slow, SlowReport } from "@/lib/queries/admin/slow";

const number = (value: number, digits = 0) =>
  value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });

/** On a phone no head says what a number is. */
function OnPhone({ unit, children }: { unit: string; children: string }) {
  return (
    <>
      {children}
      <span className="md:hidden"> {unit}</span>
    </>
  );
}

const columns: Column<Slow>[] = [
  {
    key: "statement",
    head: "Statement",
    phone: "title",
    cell: ({ statement }) => (
      <details className="text-s font-normal">
        <summary className="line-clamp-2 min-h-6 max-w-read cursor-pointer wrap-anywhere">
          {statement}
        </summary>
        <pre className="max-h-72 max-w-read overflow-auto font-text whitespace-pre-wrap wrap-anywhere">
          {statement}
        </pre>
      </details>
    ),
  },
  {
    key: "share",
    head: "Share",
    number: true,
    phone: "end",
    cell: ({ share }) => `${number(share * 100)} %`,
  },
  {
    key: "total",
    head: "In all, s",
    number: true,
    phone: "metaEnd",
    cell: ({ totalMs }) => <OnPhone unit="s">{number(totalMs / 1_000, 1)}</OnPhone>,
  },
  {
    key: "calls",
    head: "Calls",
    number: true,
    phone: "meta",
    cell: ({ calls }) => <OnPhone unit="calls">{number(calls)}</OnPhone>,
  },
  { key: "mean", head: "Each, ms", number: true, phone: "none", cell: ({ meanMs }) => number(meanMs, 2) },
  {
    key: "max",
    head: "Slowest, ms",
    number: true,
    phone: "none",
    wide: true,
    cell: ({ maxMs }) => number(maxMs, 1),
  },
  { key: "rows", head: "Rows", number: true, phone: "none", wide: true, cell: ({ rows }) => number(rows) },
];

/** Statements, a row each. */
export function SlowTable({ rows }: { rows: SlowReport["rows"] }) {
  return <Table caption="Statements" columns={columns} rows={rows} rowKey={({ statement }) => statement} />;
}
