import type { Metadata } from "next";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { ReviewTable, reviewColumns } from "@/components/admin/review-table";
import { Pagination } from "@/components/ui/pagination";
import {
  type Query,
  readList,
  reviewDirection,
  reviewListSorts,
  reviewViewLabel,
  reviewViews,
  textOf,
} from "@/lib/domain/back-office";
import { listReviewQueue } from "@/lib/queries/admin/reviews";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";
import { formKey, UNDONE, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Reviews" };

const PATH = "/admin/reviews";

const news: Readonly<Record<string, string>> = {
  publish: "The review is published.",
  reject: "The review is not shown.",
  replied: "The answer is kept.",
  unreplied: "The answer is gone.",
  undone: UNDONE,
};

export default async function AdminReviews({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from={PATH} />;
  const state = readList(query, PATH, {
    views: reviewViews,
    sorts: reviewListSorts,
    columns: reviewColumns.map(({ key }) => key),
  });
  const back = hrefWith(state, { page: state.page }, "when");
  const [{ rows, counts, pages }, { timeZone }, undo] = await Promise.all([
    listReviewQueue(staff, { ...state, pageSize: 20 }),
    getStore(),
    undoOn(staff, query, { back, subjects: ["reviews"] }),
  ]);
  const isAdmin = staff.kind === "admin";
  return (
    <>
      <PageHead title="Reviews" done={news[textOf(query, "done")]} undo={undo} />
      <ListTools
        state={state}
        views={reviewViews.map((each) => ({
          view: each,
          label: reviewViewLabel[each],
          count: counts[each],
        }))}
        sorts={[
          { sort: "when", label: "newest" },
          { sort: "stars", label: "fewest stars" },
          { sort: "product", label: "product" },
          { sort: "author", label: "author" },
        ]}
        sortedByHead
        columns={reviewColumns}
        searchLabel="Product, author or words"
      />
      {rows.length > 0 ? (
        <ReviewTable
          key={formKey(query)}
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          withOwner={isAdmin}
          back={back}
          cols={state.cols}
          sorting={sortingOf(state, reviewDirection, "when")}
        />
      ) : (
        <NothingListed what="reviews" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "when")} />
      </div>
    </>
  );
}
