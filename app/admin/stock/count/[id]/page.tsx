import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { StocktakeForm } from "@/components/admin/stocktake-form";
import { DifferenceTable, StocktakeState } from "@/components/admin/stocktake-table";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { isId, listHref, pageOf, type Query } from "@/lib/domain/back-office";
import { momentText } from "@/lib/domain/moments";
import { getStocktake, listStocktakeRows } from "@/lib/queries/admin/stocktake";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Stocktake" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function AdminCounted({ params, searchParams }: Props) {
  const [{ id }, query, { timeZone }] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/stock/count/${id}`} />;
  const one = isId(id) ? await getStocktake(staff, id) : null;
  if (!one) return <NothingHere back="/admin/stock/count" backLabel="To the stocktakes" />;
  const page = pageOf(query);
  const { rows, pages } = await listStocktakeRows(staff, one, { page, pageSize: 50 });
  return (
    <>
      <PageHead
        title={one.fileName}
        steps={[
          { label: "Stock", href: "/admin/stock" },
          { label: "Stocktake", href: "/admin/stock/count" },
        ]}
        line={
          <>
            {one.who}, <span className="num">{momentText(one.createdAt, timeZone)}</span>
          </>
        }
      >
        <StocktakeState status={one.status} />
      </PageHead>
      <div className="grid grid-cols-1 gap-8">
        {one.status === "failed" && <Notice tone="error">{one.message}</Notice>}
        {one.status === "finished" && (
          <Notice tone="success">
            {one.differing === 1 ? "One shelf is set." : `${one.differing} shelves are set.`}
          </Notice>
        )}
        {one.status === "checked" && one.differing === 0 && <Notice>{agreeing(one.equal)}</Notice>}
        {one.status === "checked" && one.differing > 0 && (
          <Panel title="Apply" id="apply">
            <StocktakeForm id={one.id} differing={one.differing} />
          </Panel>
        )}
        {rows.length > 0 && (
          <Panel title="Differences" id="differences">
            <DifferenceTable rows={rows} />
            <div className="mt-8">
              <Pagination
                page={page}
                pages={pages}
                hrefFor={(n) => listHref(`/admin/stock/count/${id}`, { page: n }) as Route}
              />
            </div>
          </Panel>
        )}
      </div>
    </>
  );
}

function agreeing(equal: number): string {
  if (equal === 0) return "None of its counts can be set: why stands below, with the line of each.";
  const what =
    equal === 1 ? "The one count that could be read agrees" : `All ${equal} counts that could be read agree`;
  return `${what}: there is nothing to set.`;
}
