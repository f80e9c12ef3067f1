import { Rating } from "@/components/ui/rating";
import { dateFormat } from "@/lib/domain/formats";
import { reviewAnchor } from "@/lib/domain/reviews";
import type { ReviewView, VotedReview } from "@/lib/queries/reviews";
import { VoteForm } from "./vote-form";

/** Reviews with the owner's answers. `back` is the list that a vote leads to where scripts are off. */
export function ReviewItems({
  reviews,
  owner,
  locale,
  back,
}: {
  reviews: readonly (ReviewView | VotedReview)[];
  owner: string;
  locale: string;
  back: string;
}) {
  const day = dateFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return (
    <ul>
      {reviews.map((review) => (
        <li
          key={review.id}
          id={reviewAnchor(review.id)}
          className="grid gap-2 border-t py-6 first:border-t-0 first:pt-0"
        >
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
            <Rating value={review.rating} />
            <time dateTime={review.on} className="text-s text-quiet">
              {day.format(new Date(review.on))}
            </time>
          </div>
          {review.title && (
            <h3 className="font-text text-m font-semibold tracking-normal wrap-anywhere">{review.title}</h3>
          )}
          {review.comment && <p className="max-w-read whitespace-pre-line wrap-anywhere">{review.comment}</p>}
          <p className="text-s text-quiet">
            {review.author}
            {review.isVerified && <span className="text-good"> · verified purchase</span>}
          </p>
          {review.reply && (
            <p className="max-w-read border-l-2 border-ink pl-4 text-s whitespace-pre-line wrap-anywhere">
              <b>{owner}:</b> {review.reply}
            </p>
          )}
          {"isOwn" in review && review.isOwn ? (
            <p className="text-s text-quiet">Yours. {review.helpful > 0 && `It helped ${review.helpful}.`}</p>
          ) : (
            <VoteForm
              reviewId={review.id}
              count={review.helpful}
              isVoted={"isVoted" in review && review.isVoted}
              back={back}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
