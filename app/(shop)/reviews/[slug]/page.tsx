import type { Metadata, Route } from "next";
import { NotHere } from "@/components/layout/not-here";
import { ReviewHead } from "@/components/reviews/review-head";
import { ReviewItems } from "@/components/reviews/review-items";
import { ReviewTools } from "@/components/reviews/review-tools";
import { Link } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { isSlug, productPath } from "@/lib/domain/catalog";
import { reviewChoice, reviewsPath } from "@/lib/domain/reviews";
import { listReviews } from "@/lib/queries/reviews";
import { getStore } from "@/lib/queries/settings";
import { getShopper } from "@/lib/session";

export const instant = false;

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  return {
    title: "Reviews",
    robots: { index: false },
    ...(isSlug(slug) && { alternates: { canonical: productPath(slug) } }),
  };
}

export default async function ReviewsPage({ params, searchParams }: Props) {
  const [{ slug }, query, shopper, store] = await Promise.all([
    params,
    searchParams,
    getShopper(),
    getStore(),
  ]);
  const choice = reviewChoice(query);
  const found = isSlug(slug) ? await listReviews(shopper, slug, choice) : null;
  if (!found) return <NotHere />;
  const { product, reviews, count, pages } = found;
  const isCut = choice.stars !== null || choice.verified;
  return (
    <div className="page grid gap-8 py-6 lg:grid-cols-[4fr_8fr] lg:gap-16 lg:py-14">
      <ReviewHead product={product} choice={choice} />
      <div>
        <h2 className="sr-only">What people say</h2>
        {product.ratingCount > 0 && <ReviewTools product={product} choice={choice} count={count} />}
        {reviews.length > 0 ? (
          <ReviewItems
            reviews={reviews}
            owner={product.owner}
            locale={store.locale}
            back={reviewsPath(slug, choice)}
          />
        ) : (
          <p className="border-t py-8 text-quiet">
            {isCut ? "No review is like that. " : "Nobody has written about this piece yet."}
            {isCut && (
              <Link className="link" href={reviewsPath(slug) as Route}>
                Show all
              </Link>
            )}
          </p>
        )}
        <div className="mt-8">
          <Pagination
            page={choice.page}
            pages={pages}
            hrefFor={(page) => reviewsPath(slug, { ...choice, page }) as Route}
          />
        </div>
      </div>
    </div>
  );
}
