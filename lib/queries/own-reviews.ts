/** What people see of their own reviews: what they wrote, and what has arrived and waits for a word. Never cached. */
import { sql } from "@/db/client";
import type { User } from "@/lib/domain/actors";
import type { ReviewStatus } from "@/lib/domain/reviews";

interface Goods {
  readonly productId: string;
  readonly slug: string;
  readonly name: string;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
  /** It has a page in the shop. */
  readonly isActive: boolean;
}

export interface OwnReview extends Goods {
  readonly id: string;
  readonly rating: number;
  readonly title: string;
  readonly comment: string;
  readonly status: ReviewStatus;
  readonly isVerified: boolean;
  readonly reply: string | null;
  readonly helpful: number;
  readonly createdAt: Date;
}

/** A product that was delivered and not reviewed. */
export interface WaitingReview extends Goods {
  readonly deliveredAt: Date;
}

const goods = () => sql`
  p.id as "productId", p.slug, p.name, p.status = 'active' as "isActive", m.key as "imageKey", m.backdrop as "imageBackdrop"`;
const picture = () => sql`left join lateral (
  select key, backdrop from product_images where product_id = p.id order by is_primary desc, position limit 1) m on true`;

/** One's own reviews, the newest first. */
export async function listOwnReviews(user: User): Promise<OwnReview[]> {
  const rows = await sql<(Omit<OwnReview, "createdAt"> & { createdAt: string })[]>`
    select ${goods()}, r.id, r.rating, r.title, r.comment, r.status, r.is_verified as "isVerified", r.reply,
      r.helpful_count as helpful, r.created_at as "createdAt"
    from reviews r join products p on p.id = r.product_id ${picture()}
    where r.user_id = ${user.userId} order by r.created_at desc, r.id limit 200`;
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
}

/** What arrived and has no review of one's own yet, the latest first. Not what one sells oneself. */
export async function listWaitingReviews(user: User, limit = 24): Promise<WaitingReview[]> {
  const rows = await sql<(Omit<WaitingReview, "deliveredAt"> & { deliveredAt: string })[]>`
    select ${goods()}, d.at as "deliveredAt"
    from (
      select l.product_id, max(coalesce(o.delivered_at, o.placed_at)) as at
      from orders o
      join order_lines l on l.order_id = o.id
      join fulfilments f on f.order_id = l.order_id and f.owner_id = l.owner_id
      where o.user_id = ${user.userId} and f.status = 'delivered' and l.quantity > l.cancelled_quantity
      group by l.product_id) d
    join products p on p.id = d.product_id and p.status = 'active'
    join owners w on w.id = p.owner_id and w.user_id <> ${user.userId} ${picture()}
    where not exists (select from reviews r where r.product_id = p.id and r.user_id = ${user.userId})
    order by d.at desc, p.id limit ${limit}`;
  return rows.map((row) => ({ ...row, deliveredAt: new Date(row.deliveredAt) }));
}

export interface ReviewDraft extends Goods {
  readonly isSeller: boolean;
  readonly own: Pick<OwnReview, "id" | "rating" | "title" | "comment" | "status"> | null;
}

/** What the form of a review starts from; null where the product is not in the shop and was not reviewed. */
export async function getReviewDraft(user: User, slug: string): Promise<ReviewDraft | null> {
  const [row] = await sql<ReviewDraft[]>`
    select ${goods()}, w.user_id = ${user.userId} as "isSeller",
      (select json_build_object('id', r.id, 'rating', r.rating, 'title', r.title, 'comment', r.comment, 'status', r.status)
        from reviews r where r.product_id = p.id and r.user_id = ${user.userId}) as own
    from products p join owners w on w.id = p.owner_id ${picture()}
    where p.slug = ${slug}`;
  return row && (row.isActive || row.own) ? row : null;
}
