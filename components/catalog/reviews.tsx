import { Rating } from "@/components/ui/rating";
import type { ReviewView } from "@/lib/queries/catalog/product";

const SHOWN = 6;

/** What people say of a product: how the stars are spread, then the reviews; the later ones fold. */
export function Reviews({
  rating,
  count,
  distribution,
  reviews,
  locale,
}: {
  rating: number;
  count: number;
  /** Reviews with 5, 4, 3, 2 and 1 stars. */
  distribution: readonly number[];
  reviews: readonly ReviewView[];
  locale: string;
}) {
  const later = reviews.slice(SHOWN);
  return (
    <section
      id="reviews"
      aria-labelledby="reviews-title"
      className="page grid gap-8 border-t py-16 lg:grid-cols-[4fr_8fr] lg:gap-16"
    >
      <div className="grid content-start gap-6">
        <h2 id="reviews-title" className="text-xl">
          Reviews
        </h2>
        {count > 0 ? (
          <>
            <Rating value={rating} count={count} className="text-m" />
            <ul className="grid max-w-80 gap-1.5 text-s">
              {distribution.map((many, i) => {
                const stars = 5 - i;
                return (
                  <li key={stars} className="num grid grid-cols-[4.5rem_1fr_2rem] items-center gap-3">
                    <span>
                      {stars} {stars === 1 ? "star" : "stars"}
                    </span>
                    <span aria-hidden="true" className="h-2 bg-line">
                      <span className="block h-full bg-ink" style={{ width: `${(many / count) * 100}%` }} />
                    </span>
                    <span className="text-right text-quiet">{many}</span>
                  </li>
                );
              })}
            </ul>
          </>
        ) : (
          <p className="max-w-read text-quiet">Nobody has written about this piece yet.</p>
        )}
      </div>
      {reviews.length > 0 && (
        <div>
          <ReviewList reviews={reviews.slice(0, SHOWN)} locale={locale} />
          {later.length > 0 && (
            <details className="group/later border-t pt-4">
              <summary className="link inline-flex min-h-target items-center group-open/later:hidden">
                {later.length} more {later.length === 1 ? "review" : "reviews"}
              </summary>
              <ReviewList reviews={later} locale={locale} />
            </details>
          )}
        </div>
      )}
    </section>
  );
}

function ReviewList({ reviews, locale }: { reviews: readonly ReviewView[]; locale: string }) {
  const day = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return (
    <ul>
      {reviews.map((review) => (
        <li key={review.id} className="grid gap-2 border-t py-6 first:border-t-0 first:pt-0">
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
            <Rating value={review.rating} />
            <time dateTime={review.on} className="text-s text-quiet">
              {day.format(new Date(review.on))}
            </time>
          </div>
          {review.title && <h3 className="font-text text-m font-semibold tracking-normal">{review.title}</h3>}
          {review.comment && <p className="max-w-read whitespace-pre-line">{review.comment}</p>}
          <p className="text-s text-quiet">
            {review.author}
            {review.isVerified && <span className="text-good"> · verified purchase</span>}
          </p>
          {review.reply && (
            <p className="max-w-read border-l-2 border-ink pl-4 text-s">
              <b>The maker:</b> {review.reply}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
