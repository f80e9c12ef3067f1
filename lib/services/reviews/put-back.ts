/** Taking back what staff did about a review: its author is told nothing of it, unless they read it already. */
import { and, eq, sql } from "drizzle-orm";
import { reviews } from "@/db/schema/reviews";
import { withTx } from "@/db/tx";
import { productTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import type { ReviewStatus } from "@/lib/domain/reviews";
import * as cache from "@/lib/services/cache";
import { withdraw } from "@/lib/services/notifications/tell";
import { lock, note, type Stale } from "./moderate";
import { keepRating } from "./rating";

/**
 * Puts a review's status back from what a decision made of it. That its author bought the piece stays true.
 * @throws ShopError not_found for reviews of other owners' goods, conflict where its status moved on
 */
export function putStatusBack(
  staff: Staff,
  { reviewId, from, to }: { reviewId: string; from: ReviewStatus; to: ReviewStatus },
): Promise<Stale> {
  return withTx(async (tx) => {
    const { review } = await lock(tx, staff, reviewId);
    const [after] = await tx
      .update(reviews)
      .set({ status: to, version: sql`${reviews.version} + 1` })
      .where(and(eq(reviews.id, reviewId), eq(reviews.status, from)))
      .returning();
    if (!after) throw new ShopError("conflict", { what: "review" });
    await keepRating(tx, review.productId, review, after);
    await note(tx, staff, "review.moderate", review, after);
    await withdraw(tx, { userId: review.userId, begins: `review:${reviewId}:${from}:` });
    return { tags: [productTag(review.productId)] };
  });
}

interface Reply {
  readonly reply: string | null;
  readonly repliedAt: Date | null;
}

/**
 * Puts an answer back as it was before another one, or none.
 * @throws ShopError not_found for reviews of other owners' goods, conflict where it was answered anew
 */
export function putReplyBack(
  staff: Staff,
  { reviewId, from, to }: { reviewId: string; from: string | null; to: Reply },
): Promise<Stale> {
  return withTx(async (tx) => {
    const { review } = await lock(tx, staff, reviewId);
    const [after] = await tx
      .update(reviews)
      .set({ ...to, version: sql`${reviews.version} + 1` })
      .where(and(eq(reviews.id, reviewId), sql`${reviews.reply} IS NOT DISTINCT FROM ${from}`))
      .returning();
    if (!after) throw new ShopError("conflict", { what: "review" });
    await cache.expire(tx, [productTag(review.productId)]);
    await note(tx, staff, "review.reply", review, after);
    if (to.reply === null) await withdraw(tx, { userId: review.userId, begins: `review:${reviewId}:reply` });
    return { tags: [productTag(review.productId)] };
  });
}
