import type { Route } from "next";
import Link from "next/link";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { shortMoment } from "@/lib/domain/moments";
import type { MailItem } from "@/lib/queries/admin/mail";

const states: Record<MailItem["status"], { tone: Tone; text: string }> = {
  queued: { tone: "focus", text: "Waiting" },
  kept: { tone: "quiet", text: "Kept" },
  sent: { tone: "good", text: "Sent" },
  failed: { tone: "signal", text: "Failed" },
};

/** What became of a mail, in a word. */
export function MailState({ status }: { status: MailItem["status"] }) {
  const { tone, text } = states[status];
  return (
    <span className="whitespace-nowrap">
      <StatusDot tone={tone}>{text}</StatusDot>
    </span>
  );
}

/** The columns of the list that may be hidden. */
export const mailColumns = [
  { key: "to", label: "To" },
  { key: "order", label: "Order" },
  { key: "state", label: "State" },
  { key: "when", label: "Written" },
] as const;

/** Mails, a row each; on phones a card of two lines. */
export function MailTable({
  rows,
  now,
  timeZone,
  cols,
  sorting,
}: {
  rows: readonly MailItem[];
  now: Date;
  timeZone: string;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<MailItem>[] = [
    {
      key: "subject",
      head: "Subject",
      sort: "subject",
      phone: "title",
      cell: ({ id, subject }) => (
        <Link
          href={`/admin/mail/${id}` as Route}
          prefetch={false}
          className="inline-flex min-h-6 items-center underline-offset-4 wrap-anywhere hover:underline"
        >
          {subject}
        </Link>
      ),
    },
    {
      key: "to",
      head: "To",
      sort: "to",
      phone: "meta",
      cell: ({ toEmail }) => <span className="wrap-anywhere">{toEmail}</span>,
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
    { key: "state", head: "State", phone: "end", cell: ({ status }) => <MailState status={status} /> },
    {
      key: "when",
      head: "Written",
      sort: "when",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ createdAt }) => (
        <time dateTime={createdAt.toISOString()} className="num whitespace-nowrap text-quiet">
          {shortMoment(createdAt, now, timeZone)}
        </time>
      ),
    },
  ];
  return (
    <Table
      caption="Mail"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: mailColumns.map(({ key }) => key) }}
    />
  );
}
