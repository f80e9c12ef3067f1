import type { Metadata, Route } from "next";
import { BalanceTable } from "@/components/admin/balance-table";
import { FigureStrip } from "@/components/admin/figure-strip";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead, Panel } from "@/components/admin/page-head";
import { PayoutTable, payoutColumns } from "@/components/admin/payout-table";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import {
  payoutDirection,
  payoutSorts,
  payoutViewLabel,
  payoutViews,
  type Query,
  readList,
} from "@/lib/domain/back-office";
import { formatMoney } from "@/lib/domain/money";
import { rateText } from "@/lib/domain/payouts";
import { type Balance, listBalances } from "@/lib/queries/admin/books";
import { listPayouts } from "@/lib/queries/admin/payouts";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Payouts" };

const PATH = "/admin/payouts";

export default async function AdminPayouts({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone, currency }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  const state = readList(query, PATH, {
    views: payoutViews,
    sorts: payoutSorts,
    columns: payoutColumns.map(({ key }) => key),
  });
  const [balances, { rows, counts, pages }] = await Promise.all([
    listBalances(staff),
    listPayouts(staff, { ...state, pageSize: 30 }),
  ]);
  const [own] = balances;
  return (
    <>
      <PageHead
        title="Payouts"
        line={
          staff.kind === "admin"
            ? "What the shop owes its owners for completed orders, and what it paid them."
            : "What your completed orders earned, and what was paid to you."
        }
      >
        {staff.kind === "admin" && (
          <LinkButton href={`${PATH}/pay` as Route} look="line" small>
            {balances.some(({ balance, held }) => balance > held) ? "Pay all that is due" : "Runs of payouts"}
          </LinkButton>
        )}
        {staff.kind === "owner" && own && (
          <LinkButton href={`${PATH}/owners/${own.ownerId}` as Route} look="line" small>
            Statement
          </LinkButton>
        )}
      </PageHead>
      <div className="grid grid-cols-1 gap-8">
        {staff.kind === "owner" && own && <OwnFigures own={own} currency={currency} />}
        {staff.kind === "admin" && (
          <Panel title="Balances" id="balances">
            <BalanceTable rows={balances} currency={currency} />
          </Panel>
        )}
        <Panel title="Paid, and on the way" id="payouts">
          <ListTools
            state={state}
            views={payoutViews.map((each) => ({
              view: each,
              label: payoutViewLabel[each],
              count: counts[each],
            }))}
            sorts={[
              { sort: "when", label: "newest" },
              { sort: "amount", label: "amount" },
            ]}
            sortedByHead
            columns={payoutColumns.filter(({ key }) => key !== "owner" || staff.kind === "admin")}
            searchLabel={staff.kind === "admin" ? "Owner or reference" : "Reference"}
          />
          {rows.length > 0 ? (
            <PayoutTable
              rows={rows}
              now={new Date()}
              timeZone={timeZone}
              withOwner={staff.kind === "admin"}
              cols={state.cols}
              sorting={sortingOf(state, payoutDirection, "when")}
            />
          ) : (
            <NothingListed what="payouts" state={state} />
          )}
          <div className="mt-8">
            <Pagination
              page={state.page}
              pages={pages}
              hrefFor={(n) => hrefWith(state, { page: n }, "when")}
            />
          </div>
        </Panel>
      </div>
    </>
  );
}

function OwnFigures({ own, currency }: { own: Balance; currency: string }) {
  const money = (amount: number) => formatMoney(amount, currency);
  return (
    <FigureStrip
      figures={[
        {
          label: "Balance",
          value: money(own.balance),
          ...(own.balance < 0 && { note: "Your next sales make up for it", fell: true }),
        },
        { label: "Held by disputes", value: money(own.held), note: "Until the bank has decided" },
        { label: "On the way", value: money(own.onTheWay), note: "Started, not arrived" },
        {
          label: "Commission",
          value: `${rateText(own.commission ?? own.shopCommission)} %`,
          note: "Of new orders, without tax",
        },
      ]}
    />
  );
}
