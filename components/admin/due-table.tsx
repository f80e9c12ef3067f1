import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { type Column, Table } from "@/components/ui/table";
import { payAll } from "@/lib/actions/admin/payouts";
import { formatMoney } from "@/lib/domain/money";
import type { DueRow } from "@/lib/queries/admin/payout-runs";
import { RowLink } from "./cells";

const WHY: Readonly<Record<NonNullable<DueRow["leftOut"]>, string>> = {
  blocked: "Their account is blocked",
  "in debt": "In debt: the next sales make up for it",
  held: "Held by a dispute",
  below: "Waits: less than you pay",
  even: "Nothing due",
};

/** What a run would pay each owner, or why it pays them nothing. */
export function DueTable({ rows, currency }: { rows: readonly DueRow[]; currency: string }) {
  const money = (amount: number) => formatMoney(amount, currency);
  const columns: Column<DueRow>[] = [
    {
      key: "owner",
      head: "Owner",
      phone: "title",
      cell: ({ ownerId, name }) => <RowLink href={`/admin/payouts/owners/${ownerId}`}>{name}</RowLink>,
    },
    {
      key: "balance",
      head: "Owed",
      number: true,
      phone: "none",
      cell: ({ balance }) => <span className={balance < 0 ? "text-signal" : ""}>{money(balance)}</span>,
    },
    {
      key: "held",
      head: "Held by disputes",
      number: true,
      phone: "none",
      cell: ({ held }) => (held ? money(held) : "–"),
    },
    {
      key: "way",
      head: "Way",
      phone: "meta",
      cell: ({ leftOut, byTransfer }) =>
        leftOut ? <span className="text-quiet">{WHY[leftOut]}</span> : byTransfer ? "By transfer" : "By hand",
    },
    {
      key: "due",
      head: "Would be paid",
      number: true,
      phone: "end",
      cell: ({ due, leftOut }) => (leftOut ? "–" : <span className="font-semibold">{money(due)}</span>),
    },
  ];
  return <Table caption="Due to owners" columns={columns} rows={rows} rowKey={(row) => row.ownerId} />;
}

/** Pays them all, once however often it is pressed. */
export function PayAllForm({ ownerIds, label }: { ownerIds: readonly string[]; label: string }) {
  return (
    <ActionForm action={payAll} label="Pay all that is due" className="grid gap-3">
      <RequestKey />
      {ownerIds.map((id) => (
        <input key={id} type="hidden" name="ownerIds" value={id} />
      ))}
      <p className="text-s text-quiet">What came in since this page was opened is paid, too.</p>
      <SubmitButton small className="justify-self-start">
        {label}
      </SubmitButton>
    </ActionForm>
  );
}
