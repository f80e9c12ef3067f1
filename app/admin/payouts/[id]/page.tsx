import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { SettleForms } from "@/components/admin/payout-forms";
import { PayoutState } from "@/components/admin/payout-table";
import { Link } from "@/components/ui/link";
import { type Column, Table } from "@/components/ui/table";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { dateText, momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { getPayout, type PaidLine } from "@/lib/queries/admin/payouts";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Payout" };

const DONE: Readonly<Record<string, string>> = {
  started: "The payout is started. Tell the bank, and then this page what the bank did.",
  sent: "The transfer is on its way.",
  paid: "It is paid, and the owner was told.",
  failed: "It failed; what it held is due again.",
};

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function AdminPayout({ params, searchParams }: Props) {
  const [{ id }, query, { timeZone }] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/payouts/${id}`} />;
  const payout = isId(id) ? await getPayout(staff, id) : null;
  if (!payout) return <NothingHere back="/admin/payouts" backLabel="To the payouts" />;
  const money = (amount: number) => formatMoney(amount, payout.currency);
  const columns: Column<PaidLine>[] = [
    {
      key: "at",
      head: "Day",
      phone: "none",
      cell: ({ at }) => <span className="num whitespace-nowrap text-quiet">{dateText(at, timeZone)}</span>,
    },
    { key: "goods", head: "What", phone: "title", cell: ({ goods }) => goods ?? "Came back from a payout" },
    {
      key: "order",
      head: "Order",
      phone: "meta",
      cell: ({ orderNumber }) =>
        orderNumber && (
          <Link
            href={`/admin/orders/${orderNumber}` as Route}
            className="num inline-flex min-h-6 items-center underline-offset-4 hover:underline"
          >
            {orderNumber}
          </Link>
        ),
    },
    { key: "amount", head: "Amount", number: true, phone: "end", cell: ({ amount }) => money(amount) },
  ];
  const canSettle = staff.kind === "admin" && payout.method === "manual" && payout.status === "pending";
  return (
    <>
      <PageHead
        title={`${money(payout.amount)} to ${payout.ownerName}`}
        steps={[{ label: "Payouts", href: "/admin/payouts" }]}
        line={
          <>
            {payout.method === "stripe" ? "By transfer" : "By hand"}, started{" "}
            <span className="num">{momentText(payout.createdAt, timeZone)}</span>
            {payout.paidAt && (
              <>
                , paid <span className="num">{momentText(payout.paidAt, timeZone)}</span>
              </>
            )}
            {payout.status === "paid" && payout.reference && `, reference ${payout.reference}`}
            {payout.failureReason && `, failed: ${payout.failureReason}`}
            {payout.runId && (
              <>
                .{" "}
                <Link
                  href={`/admin/payouts/runs/${payout.runId}` as Route}
                  className="link inline-flex min-h-6 items-center"
                >
                  Part of a run
                </Link>
              </>
            )}
          </>
        }
        done={DONE[textOf(query, "done")]}
      >
        <PayoutState status={payout.status} />
      </PageHead>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel title="What it pays" id="lines">
          <Table
            caption="Lines of this payout"
            columns={columns}
            rows={payout.lines}
            rowKey={(line) => line.id}
          />
          {payout.lineCount > payout.lines.length && (
            <p className="mt-3 text-s text-quiet">
              The first {payout.lines.length} of {payout.lineCount}; the statement has them all.
            </p>
          )}
        </Panel>
        {canSettle && (
          <Panel title="What the bank did" id="settle">
            <SettleForms payoutId={payout.id} />
          </Panel>
        )}
      </div>
    </>
  );
}
