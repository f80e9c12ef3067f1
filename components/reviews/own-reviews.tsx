import type { Route } from "next";
import { Day } from "@/components/accounts/day";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { backdropOf, Picture } from "@/components/ui/picture";
import { Rating } from "@/components/ui/rating";
import { removeReview } from "@/lib/actions/reviews";
import { productPath } from "@/lib/domain/catalog";
import { type ReviewStatus, writeReviewPath } from "@/lib/domain/reviews";
import type { OwnReview, WaitingReview } from "@/lib/queries/own-reviews";

const words: Record<ReviewStatus, { label: string; tone: Tone }> = {
  pending: { label: "We read it first", tone: "quiet" },
  published: { label: "Published", tone: "good" },
  rejected: { label: "Not published", tone: "signal" },
};

/** What has arrived and waits for a word. */
export function WaitingReviews({ goods, timeZone }: { goods: readonly WaitingReview[]; timeZone: string }) {
  return (
    <ul className="grid gap-x-8 border-t sm:grid-cols-2">
      {goods.map((each) => (
        <li key={each.productId} className="flex items-center gap-4 border-b py-3">
          <Thumb goods={each} />
          <span className="grid min-w-0 flex-1">
            <span className="font-semibold wrap-anywhere">{each.name}</span>
            <span className="text-s text-quiet">
              Arrived <Day date={each.deliveredAt} timeZone={timeZone} />
            </span>
          </span>
          <LinkButton look="line" small href={writeReviewPath(each.slug) as Route}>
            <span>
              Review<span className="sr-only"> {each.name}</span>
            </span>
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}

/** One's own reviews, each with its state and what can be done about it. */
export function OwnReviews({ reviews, timeZone }: { reviews: readonly OwnReview[]; timeZone: string }) {
  return (
    <ul className="border-t">
      {reviews.map((review) => (
        <li key={review.id} className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 border-b py-5">
          <Thumb goods={review} />
          <div className="grid min-w-0 justify-items-start gap-1.5">
            <div className="flex w-full flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
              <h3 className="font-text text-m font-semibold tracking-normal wrap-anywhere">
                {review.isActive ? (
                  <Link
                    href={productPath(review.slug) as Route}
                    className="underline-offset-4 hover:underline"
                  >
                    {review.name}
                  </Link>
                ) : (
                  review.name
                )}
              </h3>
              <span className="text-s">
                <StatusDot tone={words[review.status].tone}>{words[review.status].label}</StatusDot>
              </span>
            </div>
            <p className="flex flex-wrap items-center gap-x-4 text-s text-quiet">
              <Rating value={review.rating} className="text-ink" />
              <Day date={review.createdAt} timeZone={timeZone} />
              {review.isVerified && <span className="text-good">verified purchase</span>}
              {review.helpful > 0 && <span className="num">{review.helpful} found it helpful</span>}
            </p>
            {review.title && <p className="font-semibold wrap-anywhere">{review.title}</p>}
            {review.comment && (
              <p className="max-w-read whitespace-pre-line wrap-anywhere">{review.comment}</p>
            )}
            {review.reply && (
              <p className="max-w-read border-l-2 border-ink pl-4 text-s whitespace-pre-line wrap-anywhere">
                <b>The maker:</b> {review.reply}
              </p>
            )}
            <div className="mt-1 flex flex-wrap items-center gap-2">
              <LinkButton look="line" small href={writeReviewPath(review.slug) as Route}>
                <span>
                  Edit<span className="sr-only"> the review of {review.name}</span>
                </span>
              </LinkButton>
              <form action={removeReview}>
                <input type="hidden" name="reviewId" value={review.id} />
                <SubmitButton look="quiet" small>
                  <span>
                    Delete<span className="sr-only"> the review of {review.name}</span>
                  </span>
                </SubmitButton>
              </form>
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Thumb({
  goods,
}: {
  goods: { imageKey: string | null; imageBackdrop: string | null; name: string };
}) {
  return (
    <Picture
      src={goods.imageKey && `/media/${goods.imageKey}`}
      alt=""
      sizes="5rem"
      backdrop={backdropOf(goods.imageBackdrop)}
      className="w-16 self-start"
    />
  );
}
