/** Reviews: one per customer and product, moderated, with helpful votes. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { products } from "./catalog";
import { createdAt, id, moment, updatedAt } from "./columns";

export const reviewStatus = pgEnum("review_status", ["pending", "published", "rejected"]);

export const reviews = pgTable(
  "reviews",
  {
    id: id(),
    productId: uuid()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    authorName: text().notNull(),
    rating: integer().notNull(),
    title: text().notNull().default(""),
    comment: text().notNull().default(""),
    /** Set by the system only: the author has a delivered order line of the product. */
    isVerified: boolean().notNull().default(false),
    status: reviewStatus().notNull().default("pending"),
    reply: text(),
    repliedAt: moment(),
    helpfulCount: integer().notNull().default(0),
    /** Of what the staff did about it: decided, and answered. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("reviews_author_key").on(t.productId, t.userId),
    index("reviews_product_idx").on(t.productId, t.status, t.createdAt.desc().nullsFirst()),
    index("reviews_user_idx").on(t.userId),
    index("reviews_pending_idx").on(t.createdAt).where(sql`${t.status} = 'pending'`),
    check("reviews_rating_range", sql`${t.rating} BETWEEN 1 AND 5`),
    check("reviews_helpful", sql`${t.helpfulCount} >= 0`),
  ],
);

export const reviewVotes = pgTable(
  "review_votes",
  {
    reviewId: uuid()
      .notNull()
      .references(() => reviews.id, { onDelete: "cascade" }),
    /** User id or hash of the visitor cookie. */
    voter: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.reviewId, t.voter] })],
);
