/** What the demo shop's customers wrote, with the sums that products keep of it. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { reviews, reviewVotes } from "@/db/schema/reviews";
import { products as demoProducts, replyTo, reviewsFor } from "@/db/seed/catalogue/catalogue";
import { daysAgo } from "./calendar";

/** Inserts all reviews as published. Nobody is verified: that is for delivered orders to say. */
export async function insertReviews(
  tx: Tx,
  productIds: ReadonlyMap<string, string>,
  userIds: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = demoProducts.flatMap((product) =>
    reviewsFor(product).map((review, i) => {
      const { handle, rating, title, comment, daysAgo: days } = review;
      const createdAt = daysAgo(days, i);
      const reply = replyTo(review, i + days);
      return {
        id: newId(),
        productId: productIds.get(product.slug) ?? "",
        userId: userIds.get(handle) ?? null,
        authorName: handle,
        rating,
        title: title ?? "",
        comment: comment ?? "",
        status: "published" as const,
        reply,
        repliedAt: reply ? daysAgo(Math.max(0, days - 1 - (i % 3)), i) : null,
        helpfulCount: comment ? (i * 5 + rating) % 9 : 0,
        createdAt,
        updatedAt: createdAt,
      };
    }),
  );
  for (let at = 0; at < rows.length; at += 500) await tx.insert(reviews).values(rows.slice(at, at + 500));
  await insertVotes(tx, rows);
  await tx.execute(sql`
    update products p set rating_sum = r.sum, rating_count = r.count
    from (select product_id, sum(rating)::int as sum, count(*)::int as count from reviews
      where status = 'published' group by product_id) r
    where r.product_id = p.id`);
}

/** Votes of browsers that never come back. */
async function insertVotes(tx: Tx, rows: readonly { id: string; helpfulCount: number; createdAt: Date }[]) {
  const votes = rows.flatMap(({ id: reviewId, helpfulCount, createdAt }) =>
    Array.from({ length: helpfulCount }, (_, i) => ({ reviewId, voter: `demo visitor ${i}`, createdAt })),
  );
  for (let at = 0; at < votes.length; at += 5_000)
    await tx.insert(reviewVotes).values(votes.slice(at, at + 5_000));
}
