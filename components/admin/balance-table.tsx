import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { type Column, Table } from "@/components/ui/table";
import { payOut } from "@/lib/actions/admin/payouts";
import { formatMoney } from "@/lib/domain/money";
import { rateText } from "@/lib/domain/payouts";
import type { Balance } from "@/lib/queries/admin/books";
import { RowLink } from "./cells";

/** What the shop owes each owner, and the button that pays it. */
export function BalanceTable({ rows, currency }: { rows: readonly Balance[]; currency: string }) {
  const money = (amount: number) => formatMoney(amount, currency);
  const columns: Column<Balance>[] = [
    {
      key: "owner",
      head: "Owner",
      phone: "title",
      cell: ({ ownerId, name }) => <RowLink href={`/admin/payouts/owners/${ownerId}`}>{name}</RowLink>,
    },
    {
      key: "commission",
      head: "Commission",
      number: true,
      phone: "meta",
      cell: ({ commission, shopCommission }) => (
        <>
          {rateText(commission ?? shopCommission)} %<span className="md:hidden"> commission</span>
          {commission === null && <span className="text-s text-quiet max-md:hidden"> shop’s</span>}
        </>
      ),
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
      head: "On the way",
      number: true,
      phone: "none",
      cell: ({ onTheWay }) => (onTheWay ? money(onTheWay) : "–"),
    },
    {
      key: "balance",
      head: "Owed",
      number: true,
      phone: "end",
      cell: ({ balance }) => (
        <span className={balance < 0 ? "text-signal" : "font-semibold"}>{money(balance)}</span>
      ),
    },
    {
      key: "pay",
      head: <span className="sr-only">Pay out</span>,
      phone: "metaEnd",
      cell: (row) => <PayOut row={row} />,
    },
  ];
  return <Table caption="Owners’ balances" columns={columns} rows={rows} rowKey={(row) => row.ownerId} />;
}

/** Pays all that is due to one owner, once however often it is pressed. */
function PayOut({ row: { ownerId, name, balance, held, byTransfer } }: { row: Balance }) {
  if (balance - held <= 0) return <span className="text-s text-quiet">Nothing due</span>;
  return (
    <ActionForm action={payOut} label={`Pay out ${name}`} className="grid justify-items-end gap-1">
      <input type="hidden" name="ownerId" value={ownerId} />
      <RequestKey />
      <SubmitButton look="line" small>
        Pay out<span className="sr-only"> {name}</span>
      </SubmitButton>
      <span className="text-s text-quiet">{byTransfer ? "by transfer" : "by hand"}</span>
    </ActionForm>
  );
}
