import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import {
  contentOf,
  type ImportStatus,
  importStatusLabel,
  outcomeLabel,
  outcomes,
} from "@/lib/domain/imports/views";
import type { ImportLine } from "@/lib/queries/admin/imports";
import { RowLink, When } from "./cells";

const importTones: Record<ImportStatus, Tone> = {
  waiting: "focus",
  checking: "quiet",
  checked: "focus",
  running: "quiet",
  finished: "good",
  failed: "signal",
  undoing: "quiet",
  undone: "quiet",
};

const CONTENT = { customers: "Customers", orders: "Orders of the former shop" };

/** "12 new, 3 changed"; nothing before it is through. */
export function outcomeText({ products, format }: Pick<ImportLine, "products" | "format">): string {
  const text = outcomes
    .filter((outcome) => products[outcome])
    .map((outcome) => `${products[outcome]} ${outcomeLabel[outcome].toLowerCase()}`)
    .join(", ");
  const content = contentOf({ format });
  return content === "products" ? text : `${CONTENT[content]}${text && `: ${text}`}`;
}

/** Where an import stands, in a word: what failed before a row of it was written never began. */
export function ImportState({ status, rowsDone }: Pick<ImportLine, "status" | "rowsDone">) {
  return (
    <span className="whitespace-nowrap">
      <StatusDot tone={importTones[status]}>
        {status === "failed" && rowsDone === 0 ? "Not imported" : importStatusLabel[status]}
      </StatusDot>
    </span>
  );
}

/** The columns of the list that may be hidden. */
export const importColumns = [
  { key: "what", label: "What came of it" },
  { key: "owner", label: "Shop" },
  { key: "who", label: "By" },
  { key: "state", label: "State" },
  { key: "when", label: "When" },
] as const;

/** Every import, a row each; on phones a card of two lines. */
export function ImportTable({
  rows,
  now,
  timeZone,
  withOwner,
  cols,
  sorting,
}: {
  rows: readonly ImportLine[];
  now: Date;
  timeZone: string;
  withOwner: boolean;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<ImportLine>[] = [
    {
      key: "file",
      head: "File",
      sort: "file",
      phone: "title",
      cell: ({ id, fileName }) => (
        <RowLink href={`/admin/import/${id}`} className="wrap-anywhere">
          {fileName}
        </RowLink>
      ),
    },
    { key: "what", head: "What came of it", cell: outcomeText },
    ...(withOwner
      ? [
          {
            key: "owner",
            head: "Shop",
            phone: "none",
            wide: true,
            cell: (row) => <span className="whitespace-nowrap">{row.ownerName}</span>,
          } as Column<ImportLine>,
        ]
      : []),
    {
      key: "who",
      head: "By",
      sort: "who",
      phone: "none",
      wide: true,
      cell: ({ who }) => <span className="whitespace-nowrap">{who ?? "the command line"}</span>,
    },
    {
      key: "state",
      head: "State",
      phone: "end",
      cell: (row) => <ImportState {...row} />,
    },
    {
      key: "when",
      head: "When",
      sort: "when",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ createdAt }) => <When at={createdAt} now={now} timeZone={timeZone} />,
    },
  ];
  return (
    <Table
      caption="Imports"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: importColumns.map(({ key }) => key) }}
    />
  );
}
