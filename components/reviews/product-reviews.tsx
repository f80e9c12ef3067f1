import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Rating } from "@/components/ui/rating";
import { reviewsPath, writeReviewPath } from "@/lib/domain/reviews";
import type { ReviewView } from "@/lib/queries/reviews";
import { Distribution } from "./distribution";
import { ReviewItems } from "./review-items";

/** What people say of a product, on its own page: how the stars are spread, and the most helpful reviews. */
export function Reviews({
  slug,
  owner,
  rating,
  count,
  distribution,
  reviews,
  locale,
}: {
  slug: string;
  owner: string;
  rating: number;
  count: number;
  /** Reviews with 5, 4, 3, 2 and 1 stars. */
  distribution: readonly number[];
  reviews: readonly ReviewView[];
  locale: string;
}) {
  return (
    <section
      id="reviews"
      aria-labelledby="reviews-title"
      className="page grid gap-8 border-t py-16 lg:grid-cols-[4fr_8fr] lg:gap-16"
    >
      <div className="grid content-start justify-items-start gap-6">
        <h2 id="reviews-title" className="text-xl">
          Reviews
        </h2>
        {count > 0 ? (
          <>
            <Rating value={rating} count={count} className="text-m" />
            <Distribution slug={slug} count={count} distribution={distribution} />
          </>
        ) : (
          <p className="max-w-read text-quiet">Nobody has written about this piece yet.</p>
        )}
        <LinkButton href={writeReviewPath(slug) as Route} look="line" small>
          Write a review
        </LinkButton>
      </div>
      {reviews.length > 0 && (
        <div>
          {count > 1 && (
            <p className="mb-6 flex flex-wrap gap-x-5 text-s text-quiet">
              <span>Most helpful first.</span>
              <Link className="link" href={reviewsPath(slug, { sort: "newest" }) as Route}>
                Newest
              </Link>
              <Link className="link" href={reviewsPath(slug, { sort: "lowest" }) as Route}>
                Lowest
              </Link>
              <Link className="link" href={reviewsPath(slug, { verified: true }) as Route}>
                Verified only
              </Link>
            </p>
          )}
          <ReviewItems reviews={reviews} owner={owner} locale={locale} back={reviewsPath(slug)} />
          {count > reviews.length && (
            <p className="border-t pt-4">
              <Link className="link inline-flex min-h-target items-center" href={reviewsPath(slug) as Route}>
                All {count} reviews
              </Link>
            </p>
          )}
        </div>
      )}
    </section>
  );
}
