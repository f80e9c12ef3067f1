import type { Metadata } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { RunRefusals, RunTable } from "@/components/admin/run-table";
import { NotHere } from "@/components/layout/not-here";
import { buttonClass } from "@/components/ui/button";
import { isId } from "@/lib/domain/back-office";
import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { getRun } from "@/lib/queries/admin/payout-runs";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Run of payouts" };

export default async function PayoutRun({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, staff, { timeZone, currency }] = await Promise.all([params, enter(), getStore()]);
  if (!staff) return <NoEntry from={`/admin/payouts/runs/${id}`} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const run = isId(id) ? await getRun(staff, id) : null;
  if (!run) return <NothingHere back="/admin/payouts" backLabel="To the payouts" />;
  const paid = run.rows.filter(({ payout }) => payout);
  const refused = run.rows.filter(({ refusal }) => refusal);
  const sumOf = (isFailed: boolean) =>
    paid.reduce(
      (sum, { payout }) =>
        payout && (payout.status === "failed") === isFailed
          ? { count: sum.count + 1, amount: sum.amount + payout.amount }
          : sum,
      { count: 0, amount: 0 },
    );
  const [done, failed] = [sumOf(false), sumOf(true)];
  const byHand = paid.some(({ payout }) => payout?.method === "manual" && payout.status === "pending");
  return (
    <>
      <PageHead
        title={`${done.count} ${done.count === 1 ? "payout" : "payouts"}, ${formatMoney(done.amount, currency)}`}
        steps={[
          { label: "Payouts", href: "/admin/payouts" },
          { label: "Runs", href: "/admin/payouts/pay" },
        ]}
        line={
          <>
            Started <span className="num">{momentText(run.at, timeZone)}</span>.{" "}
            {failed.count > 0 && (
              <>
                <span className="num">
                  {failed.count} failed, {formatMoney(failed.amount, currency)}
                </span>
                : that is due again.{" "}
              </>
            )}
            {byHand && "Those by hand: tell the bank, and then each payout’s page what the bank did."}
          </>
        }
      >
        {paid.length > 0 && (
          <span data-screen>
            <a href={`/admin/payouts/runs/${id}/payouts.csv`} className={buttonClass("line", true)}>
              As CSV
            </a>
          </span>
        )}
      </PageHead>
      <div className="grid grid-cols-1 gap-8">
        {refused.length > 0 && (
          <Panel title="Not paid" id="refused">
            <RunRefusals rows={refused} />
          </Panel>
        )}
        {paid.length > 0 && (
          <Panel title={failed.count > 0 ? "Payouts" : "Paid, and on the way"} id="paid">
            <RunTable rows={paid} />
          </Panel>
        )}
      </div>
    </>
  );
}
