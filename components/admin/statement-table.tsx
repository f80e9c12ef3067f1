import { type Column, Table } from "@/components/ui/table";
import { dateText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { Statement, StatementLine } from "@/lib/queries/admin/books";
import { RowLink } from "./cells";

/** What a line of a statement is called. */
export const statementWords: Record<StatementLine["what"], string> = {
  earned: "Sold",
  "given back": "Given back",
  "paid out": "Paid out",
  "payout failed": "Payout failed, due again",
  other: "Other",
};

/** A statement's lines; on phones a card of two lines each. */
export function StatementTable({
  lines,
  currency,
  timeZone,
}: Pick<Statement, "lines" | "currency"> & { timeZone: string }) {
  const money = (amount: number) => formatMoney(amount, currency);
  const columns: Column<StatementLine>[] = [
    {
      key: "at",
      head: "Day",
      phone: "none",
      cell: ({ at }) => (
        <time dateTime={at.toISOString()} className="num whitespace-nowrap text-quiet">
          {dateText(at, timeZone)}
        </time>
      ),
    },
    {
      key: "what",
      head: "What",
      phone: "title",
      cell: ({ what, goods, pieces }) => (
        <span className="wrap-anywhere">
          {statementWords[what]}
          {goods && (
            <span className="font-normal text-quiet">
              {" "}
              {pieces} × {goods}
            </span>
          )}
        </span>
      ),
    },
    {
      key: "order",
      head: "Order",
      phone: "meta",
      cell: ({ orderNumber }) =>
        orderNumber && (
          <RowLink href={`/admin/orders/${orderNumber}`} className="num whitespace-nowrap">
            {orderNumber}
          </RowLink>
        ),
    },
    {
      key: "net",
      head: "Without tax",
      number: true,
      phone: "none",
      cell: ({ net }) => (net === null ? "" : money(net)),
    },
    {
      key: "commission",
      head: "Commission",
      number: true,
      phone: "none",
      cell: ({ commission }) => (commission === null ? "" : money(-commission)),
    },
    { key: "amount", head: "Amount", number: true, phone: "end", cell: ({ amount }) => money(amount) },
  ];
  return <Table caption="Statement" columns={columns} rows={lines} rowKey={(line) => line.id} />;
}

/** The sums of a statement: they add up, to the last minor unit. */
export function StatementSums({ statement }: { statement: Statement }) {
  const money = (amount: number) => formatMoney(amount, statement.currency);
  const rows: [string, number][] = [
    ["Balance before", statement.opening],
    ["Sold", statement.earned],
    ["Given back", statement.givenBack],
    ["Paid out", statement.paidOut],
    ...(statement.other ? [["Other", statement.other] as [string, number]] : []),
    ["Balance after", statement.closing],
  ];
  return (
    <dl className="max-w-form border-t">
      {rows.map(([label, amount], i) => (
        <div
          key={label}
          className={`flex justify-between gap-4 border-b py-2 ${i === rows.length - 1 ? "font-semibold" : ""}`}
        >
          <dt>{label}</dt>
          <dd className="num">{money(amount)}</dd>
        </div>
      ))}
    </dl>
  );
}
