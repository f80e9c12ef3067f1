/** Reports: filters that staff save under a name, and sums of past days that the ledgers would take long to add up. */
import { sql } from "drizzle-orm";
import { check, date, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, id, money } from "./columns";

export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    page: text().notNull(),
    name: text().notNull(),
    /** The query string of the list, without "?". */
    query: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("saved_views_name_key").on(t.userId, t.page, t.name),
    check("saved_views_page", sql`${t.page} IN ('orders', 'products', 'stock', 'customers', 'reviews')`),
  ],
);

/**
 * What was sold on a day that is over, by the calendar of the time zone: read from the ledgers once (db/sales.ts), which
 * never change afterwards. Every day that was read has a row of the whole shop. May be deleted at any time.
 */
export const salesDays = pgTable(
  "sales_days",
  {
    timeZone: text().notNull(),
    day: date().notNull(),
    /** An owner's id, or "shop": an order of two owners is one of the shop's. */
    scope: text().notNull(),
    currency: text().notNull(),
    /** Goods without tax, after discounts and refunds. */
    sales: money().notNull(),
    /** Orders whose money came in, and those of them whose buyer had bought before. */
    orders: integer().notNull(),
    repeats: integer().notNull(),
    /** Pieces sold less pieces given back. */
    units: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.timeZone, t.day, t.scope, t.currency] })],
);

/** The same by product, for those that moved. */
export const productDays = pgTable(
  "product_days",
  {
    timeZone: text().notNull(),
    day: date().notNull(),
    productId: uuid().notNull(),
    ownerId: uuid().notNull(),
    currency: text().notNull(),
    units: integer().notNull(),
    sales: money().notNull(),
  },
  (t) => [primaryKey({ columns: [t.timeZone, t.day, t.productId, t.currency] })],
);
