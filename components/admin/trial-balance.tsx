import { type Column, Table } from "@/components/ui/table";
import { accountWords } from "@/lib/domain/ledger";
import { formatMoney } from "@/lib/domain/money";
import type { AccountRow, TrialBalance } from "@/lib/queries/admin/ledger";

/** Every account with its two sides, and the line that must be equal. */
export function TrialBalanceTable({ trial }: { trial: TrialBalance }) {
  const columns: Column<AccountRow>[] = [
    {
      key: "account",
      head: "Account",
      phone: "title",
      cell: ({ account, currency }) => (
        <>
          {accountWords[account].name}
          <span className="font-normal text-quiet max-md:hidden"> {accountWords[account].holds}</span>
          {trial.sums.length > 1 && <span className="font-normal text-quiet"> {currency}</span>}
        </>
      ),
    },
    { key: "entries", head: "Entries", number: true, phone: "none", cell: ({ entries }) => entries },
    {
      key: "debit",
      head: "Debit",
      number: true,
      phone: "meta",
      cell: ({ debit, currency }) => (
        <>
          <span className="md:hidden">Debit </span>
          {formatMoney(debit, currency)}
        </>
      ),
    },
    {
      key: "credit",
      head: "Credit",
      number: true,
      phone: "metaEnd",
      cell: ({ credit, currency }) => (
        <>
          <span className="md:hidden">Credit </span>
          {formatMoney(credit, currency)}
        </>
      ),
    },
    {
      key: "balance",
      head: "Balance",
      number: true,
      phone: "end",
      cell: ({ balance, currency }) => formatMoney(balance, currency),
    },
  ];
  return (
    <>
      <Table
        caption="Trial balance"
        columns={columns}
        rows={trial.rows}
        rowKey={({ account, currency }) => `${account} ${currency}`}
        empty={<p className="text-quiet">Nothing was posted yet.</p>}
      />
      {trial.sums.map(({ currency, debit, credit }) => (
        <p
          key={currency}
          className="num flex flex-wrap justify-between gap-x-6 border-b px-3 py-3 font-semibold max-md:px-0"
        >
          <span>
            {debit === credit ? "Debit and credit are equal" : "Debit and credit differ"}
            {trial.sums.length > 1 && ` in ${currency}`}
          </span>
          <span>
            {formatMoney(debit, currency)} {debit === credit ? "=" : "≠"} {formatMoney(credit, currency)}
          </span>
        </p>
      ))}
    </>
  );
}
