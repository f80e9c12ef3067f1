/** What the demo's customers say of what they bought: through the services, so that it is verified, read and answered. */
import { sql } from "drizzle-orm";
import type { Customer, Owner } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { reviewInput } from "@/lib/domain/reviews";
import { fingerprint, moderate, reply } from "@/lib/services/reviews/moderate";
import { verifyAll } from "@/lib/services/reviews/verify";
import { write } from "@/lib/services/reviews/write";
import { systemActor } from "@/lib/system";
import { db } from "../client";
import { replyTo, spareReviewsFor } from "./catalogue/catalogue";
import { setClock } from "./clock";

const DAY = 86_400_000;
/** So many of the newest still wait to be read. */
const WAITING = 7;

interface Bought extends Record<string, unknown> {
  readonly userId: string;
  readonly productId: string;
  readonly slug: string;
  readonly ownerId: string;
  readonly sellerId: string;
  /** Milliseconds. */
  readonly arrivedAt: number;
}

/** Customers write about four of ten things that arrived; the owners have read all but the newest. */
export async function writeLateReviews(start: number): Promise<void> {
  const told = new Map<string, number>();
  const planned = (await boughtAndNotReviewed()).flatMap((bought, i) => {
    const nth = told.get(bought.slug) ?? 0;
    const said = spareReviewsFor(bought.slug)[nth];
    const at = bought.arrivedAt + (1.5 + (i % 7)) * DAY;
    // Some things keep waiting for a word.
    if (i % 5 > 1 || !said?.comment || at > start) return [];
    told.set(bought.slug, nth + 1);
    return [{ ...bought, said, at, salt: i }];
  });
  planned.sort((a, b) => a.at - b.at);
  for (const [i, { said, at, salt, ...bought }] of planned.entries()) {
    await setClock(new Date(at));
    const { userId, productId, ownerId, sellerId } = bought;
    const customer = mint<Customer>({ kind: "customer", userId, orderId: null });
    const { rating, title, comment } = said;
    await write(customer, reviewInput.parse({ productId, rating, title: title ?? "", comment }));
    if (i >= planned.length - WAITING) continue;
    const owner = mint<Owner>({ kind: "owner", userId: sellerId, ownerId, orderId: null });
    const { id: reviewId, seen } = await written(userId, productId);
    await setClock(new Date(Math.min(at + DAY / 2, start)));
    await moderate(owner, { reviewId, version: 1, decision: "publish", seen });
    const answer = replyTo(said, salt);
    if (answer) await reply(owner, { reviewId, version: 2, reply: answer });
  }
  await verifyAll(systemActor("seed"));
}

async function boughtAndNotReviewed(): Promise<Bought[]> {
  const rows = await db.execute<Bought>(sql`
    SELECT o.user_id AS "userId", p.id AS "productId", p.slug, p.owner_id AS "ownerId", w.user_id AS "sellerId",
      (extract(epoch FROM min(o.delivered_at)) * 1000)::float8 AS "arrivedAt"
    FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id
    JOIN owners w ON w.id = p.owner_id
    WHERE o.user_id IS NOT NULL AND o.status IN ('delivered', 'completed') AND p.status = 'active'
      AND NOT EXISTS (SELECT FROM reviews r WHERE r.product_id = p.id AND r.user_id = o.user_id)
    GROUP BY o.user_id, p.id, w.user_id ORDER BY "arrivedAt", p.slug`);
  return [...rows];
}

async function written(userId: string, productId: string): Promise<{ id: string; seen: string }> {
  const [row] = await db.execute<{ id: string; seen: string }>(
    sql`SELECT id, ${fingerprint} AS seen FROM reviews WHERE user_id = ${userId} AND product_id = ${productId}`,
  );
  if (!row) throw new Error("a review was written and is not there");
  return row;
}
