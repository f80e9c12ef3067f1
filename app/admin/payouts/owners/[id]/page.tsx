import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { CommissionForm, ShopForm } from "@/components/admin/payout-forms";
import { PeriodPicker } from "@/components/admin/period-picker";
import { StatementSums, StatementTable } from "@/components/admin/statement-table";
import { buttonClass } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { isId, listHref, pageOf, type Query, textOf } from "@/lib/domain/back-office";
import { daysText, periodQuery, readPeriod } from "@/lib/domain/periods";
import { getStatement, listBalances } from "@/lib/queries/admin/books";
import { getToday, momentsOf } from "@/lib/queries/admin/calendar";
import { getShop } from "@/lib/queries/admin/shops";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../../staff";
import { formKey, UNDONE, undoOn } from "../../../undo";

export const instant = false;
export const metadata: Metadata = { title: "Statement" };

const PAGE_SIZE = 100;

const DONE: Readonly<Record<string, string>> = {
  commission: "The rate is saved. It holds for orders from now on.",
  shop: "The shop is saved.",
  undone: UNDONE,
};

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function OwnerStatement({ params, searchParams }: Props) {
  const [{ id }, query, { timeZone }] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  const path = `/admin/payouts/owners/${id}`;
  if (!staff) return <NoEntry from={path} />;
  const { today } = await getToday();
  const period = readPeriod(query, today);
  const page = pageOf(query);
  const [statement, [owner]] = isId(id)
    ? await Promise.all([
        getStatement(staff, { ownerId: id, ...(await momentsOf(period)), page, pageSize: PAGE_SIZE }),
        listBalances(staff, id),
      ])
    : [null, []];
  if (!statement || !owner) return <NothingHere back="/admin/payouts" backLabel="To the payouts" />;
  const [shop, undo] = await Promise.all([
    staff.kind === "admin" ? getShop(staff, id) : null,
    undoOn(staff, query, { back: path, subjects: ["owners"], id }),
  ]);
  const asked = periodQuery(period);
  return (
    <>
      <PageHead
        title={staff.kind === "admin" ? `Statement of ${statement.name}` : "Your statement"}
        steps={[{ label: "Payouts", href: "/admin/payouts" }]}
        line={`${daysText(period)}. An order counts once it is completed: delivered, and its time for returns over.`}
        done={DONE[textOf(query, "done")]}
        undo={undo}
      />
      <div className="grid grid-cols-1 gap-8">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <PeriodPicker path={path} period={period} today={today} />
          <span data-screen>
            <a href={listHref(`${path}/statement.csv`, asked)} className={buttonClass("line", true)}>
              As CSV
            </a>
          </span>
        </div>
        <StatementSums statement={statement} />
        <Panel title="Line by line" id="lines">
          {statement.lines.length > 0 ? (
            <StatementTable lines={statement.lines} currency={statement.currency} timeZone={timeZone} />
          ) : (
            <p className="text-quiet">Nothing moved in these days.</p>
          )}
          <div data-screen className="mt-8">
            <Pagination
              page={page}
              pages={Math.max(1, Math.ceil(statement.count / PAGE_SIZE))}
              hrefFor={(n) => listHref(path, { ...asked, page: n }) as Route}
            />
          </div>
        </Panel>
        {shop && (
          <div key={formKey(query)} data-screen className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
            <Panel title="Commission" id="commission-panel">
              <CommissionForm owner={owner} />
            </Panel>
            <Panel title="Shop and account" id="shop-panel">
              <ShopForm shop={shop} />
            </Panel>
          </div>
        )}
      </div>
    </>
  );
}
