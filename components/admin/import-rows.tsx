import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import { type Outcome, outcomeLabel } from "@/lib/domain/imports/views";
import type { ImportRow } from "@/lib/queries/admin/imports";
import { RowLink } from "./cells";

const tones: Record<Outcome, Tone> = {
  created: "good",
  updated: "focus",
  unchanged: "quiet",
  skipped: "quiet",
  failed: "signal",
};

const SHOWN = 12;

const WORDS = {
  products: { head: "Product", caption: "Products of the file" },
  customers: { head: "Customer", caption: "Customers of the file" },
  orders: { head: "Order", caption: "Orders of the file" },
};

/** What an import does to each product, customer or order of its file: from what to what, or why not. */
export function ImportRows({
  rows,
  content = "products",
  areThere = false,
}: {
  rows: readonly ImportRow[];
  /** Of customers the record says no more than the line. */
  content?: keyof typeof WORDS;
  /** Their accounts, or the orders, have pages now. */
  areThere?: boolean;
}) {
  const { head, caption } = WORDS[content];
  const ofPeople = content === "customers";
  const person = ({ lines, handle }: ImportRow) =>
    areThere && handle ? (
      <RowLink href={`/admin/customers/${handle}`}>Line {lines}</RowLink>
    ) : (
      <>Line {lines}</>
    );
  const order = ({ handle, orderId }: ImportRow) => (
    <span className="num md:inline-block md:min-w-24">
      {areThere && orderId ? (
        <RowLink href={`/admin/orders/former/${orderId}`}>{handle}</RowLink>
      ) : (
        handle || "no number"
      )}
    </span>
  );
  const columns: Column<ImportRow>[] = [
    {
      key: "handle",
      head,
      phone: "title",
      cell: (row) => (
        <span className="wrap-anywhere">
          {ofPeople ? person(row) : content === "orders" ? order(row) : row.handle || "no handle"}
          {!ofPeople && (
            // Beside the reason on wide screens, in a column of its own.
            <span className="num text-s font-normal text-quiet md:hidden"> {linesText(row.lines)}</span>
          )}
        </span>
      ),
    },
    {
      key: "outcome",
      head: "Outcome",
      phone: "end",
      cell: ({ outcome }) => (
        <span className="whitespace-nowrap">
          <StatusDot tone={tones[outcome]}>{outcomeLabel[outcome]}</StatusDot>
        </span>
      ),
    },
    { key: "what", head: "Differences", phone: "all", cell: (row) => <Differences row={row} /> },
    ...(ofPeople
      ? []
      : [
          {
            key: "lines",
            head: "Lines",
            number: true,
            phone: "none",
            cell: ({ lines }) => <span className="text-quiet">{lines}</span>,
          } satisfies Column<ImportRow>,
        ]),
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={(row) => row.id} tall />;
}

const linesText = (lines: string): string => `${/^\d+$/.test(lines) ? "line" : "lines"} ${lines}`;

function Differences({ row: { differences, fills, message, notes, undo } }: { row: ImportRow }) {
  return (
    <ul className="grid gap-1 wrap-anywhere max-md:text-s">
      {message && <li className="text-ink first-letter:uppercase">{message}</li>}
      {fills && (
        <li>
          <span className="text-quiet">Filled in: </span>
          {fills}
        </li>
      )}
      {notes.map(({ line, text }) => (
        <li key={`${line} ${text}`} className="text-s text-quiet">
          Line <span className="num">{line}</span>: {text}
        </li>
      ))}
      <Changes of={differences.slice(0, SHOWN)} />
      {differences.length > SHOWN && (
        <li>
          <details>
            <summary className="link inline-flex min-h-6 items-center text-s">
              and {differences.length - SHOWN} more
            </summary>
            <ul className="mt-1 grid gap-1">
              <Changes of={differences.slice(SHOWN)} />
            </ul>
          </details>
        </li>
      )}
      {undo && <li className="text-signal">Not undone: {undo}</li>}
    </ul>
  );
}

function Changes({ of }: { of: ImportRow["differences"] }) {
  return of.map(({ what, field, from, to }, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two pictures may differ in the same way
    <li key={`${what} ${field} ${i}`}>
      {what && <span className="num text-s text-quiet">{what} </span>}
      <span className="text-quiet">{field}: </span>
      {from !== "" && (
        <>
          <del className="text-quiet">{from}</del>
          <span aria-hidden="true"> → </span>
        </>
      )}
      <ins className="font-semibold no-underline">{to}</ins>
    </li>
  ));
}
