/** A product's reviews: cut by stars and verified mark, ordered and paged, with the visitor's own votes. Never cached. */
import { sql } from "@/db/client";
import { readPublic } from "@/db/replica";
import type { Shopper } from "@/lib/domain/actors";
import type { ReviewChoice, ReviewSort } from "@/lib/domain/reviews";

export interface ReviewView {
  readonly id: string;
  readonly author: string;
  readonly rating: number;
  readonly title: string;
  readonly comment: string;
  readonly isVerified: boolean;
  /** The owner's answer. */
  readonly reply: string | null;
  /** Shoppers whom it helped. */
  readonly helpful: number;
  /** ISO date. */
  readonly on: string;
}

/** A review as its visitor sees it. */
export interface VotedReview extends ReviewView {
  readonly isVoted: boolean;
  readonly isOwn: boolean;
}

/** The fields of a ReviewView of the row `r`, for json_build_object. */
export const reviewFields = () => sql`
  'id', r.id, 'author', r.author_name, 'rating', r.rating, 'title', r.title, 'comment', r.comment,
  'isVerified', r.is_verified, 'reply', r.reply, 'helpful', r.helpful_count,
  'on', to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD')`;

/** How many published reviews of product `h` have 5, 4, 3, 2 and 1 stars, as json. */
export const distributionOf = () => sql`(
  select json_agg((select count(*) from reviews r
    where r.product_id = h.id and r.status = 'published' and r.rating = star) order by star desc)
  from generate_series(1, 5) star)`;

export interface ReviewedProduct {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly owner: string;
  readonly image: { readonly key: string; readonly alt: string; readonly backdrop: string | null } | null;
  readonly ratingSum: number;
  readonly ratingCount: number;
  readonly distribution: readonly number[];
  readonly verifiedCount: number;
}

export interface ReviewList {
  readonly product: ReviewedProduct;
  readonly reviews: readonly VotedReview[];
  /** Reviews that the choice leaves. */
  readonly count: number;
  readonly pages: number;
}

export const REVIEWS_PER_PAGE = 10;

const orders: Record<ReviewSort, () => ReturnType<typeof sql>> = {
  helpful: () => sql`r.helpful_count desc, r.created_at desc, r.id`,
  newest: () => sql`r.created_at desc, r.id`,
  highest: () => sql`r.rating desc, r.helpful_count desc, r.created_at desc, r.id`,
  lowest: () => sql`r.rating, r.helpful_count desc, r.created_at desc, r.id`,
};

/** One page of a product's reviews; null where no such product is in the shop. */
export async function listReviews(
  shopper: Shopper,
  slug: string,
  { stars, verified, sort, page }: ReviewChoice,
): Promise<ReviewList | null> {
  const userId = shopper.kind === "guest" ? null : shopper.userId;
  const voter = shopper.kind === "guest" ? shopper.tokenHash : shopper.userId;
  const [product] = await readPublic(
    (sql) => sql<ReviewedProduct[]>`
    select h.id, h.slug, h.name, o.name as owner, h.rating_sum as "ratingSum", h.rating_count as "ratingCount",
      ${distributionOf()} as distribution,
      (select count(*) from reviews r where r.product_id = h.id and r.status = 'published' and r.is_verified)::int as "verifiedCount",
      (select json_build_object('key', m.key, 'alt', m.alt, 'backdrop', m.backdrop) from product_images m
        where m.product_id = h.id order by m.is_primary desc, m.position limit 1) as image
    from products h join owners o on o.id = h.owner_id where h.slug = ${slug} and h.status = 'active'`,
  );
  if (!product) return null;
  const chosen = sql`r.product_id = ${product.id} and r.status = 'published'
    and (${stars}::int is null or r.rating = ${stars}::int) and (r.is_verified or not ${verified}::boolean)`;
  const [rows, [all]] = await Promise.all([
    readPublic(
      (sql) => sql<{ review: VotedReview }[]>`
      select json_build_object(${reviewFields()}, 'isOwn', coalesce(r.user_id = ${userId}::uuid, false),
        'isVoted', exists (select from review_votes v where v.review_id = r.id and v.voter = ${voter})) as review
      from reviews r where ${chosen} order by ${orders[sort]()}
      limit ${REVIEWS_PER_PAGE} offset ${(page - 1) * REVIEWS_PER_PAGE}`,
    ),
    readPublic((sql) => sql<{ n: number }[]>`select count(*)::int as n from reviews r where ${chosen}`),
  ]);
  const count = all?.n ?? 0;
  return {
    product,
    reviews: rows.map(({ review }) => review),
    count,
    pages: Math.max(1, Math.ceil(count / REVIEWS_PER_PAGE)),
  };
}
