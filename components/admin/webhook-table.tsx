import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import type { WebhookState as State, WebhookRow } from "@/lib/queries/admin/webhooks";
import { RowLink, When } from "./cells";

const states: Record<State, { tone: Tone; text: string }> = {
  failed: { tone: "signal", text: "Failed" },
  done: { tone: "good", text: "Took effect" },
  ignored: { tone: "quiet", text: "Ignored" },
};

/** What became of an event, in a word. */
export function WebhookState({ state }: { state: State }) {
  const { tone, text } = states[state];
  return (
    <span className="whitespace-nowrap">
      <StatusDot tone={tone}>{text}</StatusDot>
    </span>
  );
}

/** The columns of the list that may be hidden. */
export const webhookColumns = [
  { key: "what", label: "What it did" },
  { key: "order", label: "Order" },
  { key: "state", label: "State" },
  { key: "when", label: "Came" },
] as const;

/** Events, a row each; on phones a card of two lines. */
export function WebhookTable({
  rows,
  now,
  timeZone,
  cols,
  sorting,
}: {
  rows: readonly WebhookRow[];
  now: Date;
  timeZone: string;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<WebhookRow>[] = [
    {
      key: "type",
      head: "Event",
      phone: "title",
      cell: ({ id, type }) => (
        <RowLink href={`/admin/webhooks/${id}`} className="wrap-anywhere">
          {type}
        </RowLink>
      ),
    },
    {
      key: "what",
      head: "What it did",
      phone: "meta",
      cell: ({ state, outcome, error }) =>
        state === "failed" ? (
          <span className="line-clamp-2 wrap-anywhere text-signal">{error}</span>
        ) : (
          <span className="text-quiet">{outcome?.replaceAll("_", " ")}</span>
        ),
    },
    {
      key: "order",
      head: "Order",
      phone: "none",
      cell: ({ orderNumber }) =>
        orderNumber && (
          <RowLink href={`/admin/orders/${orderNumber}`} className="num whitespace-nowrap text-quiet">
            {orderNumber}
          </RowLink>
        ),
    },
    { key: "state", head: "State", phone: "end", cell: ({ state }) => <WebhookState state={state} /> },
    {
      key: "when",
      head: "Came",
      sort: "when",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ at }) => <When at={at} now={now} timeZone={timeZone} />,
    },
  ];
  return (
    <Table
      caption="Events of the payment service"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: webhookColumns.map(({ key }) => key) }}
    />
  );
}
