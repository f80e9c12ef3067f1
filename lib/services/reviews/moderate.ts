/** Moderation: owners decide about reviews of their own goods and answer them, admins about all. */
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { products } from "@/db/schema/catalog";
import { now } from "@/db/schema/columns";
import { reviews } from "@/db/schema/reviews";
import { withTx } from "@/db/tx";
import { type CacheTag, productTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { productPath } from "@/lib/domain/catalog";
import { ShopError } from "@/lib/domain/errors";
import { type Decision, moderation, reviewAnchor, reviewsPath } from "@/lib/domain/reviews";
import * as audit from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { conflictWith } from "@/lib/services/conflicts";
import { notify } from "@/lib/services/notifications/tell";
import { keepRating, type Review } from "./rating";
import { isBuyer } from "./verify";

/** What was read, in one word: a review that its author changes meanwhile is not published unread. */
export const fingerprint: SQL<string> = sql`md5(concat_ws(E'\x1f', reviews.rating, reviews.title, reviews.comment))`;

/** The tags of the pages that are stale now. */
export interface Stale {
  readonly tags: readonly CacheTag[];
}

/** A review as a form opened it: `version` counts what the staff did about it. */
interface Opened {
  readonly reviewId: string;
  readonly version: number;
}

/**
 * Publishes a review or rejects it. Deciding again what is decided changes nothing.
 * @throws ShopError not_found for reviews of other owners' goods, conflict where its author changed it since it was read,
 * or somebody else decided about it or answered it
 */
export async function moderate(
  staff: Staff,
  { reviewId, version, decision, seen }: Opened & { decision: Decision; seen: string },
): Promise<Stale> {
  const { from, to } = moderation[decision];
  return withTx(async (tx) => {
    const { review, product } = await lock(tx, staff, reviewId);
    if (review.status === to) return { tags: [] };
    await requireCurrent(tx, review, version);
    const isVerified =
      review.isVerified || (review.userId !== null && (await isBuyer(tx, review.userId, review.productId)));
    const [after] = await tx
      .update(reviews)
      .set({ status: to, isVerified, version: version + 1 })
      .where(and(eq(reviews.id, reviewId), inArray(reviews.status, [...from]), sql`${fingerprint} = ${seen}`))
      .returning();
    if (!after) throw new ShopError("conflict", { what: "review" });
    await keepRating(tx, review.productId, review, after);
    await note(tx, staff, "review.moderate", review, after);
    if (review.userId)
      await notify(tx, {
        userId: review.userId,
        type: "review",
        ...(to === "published"
          ? {
              title: `Your review of ${product.name} is published`,
              message: "Thank you. Everybody can read it now.",
              link: `${reviewsPath(product.slug, { sort: "newest" })}#${reviewAnchor(reviewId)}`,
            }
          : {
              title: `Your review of ${product.name} is not published`,
              message: "It does not keep to what reviews are for. You can change it, and we read it again.",
              link: "/account/reviews",
            }),
        dedupe: `review:${reviewId}:${to}:${seen}`,
      });
    return { tags: [productTag(review.productId)] };
  });
}

/**
 * Answers a review in the owner's name; an empty answer takes the old one away. The author hears of the first one.
 * @throws ShopError not_found for reviews of other owners' goods, conflict
 */
export async function reply(
  staff: Staff,
  { reviewId, version, reply: said }: Opened & { reply: string },
): Promise<Stale> {
  return withTx(async (tx) => {
    const { review, product } = await lock(tx, staff, reviewId);
    const answer = said || null;
    if (review.reply === answer) return { tags: [] };
    await requireCurrent(tx, review, version);
    const [after] = await tx
      .update(reviews)
      .set({ reply: answer, repliedAt: answer ? (now as unknown as Date) : null, version: version + 1 })
      .where(eq(reviews.id, reviewId))
      .returning();
    if (!after) throw new ShopError("not_found", { what: "review" });
    await cache.expire(tx, [productTag(review.productId)]);
    await note(tx, staff, "review.reply", review, after);
    if (answer && review.userId && review.status === "published")
      await notify(tx, {
        userId: review.userId,
        type: "review",
        title: `${product.owner} answered your review`,
        message: product.name,
        link: productPath(product.slug),
        dedupe: `review:${reviewId}:reply`,
      });
    return { tags: [productTag(review.productId)] };
  });
}

/** A review of goods that are theirs, locked. @throws ShopError not_found */
export async function lock(tx: Tx, staff: Staff, reviewId: string) {
  const [found] = await tx
    .select({ review: reviews, product: { name: products.name, slug: products.slug, owner: owners.name } })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .innerJoin(owners, eq(owners.id, products.ownerId))
    .where(
      and(eq(reviews.id, reviewId), staff.kind === "owner" ? eq(products.ownerId, staff.ownerId) : undefined),
    )
    .for("update", { of: reviews });
  if (!found) throw new ShopError("not_found", { what: "review" });
  return found;
}

async function requireCurrent(tx: Tx, { id, version }: Review, opened: number): Promise<void> {
  if (version !== opened)
    throw await conflictWith(
      tx,
      { what: "review", subject: "reviews", subjectId: id, version },
      { status: "the status", reply: { label: "the answer", text: () => "" } },
    );
}

/** Writes what staff did about a review into the audit log. */
export async function note(
  tx: Tx,
  staff: Staff,
  action: "review.moderate" | "review.reply",
  before: Review,
  after: Review,
): Promise<void> {
  const shown = ({ status, reply: answer, repliedAt, isVerified }: Review) => ({
    status,
    reply: answer,
    repliedAt,
    isVerified,
  });
  await audit.write(tx, staff, {
    action,
    subject: "reviews",
    subjectId: before.id,
    before: shown(before),
    after: shown(after),
  });
}
