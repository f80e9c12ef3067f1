import type { Metadata, Route } from "next";
import { OwnReviews, WaitingReviews } from "@/components/reviews/own-reviews";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { listOwnReviews, listWaitingReviews } from "@/lib/queries/own-reviews";
import { getStore } from "@/lib/queries/settings";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Reviews", robots: { index: false } };

const news: Readonly<Record<string, string>> = {
  written: "Thank you. We read it, then everybody can.",
  removed: "The review is deleted.",
};

type Query = Record<string, string | string[] | undefined>;

export default async function OwnReviewsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [user, query] = await Promise.all([requireUser("/account/reviews"), searchParams]);
  const [reviews, waiting, { timeZone }] = await Promise.all([
    listOwnReviews(user),
    listWaitingReviews(user),
    getStore(),
  ]);
  const told = typeof query.done === "string" ? news[query.done] : undefined;
  const notice = told && (
    <Notice tone="success" className="mb-8">
      {told}
    </Notice>
  );
  if (reviews.length === 0 && waiting.length === 0)
    return (
      <>
        {notice}
        <EmptyState
          level={1}
          title="No reviews yet"
          action={<LinkButton href={"/search" as Route}>See all pieces</LinkButton>}
        >
          <p>What you bought waits here for your word once it has arrived.</p>
        </EmptyState>
      </>
    );
  return (
    <>
      <h1 className="mb-8 text-xl">Reviews</h1>
      {notice}
      {waiting.length > 0 && (
        <section aria-labelledby="waiting" className="mb-14">
          <h2 id="waiting" className="mb-4 text-l">
            Waiting for your word
          </h2>
          <WaitingReviews goods={waiting} timeZone={timeZone} />
        </section>
      )}
      {reviews.length > 0 && (
        <section aria-labelledby="written">
          <h2 id="written" className="mb-4 text-l">
            What you wrote
          </h2>
          <OwnReviews reviews={reviews} timeZone={timeZone} />
        </section>
      )}
    </>
  );
}
