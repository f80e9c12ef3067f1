import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import type { ImportStatus } from "@/lib/domain/imports/views";
import type { StocktakeLine, StocktakeRow } from "@/lib/queries/admin/stocktake";
import { RowLink, When } from "./cells";

const words: Partial<Record<ImportStatus, { label: string; tone: Tone }>> = {
  checked: { label: "Not applied yet", tone: "focus" },
  finished: { label: "Applied", tone: "good" },
  failed: { label: "Could not be read", tone: "signal" },
};

export function StocktakeState({ status }: { status: ImportStatus }) {
  const { label, tone } = words[status] ?? { label: status, tone: "quiet" };
  return <StatusDot tone={tone}>{label}</StatusDot>;
}

/** The latest stocktakes, a row each. */
export function StocktakeTable({
  rows,
  now,
  timeZone,
}: {
  rows: readonly StocktakeLine[];
  now: Date;
  timeZone: string;
}) {
  const columns: Column<StocktakeLine>[] = [
    {
      key: "file",
      head: "Sheet",
      phone: "title",
      cell: ({ id, fileName }) => (
        <RowLink href={`/admin/stock/count/${id}`} className="wrap-anywhere">
          {fileName}
        </RowLink>
      ),
    },
    {
      key: "what",
      head: "Found",
      cell: ({ status, differing, equal }) =>
        status === "failed"
          ? null
          : `${differing} ${differing === 1 ? "differs" : "differ"}, ${equal} as expected`,
    },
    { key: "who", head: "By", phone: "none", cell: ({ who }) => who },
    { key: "state", head: "State", phone: "end", cell: ({ status }) => <StocktakeState status={status} /> },
    {
      key: "when",
      head: "When",
      phone: "metaEnd",
      cell: ({ createdAt }) => <When at={createdAt} now={now} timeZone={timeZone} />,
    },
  ];
  return <Table caption="Stocktakes" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}

const signed = (delta: number): string => (delta > 0 ? `+${delta}` : `−${-delta}`);

/** Every variant of which another number was counted, and every row that could not be read. */
export function DifferenceTable({ rows }: { rows: readonly StocktakeRow[] }) {
  const columns: Column<StocktakeRow>[] = [
    {
      key: "name",
      head: "Variant",
      phone: "title",
      cell: ({ sku, counted }) => (
        <span className="wrap-anywhere">
          {counted ? (
            <>
              {counted.name} <span className="num font-normal text-quiet">{sku}</span>
            </>
          ) : (
            <span className="num">{sku || "no SKU"}</span>
          )}
        </span>
      ),
    },
    {
      key: "expected",
      head: "Expected",
      number: true,
      cell: ({ counted }) =>
        counted && (
          <>
            <span className="md:sr-only">expected </span>
            {counted.expected}
          </>
        ),
    },
    { key: "counted", head: "Counted", number: true, phone: "none", cell: ({ counted }) => counted?.counted },
    {
      key: "delta",
      head: "Difference",
      number: true,
      phone: "end",
      cell: ({ counted }) =>
        counted && <span className="font-semibold">{signed(counted.counted - counted.expected)}</span>,
    },
    {
      key: "note",
      head: "Remark",
      cell: ({ message, line }) =>
        message && (
          <span className="text-signal">
            Line {line}: {message}
          </span>
        ),
    },
  ];
  return <Table caption="Differences" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}
