/** Reviews in the back office: what waits to be read, and what was decided. Owners see those of their own goods. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import {
  type Direction,
  type ReviewListSort,
  type ReviewListView,
  reviewDirection,
} from "@/lib/domain/back-office";
import type { ReviewStatus } from "@/lib/domain/reviews";
import { contains, type Fragment, limited, ownedBy, type Page, pagesOf, wayOf } from "./scope";

export interface ReviewRow {
  readonly id: string;
  readonly productId: string;
  readonly productName: string;
  readonly slug: string;
  readonly ownerName: string;
  readonly author: string;
  readonly rating: number;
  readonly title: string;
  readonly comment: string;
  readonly isVerified: boolean;
  readonly status: ReviewStatus;
  readonly reply: string | null;
  readonly helpful: number;
  /** Fingerprint of rating and words, as services/reviews/moderate compares it. */
  readonly seen: string;
  /** Of what the staff did about it. */
  readonly version: number;
  readonly at: Date;
}

export interface ReviewQuery extends Page {
  /** Part of a product's name, an author's name or the words. */
  readonly search: string;
  readonly view: ReviewListView;
  readonly sort: ReviewListSort;
  readonly dir?: Direction | "";
}

const columns: Record<ReviewListSort, () => Fragment> = {
  when: () => sql`r.created_at`,
  stars: () => sql`r.rating`,
  product: () => sql`lower(p.name)`,
  author: () => sql`lower(r.author_name)`,
};

/** Those that are alike in it stand newest first. */
const orderOf = (query: ReviewQuery): Fragment =>
  sql`${columns[query.sort]()} ${wayOf(query, reviewDirection)}, r.created_at desc, r.id`;

/** One page of reviews, with how many each view holds. */
export async function listReviewQueue(staff: Staff, query: ReviewQuery) {
  const { search, view } = query;
  const found = sql`${ownedBy(staff, "p")} and ${
    search
      ? sql`(${contains(sql`p.name`, search)} or ${contains(sql`r.author_name`, search)}
          or ${contains(sql`r.title || ' ' || r.comment`, search)})`
      : sql`true`
  }`;
  const from = sql`reviews r join products p on p.id = r.product_id join owners w on w.id = p.owner_id`;
  const [rows, [counts]] = await Promise.all([
    sql<(Omit<ReviewRow, "at"> & { at: string })[]>`
      select r.id, p.id as "productId", p.name as "productName", p.slug, w.name as "ownerName", r.author_name as author,
        r.rating, r.title, r.comment, r.is_verified as "isVerified", r.status, r.reply, r.helpful_count as helpful,
        md5(concat_ws(E'\\x1f', r.rating, r.title, r.comment)) as seen, r.version, r.created_at as at
      from ${from} where ${found} and ${view === "all" ? sql`true` : sql`r.status = ${view}`}
      order by ${orderOf(query)} ${limited(query)}`,
    sql<Record<ReviewListView, number>[]>`
      select count(*)::int as all, count(*) filter (where r.status = 'pending')::int as pending,
        count(*) filter (where r.status = 'published')::int as published,
        count(*) filter (where r.status = 'rejected')::int as rejected
      from ${from} where ${found}`,
  ]);
  const views = counts ?? { all: 0, pending: 0, published: 0, rejected: 0 };
  return {
    rows: rows.map((row): ReviewRow => ({ ...row, at: new Date(row.at) })),
    counts: views,
    pages: pagesOf(views[view], query),
  };
}
