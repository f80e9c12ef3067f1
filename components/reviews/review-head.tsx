import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { Rating } from "@/components/ui/rating";
import { mediaPath, productPath } from "@/lib/domain/catalog";
import { type ReviewChoice, writeReviewPath } from "@/lib/domain/reviews";
import type { ReviewedProduct } from "@/lib/queries/reviews";
import { Distribution } from "./distribution";

/** What the reviews are about, how the stars are spread, and the way to one's own. */
export function ReviewHead({ product, choice }: { product: ReviewedProduct; choice: ReviewChoice }) {
  const { slug, name, image, ratingSum, ratingCount } = product;
  return (
    <div className="grid content-start justify-items-start gap-6 lg:sticky lg:top-[calc(var(--spacing-bar)+3.5rem)] lg:self-start">
      <Link
        href={productPath(slug) as Route}
        className="flex items-center gap-4 underline-offset-4 hover:underline"
      >
        <Picture
          src={image && mediaPath(image.key)}
          alt=""
          sizes="5rem"
          backdrop={backdropOf(image?.backdrop)}
          className="w-16 shrink-0"
        />
        <span className="wrap-anywhere">{name}</span>
      </Link>
      <h1 className="text-xl">
        Reviews<span className="sr-only"> of {name}</span>
      </h1>
      {ratingCount > 0 && (
        <>
          <Rating value={ratingSum / ratingCount} count={ratingCount} className="text-m" />
          <Distribution slug={slug} count={ratingCount} distribution={product.distribution} choice={choice} />
        </>
      )}
      <LinkButton href={writeReviewPath(slug) as Route} look="line" small>
        Write a review
      </LinkButton>
    </div>
  );
}
