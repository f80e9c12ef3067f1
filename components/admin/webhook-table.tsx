import type { Route } from "next";
import Link from "next/link";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import { shortMoment } from "@/lib/domain/moments";
import type { WebhookState as State, WebhookRow } from "@/lib/queries/admin/webhooks";

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

/** Events, a row each; on phones a card of two lines. */
export function WebhookTable({
  rows,
  now,
  timeZone,
}: {
  rows: readonly WebhookRow[];
  now: Date;
  timeZone: string;
}) {
  const columns: Column<WebhookRow>[] = [
    {
      key: "type",
      head: "Event",
      phone: "title",
      cell: ({ id, type }) => (
        <Link
          href={`/admin/webhooks/${id}` as Route}
          prefetch={false}
          className="inline-flex min-h-6 items-center underline-offset-4 wrap-anywhere hover:underline"
        >
          {type}
        </Link>
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
          <Link
            href={`/admin/orders/${orderNumber}` as Route}
            prefetch={false}
            className="num inline-flex min-h-6 items-center text-quiet underline-offset-4 hover:underline"
          >
            {orderNumber}
          </Link>
        ),
    },
    { key: "state", head: "State", phone: "end", cell: ({ state }) => <WebhookState state={state} /> },
    {
      key: "when",
      head: "Came",
      phone: "metaEnd",
      cell: ({ at }) => (
        <time dateTime={at.toISOString()} className="num whitespace-nowrap text-quiet">
          {shortMoment(at, now, timeZone)}
        </time>
      ),
    },
  ];
  return (
    <Table caption="Events of the payment service" columns={columns} rows={rows} rowKey={(row) => row.id} />
  );
}
