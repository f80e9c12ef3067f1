import type { Route } from "next";
import { Chip } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { type ReviewChoice, reviewSortLabel, reviewSorts, reviewsPath } from "@/lib/domain/reviews";
import type { ReviewedProduct } from "@/lib/queries/reviews";

/** What the list is cut to, as chips that take it off, and the order it is in. All of it links. */
export function ReviewTools({
  product: { slug, verifiedCount },
  choice,
  count,
}: {
  product: ReviewedProduct;
  choice: ReviewChoice;
  count: number;
}) {
  const to = (change: Partial<ReviewChoice>) => reviewsPath(slug, { ...choice, page: 1, ...change }) as Route;
  const { stars, verified } = choice;
  return (
    <div className="mb-6 grid gap-3">
      <p className="flex flex-wrap items-center gap-2">
        <span role="status" className="num mr-2 text-s text-quiet">
          {count === 1 ? "1 review" : `${count} reviews`}
        </span>
        {stars !== null && (
          <Chip href={to({ stars: null })} remove current>
            {stars === 1 ? "1 star" : `${stars} stars`}
          </Chip>
        )}
        {verified ? (
          <Chip href={to({ verified: false })} remove current>
            Verified only
          </Chip>
        ) : (
          verifiedCount > 0 && (
            <Chip href={to({ verified: true })}>
              Verified only <span className="num">{verifiedCount}</span>
            </Chip>
          )
        )}
      </p>
      <p className="flex flex-wrap items-center gap-x-4 text-s text-quiet">
        <span>Sorted by</span>
        {reviewSorts.map((sort) => (
          <Link
            key={sort}
            href={to({ sort })}
            aria-current={sort === choice.sort ? "true" : undefined}
            className="flex min-h-6 items-center underline-offset-4 hover:underline aria-[current=true]:font-semibold aria-[current=true]:text-ink"
          >
            {reviewSortLabel[sort]}
          </Link>
        ))}
      </p>
    </div>
  );
}
