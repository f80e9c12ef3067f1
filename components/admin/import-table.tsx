import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import {
  type ImportStatus,
  importStatusLabel,
  isOfPeople,
  outcomeLabel,
  outcomes,
} from "@/lib/domain/imports/views";
import type { ImportLine } from "@/lib/queries/admin/imports";
import { RowLink, When } from "./cells";

export const importTones: Record<ImportStatus, Tone> = {
  waiting: "focus",
  checking: "quiet",
  checked: "focus",
  running: "quiet",
  finished: "good",
  failed: "signal",
  undoing: "quiet",
  undone: "quiet",
};

/** "12 new, 3 changed"; nothing before it is through. */
export function outcomeText({ products, format }: Pick<ImportLine, "products" | "format">): string {
  const text = outcomes
    .filter((outcome) => products[outcome])
    .map((outcome) => `${products[outcome]} ${outcomeLabel[outcome].toLowerCase()}`)
    .join(", ");
  return isOfPeople({ format }) ? `Customers${text && `: ${text}`}` : text;
}

/** Every import, a row each; on phones a card of two lines. */
export function ImportTable({
  rows,
  now,
  timeZone,
  withOwner,
}: {
  rows: readonly ImportLine[];
  now: Date;
  timeZone: string;
  withOwner: boolean;
}) {
  const columns: Column<ImportLine>[] = [
    {
      key: "file",
      head: "File",
      phone: "title",
      cell: ({ id, fileName }) => (
        <RowLink href={`/admin/import/${id}`} className="wrap-anywhere">
          {fileName}
        </RowLink>
      ),
    },
    { key: "what", head: "Products", cell: outcomeText },
    ...(withOwner
      ? [
          {
            key: "owner",
            head: "Shop",
            phone: "none",
            cell: (row) => row.ownerName ?? "",
          } as Column<ImportLine>,
        ]
      : []),
    { key: "who", head: "By", phone: "none", cell: ({ who }) => who ?? "the command line" },
    {
      key: "state",
      head: "State",
      phone: "end",
      cell: ({ status }) => <StatusDot tone={importTones[status]}>{importStatusLabel[status]}</StatusDot>,
    },
    {
      key: "when",
      head: "When",
      phone: "metaEnd",
      cell: ({ createdAt }) => <When at={createdAt} now={now} timeZone={timeZone} />,
    },
  ];
  return <Table caption="Imports" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}
