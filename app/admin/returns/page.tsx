import type { Metadata } from "next";
import { hrefWith, ListTools, NothingListed } from "@/components/admin/list-tools";
import { PageHead } from "@/components/admin/page-head";
import { ReturnTable } from "@/components/admin/return-table";
import { Pagination } from "@/components/ui/pagination";
import {
  choiceOf,
  pageOf,
  type Query,
  returnSorts,
  returnViewLabel,
  returnViews,
  textOf,
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
  const page = pageOf(query);
  const view = choiceOf(query, "view", returnViews);
  const sort = choiceOf(query, "sort", returnSorts);
  const state = { path: PATH, view, sort, search: textOf(query, "q") };
  const { rows, counts, pages } = await listReturns(staff, { ...state, view, sort, page, pageSize: 30 });
  return (
    <>
      <PageHead title="Returns" line="Answer within 14 days: after that the shop approves by itself." />
      <ListTools
        state={state}
        views={returnViews.map((each) => ({ view: each, label: returnViewLabel[each], count: counts[each] }))}
        sorts={[
          { sort: "newest", label: "newest" },
          { sort: "oldest", label: "oldest" },
        ]}
        searchLabel="Number or name"
      />
      {rows.length > 0 ? (
        <ReturnTable rows={rows} now={new Date()} timeZone={timeZone} withOwner={staff.kind === "admin"} />
      ) : (
        <NothingListed what="returns" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "newest")} />
      </div>
    </>
  );
}
