/** Writing a review: one per customer and product, read by a moderator before it is shown, and each change of it again. */
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import { products } from "@/db/schema/catalog";
import { reviews } from "@/db/schema/reviews";
import { withTx } from "@/db/tx";
import type { User } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import type { ReviewInput, ReviewStatus } from "@/lib/domain/reviews";
import * as limits from "@/lib/services/limits";
import { mailTo, notify } from "@/lib/services/notifications/tell";
import { keepRating, type Review } from "./rating";
import { isBuyer } from "./verify";

const A_DAY = { limit: 20, seconds: 86_400 };

/**
 * Writes one's review of a product, or changes the one that is there. It waits for a moderator, and the owner hears of
 * a new one. Saying the same again changes nothing.
 * @throws ShopError not_found for what is not in the shop, forbidden for one's own goods, too_many
 */
export async function write(user: User, input: ReviewInput): Promise<{ status: ReviewStatus }> {
  await limits.take(`reviews:${user.userId}`, A_DAY);
  return withTx(async (tx) => {
    // The author's own row: two of their forms follow each other.
    const [author] = await tx
      .select({ username: users.username })
      .from(users)
      .where(eq(users.id, user.userId))
      .for("update");
    const product = await findProduct(tx, input.productId);
    const before = await findOwn(tx, user, input.productId);
    if (!author || !product || (product.status !== "active" && !before))
      throw new ShopError("not_found", { what: "product" });
    if (product.sellerId === user.userId) throw new ShopError("forbidden", {});
    if (before && isSame(before, input)) return { status: before.status };
    const said = {
      rating: input.rating,
      title: input.title,
      comment: input.comment,
      authorName: author.username,
      isVerified: await isBuyer(tx, user.userId, input.productId),
      status: "pending" as const,
    };
    if (before) {
      await tx.update(reviews).set(said).where(eq(reviews.id, before.id));
      await keepRating(tx, input.productId, before, said);
    } else {
      const id = newId();
      await tx.insert(reviews).values({ id, userId: user.userId, productId: input.productId, ...said });
      await tellSeller(tx, product, id, input.rating);
    }
    return { status: said.status };
  });
}

/** Takes one's own review away for good. @throws ShopError not_found, also for somebody else's */
export async function remove(user: User, { reviewId }: { reviewId: string }): Promise<void> {
  await withTx(async (tx) => {
    const [gone] = await tx
      .delete(reviews)
      .where(and(eq(reviews.id, reviewId), eq(reviews.userId, user.userId)))
      .returning();
    if (!gone) throw new ShopError("not_found", { what: "review" });
    await keepRating(tx, gone.productId, gone, null);
  });
}

/** Takes away all that a user wrote, in the transaction that erases the account. */
export async function removeAll(tx: Tx, userId: string): Promise<void> {
  const gone = await tx.delete(reviews).where(eq(reviews.userId, userId)).returning();
  // Ascending, as everybody locks products.
  for (const review of gone.sort((a, b) => (a.productId < b.productId ? -1 : 1)))
    await keepRating(tx, review.productId, review, null);
}

type Product = NonNullable<Awaited<ReturnType<typeof findProduct>>>;

async function findProduct(tx: Tx, productId: string) {
  const [product] = await tx
    .select({
      name: products.name,
      status: products.status,
      sellerId: owners.userId,
      sellerEmail: users.email,
    })
    .from(products)
    .innerJoin(owners, eq(owners.id, products.ownerId))
    .innerJoin(users, eq(users.id, owners.userId))
    .where(eq(products.id, productId));
  return product;
}

async function findOwn(tx: Tx, user: User, productId: string): Promise<Review | undefined> {
  const [own] = await tx
    .select()
    .from(reviews)
    .where(and(eq(reviews.productId, productId), eq(reviews.userId, user.userId)))
    .for("update");
  return own;
}

const isSame = (review: Review, input: ReviewInput): boolean =>
  review.rating === input.rating && review.title === input.title && review.comment === input.comment;

async function tellSeller(tx: Tx, product: Product, reviewId: string, rating: number): Promise<void> {
  const path = "/admin/reviews?view=pending";
  await mailTo(tx, {
    template: "review_posted",
    dedupe: reviewId,
    email: product.sellerEmail,
    data: { product: product.name, variant: "", path, rating },
  });
  await notify(tx, {
    userId: product.sellerId,
    type: "review",
    title: `${rating} of 5 for ${product.name}`,
    message: "A shopper wrote what they think of it. It is shown once you publish it.",
    link: path,
    dedupe: `review:${reviewId}`,
  });
}
