import type { Metadata } from "next";
import { JobTable, jobColumns, RegularJobs } from "@/components/admin/job-list";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead, Panel } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Pagination } from "@/components/ui/pagination";
import { type Query, readList, textOf } from "@/lib/domain/back-office";
import { jobDirection, jobSorts, jobViewLabel, jobViews } from "@/lib/domain/engine-room";
import { listJobs, listRegularJobs } from "@/lib/queries/admin/jobs";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Jobs" };

const PATH = "/admin/jobs";

const DONE: Readonly<Record<string, string>> = {
  retried: "It runs within a second. One that is done leaves this list.",
  gone: "It is given up. The audit log keeps its error.",
};

export default async function AdminJobs({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const state = readList(query, PATH, {
    views: jobViews,
    sorts: jobSorts,
    columns: jobColumns.map(({ key }) => key),
  });
  const [{ rows, counts, pages }, regular] = await Promise.all([
    listJobs(staff, { ...state, pageSize: 50 }),
    listRegularJobs(staff),
  ]);
  const { page } = state;
  const hrefOf = (n: number) => hrefWith(state, { page: n }, "due");
  return (
    <>
      <PageHead
        title="Jobs"
        line="What the shop does beside its pages. A job that fails is tried again with growing pauses."
        done={DONE[textOf(query, "done")]}
      />
      <ListTools
        state={state}
        views={jobViews.map((each) => ({ view: each, label: jobViewLabel[each], count: counts[each] }))}
        sorts={[
          { sort: "due", label: "due" },
          { sort: "since", label: "newest" },
          { sort: "name", label: "name" },
        ]}
        sortedByHead
        columns={jobColumns}
        searchLabel="Name, key or error"
      />
      {rows.length > 0 ? (
        <JobTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          back={hrefOf(page)}
          cols={state.cols}
          sorting={sortingOf(state, jobDirection, "due")}
        />
      ) : (
        <NothingListed what="jobs" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={hrefOf} />
      </div>
      <div className="mt-12 max-w-form">
        <Panel title="Regular jobs, and when they began last" id="regular">
          <RegularJobs jobs={regular} now={new Date()} timeZone={timeZone} />
        </Panel>
      </div>
    </>
  );
}
