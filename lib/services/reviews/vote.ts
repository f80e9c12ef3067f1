/** Helpful votes: one per account or, for guests, per browser. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { reviews, reviewVotes } from "@/db/schema/reviews";
import { withTx } from "@/db/tx";
import { type Shopper, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import * as limits from "@/lib/services/limits";

/** A guest who throws the cookie away is a new one: so many of a place may find one review helpful on one day. */
const PLACE = { limit: 5, seconds: 86_400 };

export interface Voted {
  readonly helpful: boolean;
  /** Votes that the review has now. */
  readonly count: number;
}

/**
 * Says that a review helped, or takes that back. It tells what shall be, so repeating it changes nothing. No cached
 * page expires for it: one shopper's press must not rebuild everybody's page.
 * @throws ShopError not_found for what is not published, forbidden for one's own, too_many guests of one place
 */
export async function vote(
  shopper: Shopper,
  { reviewId, helpful }: { reviewId: string; helpful: boolean },
  ip: string,
): Promise<Voted> {
  const voter = voterOf(shopper);
  const place = shopper.kind === "guest" ? `review-vote:${reviewId}:${ip}` : null;
  if (place && helpful) await limits.take(place, PLACE);
  const { isChange, ...voted } = await put(shopper, { reviewId, helpful, voter });
  // Pressed twice it is one vote, and taken back it is none.
  if (place && helpful !== isChange) await limits.giveBack(place, PLACE);
  return voted;
}

function put(
  shopper: Shopper,
  { reviewId, helpful, voter }: { reviewId: string; helpful: boolean; voter: string },
): Promise<Voted & { isChange: boolean }> {
  return withTx(async (tx) => {
    const [review] = await tx
      .select({ userId: reviews.userId, count: reviews.helpfulCount })
      .from(reviews)
      .where(and(eq(reviews.id, reviewId), eq(reviews.status, "published")))
      .for("update");
    if (!review) throw new ShopError("not_found", { what: "review" });
    if (review.userId && review.userId === userIdOf(shopper)) throw new ShopError("forbidden", {});
    const changed = helpful
      ? await tx.insert(reviewVotes).values({ reviewId, voter }).onConflictDoNothing().returning()
      : await tx
          .delete(reviewVotes)
          .where(and(eq(reviewVotes.reviewId, reviewId), eq(reviewVotes.voter, voter)))
          .returning();
    const count = review.count + (helpful ? changed.length : -changed.length);
    if (changed.length > 0)
      await tx.update(reviews).set({ helpfulCount: count }).where(eq(reviews.id, reviewId));
    return { helpful, count, isChange: changed.length > 0 };
  });
}

/** Sign-in: the browser's votes become the account's; where both voted, and for one's own reviews, one goes. */
export async function mergeVotes(tx: Tx, userId: string, tokenHash: string): Promise<void> {
  await tx.execute(sql`
    WITH locked AS (
      SELECT r.id, r.user_id FROM reviews r JOIN review_votes v ON v.review_id = r.id AND v.voter = ${tokenHash}
      ORDER BY r.id FOR UPDATE OF r),
    taken AS (DELETE FROM review_votes WHERE voter = ${tokenHash} AND review_id IN (SELECT id FROM locked)
      RETURNING review_id, created_at),
    given AS (
      INSERT INTO review_votes (review_id, voter, created_at)
      SELECT t.review_id, ${userId}, t.created_at FROM taken t JOIN locked l ON l.id = t.review_id
      WHERE l.user_id IS DISTINCT FROM ${userId}::uuid
      ON CONFLICT DO NOTHING RETURNING review_id)
    UPDATE reviews SET helpful_count = helpful_count - 1
    WHERE id IN (SELECT review_id FROM taken EXCEPT SELECT review_id FROM given)`);
}

/** Takes back all votes of a user, in the transaction that erases the account. */
export async function removeVotes(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`
    WITH taken AS (DELETE FROM review_votes WHERE voter = ${userId} RETURNING review_id)
    UPDATE reviews SET helpful_count = helpful_count - 1 WHERE id IN (SELECT review_id FROM taken)`);
}

function voterOf(shopper: Shopper): string {
  const voter = shopper.kind === "guest" ? shopper.tokenHash : shopper.userId;
  // A browser that keeps no cookie could vote for ever.
  if (!voter) throw new ShopError("forbidden", {});
  return voter;
}
