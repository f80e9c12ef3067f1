import type { Metadata } from "next";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { ReturnTable, returnColumns } from "@/components/admin/return-table";
import { Pagination } from "@/components/ui/pagination";
import {
  type Query,
  readList,
  returnDirection,
  returnSorts,
  returnViewLabel,
  returnViews,
} from "@/lib/domain/back-office";
import { listReturns } from "@/lib/queries/admin/returns";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Returns" };

const PATH = "/admin/returns";

export default async function AdminReturns({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  const state = readList(query, PATH, {
    views: returnViews,
    sorts: returnSorts,
    columns: returnColumns.map(({ key }) => key),
  });
  const { rows, counts, pages } = await listReturns(staff, { ...state, pageSize: 30 });
  return (
    <>
      <PageHead title="Returns" line="Answer within 14 days: after that the shop approves by itself." />
      <ListTools
        state={state}
        views={returnViews.map((each) => ({ view: each, label: returnViewLabel[each], count: counts[each] }))}
        sorts={[
          { sort: "asked", label: "newest", dir: "desc" },
          { sort: "asked", label: "oldest", dir: "asc" },
        ]}
        sortedByHead
        columns={returnColumns.filter(({ key }) => key !== "owner" || staff.kind === "admin")}
        searchLabel="Number or name"
      />
      {rows.length > 0 ? (
        <ReturnTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          withOwner={staff.kind === "admin"}
          cols={state.cols}
          sorting={sortingOf(state, returnDirection, "asked")}
        />
      ) : (
        <NothingListed what="returns" state={state} firstView="to-do" />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "asked")} />
      </div>
    </>
  );
}
