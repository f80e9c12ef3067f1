/** A product's rating: the sum and count of its published reviews, kept by the transaction that changes one. */
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { products } from "@/db/schema/catalog";
import type { reviews } from "@/db/schema/reviews";
import { productTag } from "@/lib/cache-tags";
import * as cache from "@/lib/services/cache";

export type Review = typeof reviews.$inferSelect;
type Rated = Pick<Review, "status" | "rating">;

/**
 * Moves the product's rating from what a review was to what it is now; null where it is not there. Pages that show
 * the review are stale then. The review's row must be locked: nobody else counts it meanwhile.
 */
export async function keepRating(
  tx: Tx,
  productId: string,
  before: Rated | null,
  after: Rated | null,
): Promise<void> {
  const [was, is] = [countsAs(before), countsAs(after)];
  if (was.count === 0 && is.count === 0) return;
  if (was.count !== is.count || was.sum !== is.sum)
    await tx
      .update(products)
      .set({
        ratingSum: sql`${products.ratingSum} + ${is.sum - was.sum}`,
        ratingCount: sql`${products.ratingCount} + ${is.count - was.count}`,
      })
      .where(eq(products.id, productId));
  await cache.expire(tx, [productTag(productId)]);
}

const countsAs = (review: Rated | null) =>
  review?.status === "published" ? { sum: review.rating, count: 1 } : { sum: 0, count: 0 };
