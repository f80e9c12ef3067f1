import type { Metadata } from "next";
import { hrefWith, ListTools, NothingListed } from "@/components/admin/list-tools";
import { PageHead } from "@/components/admin/page-head";
import { ReviewQueue } from "@/components/admin/review-queue";
import { Pagination } from "@/components/ui/pagination";
import {
  choiceOf,
  pageOf,
  type Query,
  reviewListSorts,
  reviewViewLabel,
  reviewViews,
  textOf,
} from "@/lib/domain/back-office";
import { listReviewQueue } from "@/lib/queries/admin/reviews";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Reviews" };

const PATH = "/admin/reviews";

const news: Readonly<Record<string, string>> = {
  publish: "The review is published.",
  reject: "The review is not shown.",
  replied: "The answer is kept.",
  unreplied: "The answer is gone.",
};

export default async function AdminReviews({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from={PATH} />;
  const page = pageOf(query);
  const view = choiceOf(query, "view", reviewViews);
  const sort = choiceOf(query, "sort", reviewListSorts);
  const state = { path: PATH, view, sort, search: textOf(query, "q") };
  const [{ rows, counts, pages }, { timeZone }] = await Promise.all([
    listReviewQueue(staff, { ...state, view, sort, page, pageSize: 20 }),
    getStore(),
  ]);
  return (
    <>
      <PageHead title="Reviews" done={news[textOf(query, "done")]} />
      <ListTools
        state={state}
        views={reviewViews.map((each) => ({
          view: each,
          label: reviewViewLabel[each],
          count: counts[each],
        }))}
        sorts={[
          { sort: "newest", label: "newest" },
          { sort: "oldest", label: "oldest" },
          { sort: "lowest", label: "fewest stars" },
        ]}
        searchLabel="Product, author or words"
      />
      {rows.length > 0 ? (
        <ReviewQueue
          rows={rows}
          timeZone={timeZone}
          withOwner={staff.kind === "admin"}
          back={hrefWith(state, { page }, "newest")}
        />
      ) : (
        <NothingListed what="reviews" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "newest")} />
      </div>
    </>
  );
}
