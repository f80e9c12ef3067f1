import type { Metadata, Route } from "next";
import { DueTable, PayAllForm } from "@/components/admin/due-table";
import { PageHead, Panel } from "@/components/admin/page-head";
import { RunList } from "@/components/admin/run-table";
import { NotHere } from "@/components/layout/not-here";
import { LinkButton } from "@/components/ui/button";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { type Query, textOf } from "@/lib/domain/back-office";
import { formatMoney, parseMoney, toDecimal } from "@/lib/domain/money";
import { listDue, listRuns } from "@/lib/queries/admin/payout-runs";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Pay all that is due" };

const PATH = "/admin/payouts/pay";

export default async function PayAll({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { currency, timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const typed = textOf(query, "least");
  const least = parseMoney(typed, currency) ?? 0;
  const [rows, runs] = await Promise.all([listDue(staff, least), listRuns(staff, 10)]);
  const paid = rows.filter(({ leftOut }) => leftOut === null);
  const total = paid.reduce((sum, { due }) => sum + due, 0);
  const money = (amount: number) => formatMoney(amount, currency);
  return (
    <>
      <PageHead
        title="Pay all that is due"
        steps={[{ label: "Payouts", href: "/admin/payouts" }]}
        line={
          paid.length > 0
            ? `${money(total)} to ${paid.length} ${paid.length === 1 ? "owner" : "owners"}: a payout for each, by transfer where they have an account, else by hand.`
            : "Nothing is due to anybody now."
        }
      />
      <div className="grid grid-cols-1 gap-8">
        <form action={PATH} className="flex flex-wrap items-end gap-3">
          <TextInput
            name="least"
            label={`Only from, ${currency}`}
            hint="What is less waits for the next time."
            defaultValue={least > 0 ? toDecimal(least, currency) : ""}
            error={typed && parseMoney(typed, currency) === undefined ? "An amount like 25.00." : undefined}
            optional
            inputMode="decimal"
            autoComplete="off"
            className="num w-40"
          />
          <SubmitButton look="line" small>
            Show
          </SubmitButton>
        </form>
        <DueTable rows={rows} currency={currency} />
        {paid.length > 0 ? (
          <PayAllForm ownerIds={paid.map(({ ownerId }) => ownerId)} label={`Pay ${money(total)}`} />
        ) : (
          <LinkButton href={"/admin/payouts" as Route} look="line" small className="justify-self-start">
            To the payouts
          </LinkButton>
        )}
        {runs.length > 0 && (
          <Panel title="The last runs" id="runs">
            <RunList rows={runs} now={new Date()} timeZone={timeZone} currency={currency} />
          </Panel>
        )}
      </div>
    </>
  );
}
