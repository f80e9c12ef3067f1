import type { Metadata, Route } from "next";
import { CashForm } from "@/components/admin/cash-form";
import { PageHead, Panel } from "@/components/admin/page-head";
import { ProofList } from "@/components/admin/proof-list";
import { TrialBalanceTable } from "@/components/admin/trial-balance";
import { NotHere } from "@/components/layout/not-here";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Query, textOf } from "@/lib/domain/back-office";
import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { getToday } from "@/lib/queries/admin/calendar";
import {
  getTrialBalance,
  isQuickToProve,
  listRemittances,
  type Proof,
  proveBooks,
  type RemittanceRow,
} from "@/lib/queries/admin/ledger";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Books" };

const PATH = "/admin/books";

export default async function AdminBooks({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone, currency }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [trial, { at }, isQuick, remittances] = await Promise.all([
    getTrialBalance(staff),
    getToday(),
    isQuickToProve(staff),
    listRemittances(staff),
  ]);
  const proofs = isQuick || textOf(query, "check") ? await proveBooks(staff) : null;
  const held = trial.rows.filter(({ account, balance }) => account === "cod_receivable" && balance > 0);
  const isEqual = trial.sums.every(({ debit, credit }) => debit === credit);
  return (
    <>
      <PageHead
        title="Books"
        done={textOf(query, "done") === "cash" ? "The cash is booked: it is at the bank now." : undefined}
        line={
          <>
            <span className="num">{trial.transactions}</span> postings that nobody can change, read at{" "}
            <span className="num">{momentText(at, timeZone)}</span>
          </>
        }
      >
        <LinkButton href={`${PATH}?check=1` as Route} look="line" small>
          Check again
        </LinkButton>
      </PageHead>
      <div className="grid grid-cols-1 gap-10">
        <Verdict isEqual={isEqual} proofs={proofs} />
        <Panel title="Trial balance" id="trial">
          <TrialBalanceTable trial={trial} />
        </Panel>
        {(held.length > 0 || remittances.last.length > 0) && (
          <Panel title="With couriers" id="couriers" onScreen>
            {held.length > 0 ? (
              <div className="grid gap-8">
                {held.map((row) => (
                  <CashForm
                    key={row.currency}
                    held={row.balance}
                    seen={remittances.count}
                    currency={row.currency}
                    isOne={held.length === 1}
                  />
                ))}
              </div>
            ) : (
              <p>Couriers hold nothing: all they collected is at the bank.</p>
            )}
            <Remittances rows={remittances.last} currency={currency} timeZone={timeZone} />
          </Panel>
        )}
        {proofs && (
          <Panel title="What was checked" id="proofs">
            <ProofList proofs={proofs} />
          </Panel>
        )}
      </div>
    </>
  );
}

function Remittances(props: { rows: readonly RemittanceRow[]; currency: string; timeZone: string }) {
  const { rows, currency, timeZone } = props;
  if (rows.length === 0) return null;
  return (
    <div className="mt-6 max-w-form">
      <h3 className="font-text text-s font-semibold tracking-normal">Booked last</h3>
      <ul className="mt-2">
        {rows.map(({ id, at, reference, amount, currency: its }) => (
          <li key={id} className="grid grid-cols-[1fr_auto] gap-x-4 border-t py-2 text-s">
            <span className="wrap-anywhere">{reference}</span>
            <span className="num text-right">{formatMoney(amount, its ?? currency)}</span>
            <span className="num text-quiet">{momentText(at, timeZone)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Verdict({ isEqual, proofs }: { isEqual: boolean; proofs: readonly Proof[] | null }) {
  const broken = proofs?.filter((proof) => proof.broken && proof.broken.length > 0).length ?? 0;
  const open = proofs?.filter((proof) => proof.broken === null).length ?? 0;
  if (!isEqual || broken > 0)
    return (
      <Notice tone="error" title="The books do not add up.">
        {broken > 0 ? `${broken} checks found rows that break a rule; they are named below. ` : ""}
        Change nothing by hand; ask whoever runs the shop’s machine to run the doctor.
      </Notice>
    );
  if (!proofs)
    return (
      <Notice title="Debit and credit are equal.">
        So many postings take a while to check against orders, payments and payouts: “Check again” does it
        now.
      </Notice>
    );
  return (
    <Notice tone="success" title="The books balance.">
      Debit equals credit, and <span className="num">{proofs.length - open}</span> checks of orders, payments,
      refunds, earnings and payouts hold{open > 0 ? `; ${open} took too long to tell` : ""}.
    </Notice>
  );
}
