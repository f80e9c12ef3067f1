/** Discounts: codes and automatic ones, what they touch, and who used them. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { membershipTiers, users } from "./accounts";
import { categories, products } from "./catalog";
import { createdAt, id, moment, money, updatedAt } from "./columns";
import { orders } from "./orders";

export const discountKind = pgEnum("discount_kind", ["percentage", "fixed", "free_shipping"]);

export const discounts = pgTable(
  "discounts",
  {
    id: id(),
    title: text().notNull(),
    /** Null: applies by itself. */
    code: text(),
    kind: discountKind().notNull(),
    /** Whole per cent for `percentage`, minor units for `fixed`, null for `free_shipping`. */
    value: money(),
    membershipTierId: uuid().references(() => membershipTiers.id, { onDelete: "restrict" }),
    minSubtotal: money(),
    totalLimit: integer(),
    perCustomerLimit: integer(),
    /** Live uses; the conditional UPDATE on it makes the limit exact. */
    used: integer().notNull().default(0),
    startsAt: moment(),
    endsAt: moment(),
    isActive: boolean().notNull().default(true),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("discounts_code_key").on(sql`upper(${t.code})`),
    check(
      "discounts_value",
      sql`CASE ${t.kind} WHEN 'percentage' THEN ${t.value} IS NOT NULL AND ${t.value} BETWEEN 1 AND 100
        WHEN 'fixed' THEN ${t.value} IS NOT NULL AND ${t.value} > 0 ELSE ${t.value} IS NULL END`,
    ),
    check("discounts_dates", sql`${t.endsAt} > ${t.startsAt}`),
    check("discounts_limits", sql`${t.totalLimit} > 0 AND ${t.perCustomerLimit} > 0`),
    check(
      "discounts_used",
      sql`${t.used} >= 0 AND (${t.totalLimit} IS NULL OR ${t.used} <= ${t.totalLimit})`,
    ),
    check("discounts_min_subtotal", sql`${t.minSubtotal} >= 0`),
    check("discounts_code_form", sql`${t.code} ~ '^[A-Za-z0-9_-]{2,40}$'`),
  ],
);

/** Limits a discount to categories or products; none: the whole order. */
export const discountTargets = pgTable(
  "discount_targets",
  {
    id: id(),
    discountId: uuid()
      .notNull()
      .references(() => discounts.id, { onDelete: "cascade" }),
    categoryId: uuid().references(() => categories.id, { onDelete: "cascade" }),
    productId: uuid().references(() => products.id, { onDelete: "cascade" }),
  },
  (t) => [
    unique("discount_targets_key").on(t.discountId, t.categoryId, t.productId).nullsNotDistinct(),
    check("discount_targets_one", sql`num_nonnulls(${t.categoryId}, ${t.productId}) = 1`),
  ],
);

/** One use by one order; given back by a full cancel before shipping. */
export const discountRedemptions = pgTable(
  "discount_redemptions",
  {
    id: id(),
    discountId: uuid()
      .notNull()
      .references(() => discounts.id, { onDelete: "restrict" }),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    email: text().notNull(),
    amount: money().notNull(),
    givenBackAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("discount_redemptions_live_key")
      .on(t.discountId, t.orderId)
      .where(sql`${t.givenBackAt} IS NULL`),
    index("discount_redemptions_order_idx").on(t.orderId),
    index("discount_redemptions_customer_idx").on(t.discountId, sql`mailbox_of(${t.email})`),
    check("discount_redemptions_amount", sql`${t.amount} >= 0`),
  ],
);
