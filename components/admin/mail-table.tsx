import { StatusDot, type Tone } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import type { MailItem } from "@/lib/queries/admin/mail";
import { RowLink, When } from "./cells";

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
        <RowLink href={`/admin/mail/${id}`} className="wrap-anywhere">
          {subject}
        </RowLink>
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
          <RowLink href={`/admin/orders/${orderNumber}`} className="num whitespace-nowrap text-quiet">
            {orderNumber}
          </RowLink>
        ),
    },
    { key: "state", head: "State", phone: "end", cell: ({ status }) => <MailState status={status} /> },
    {
      key: "when",
      head: "Written",
      sort: "when",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ createdAt }) => <When at={createdAt} now={now} timeZone={timeZone} />,
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
