/** The verified mark: set by the shop alone, once the author has a delivered order line of the product. */
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { withTx } from "@/db/tx";
import { productTag } from "@/lib/cache-tags";
import type { System } from "@/lib/domain/actors";
import * as cache from "@/lib/services/cache";

declare module "@/lib/queue" {
  interface Jobs {
    "reviews.verify": Record<string, never>;
  }
}

/** Whether a delivered part of one of the user's orders holds the product. */
export const hasArrived = (userId: SQL, productId: SQL): SQL => sql`EXISTS (
  SELECT FROM order_lines l
  JOIN orders o ON o.id = l.order_id
  JOIN fulfilments f ON f.order_id = l.order_id AND f.owner_id = l.owner_id
  WHERE o.user_id = ${userId} AND l.product_id = ${productId} AND f.status = 'delivered'
    AND l.quantity > l.cancelled_quantity)`;

/** Asked while a review is written. */
export async function isBuyer(tx: Tx, userId: string, productId: string): Promise<boolean> {
  const [row] = await tx.execute<{ arrived: boolean }>(
    sql`SELECT ${hasArrived(sql`${userId}::uuid`, sql`${productId}::uuid`)} AS arrived`,
  );
  return row?.arrived ?? false;
}

/** Marks what was written before the goods arrived. Answers how many were marked. */
export async function verifyAll(_system: System): Promise<number> {
  return withTx(async (tx) => {
    const marked = await tx.execute<{ product_id: string; status: string }>(sql`
      UPDATE reviews r SET is_verified = true
      WHERE NOT r.is_verified AND r.user_id IS NOT NULL AND ${hasArrived(sql`r.user_id`, sql`r.product_id`)}
      RETURNING r.product_id, r.status`);
    const shown = marked.filter(({ status }) => status === "published");
    await cache.expire(
      tx,
      shown.map((review) => productTag(review.product_id)),
    );
    return marked.length;
  });
}
