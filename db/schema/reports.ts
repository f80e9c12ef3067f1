/** Reports: filters that staff save under a name, and sums that the ledgers and orders would take long to add up. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { owners, users } from "./accounts";
import { createdAt, id, moment, money } from "./columns";
import { fulfilmentStatus } from "./fulfilments";
import { orderStatus, orders } from "./orders";

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

/** Compared byte by byte, as ids and addresses are. */
const holder = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/**
 * What each customer ordered, added up: kept by triggers when the transaction that changed an order commits
 * (`keep_customer_sums`). Every account has a row, also those of staff, and every address that a guest ordered with.
 */
export const customerSums = pgTable(
  "customer_sums",
  {
    /** The account's id, or a guest's address in small letters (`order_holder`). Who was erased is nobody. */
    holder: holder().primaryKey(),
    /** Null for guests. */
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    /** Every order, and those of them that are neither waiting for payment nor cancelled. */
    placed: integer().notNull().default(0),
    orders: integer().notNull().default(0),
    cancelled: integer().notNull().default(0),
    /** Minor units of the store's currency: paid less given back, and what was given back. */
    spent: money().notNull().default(0),
    refunded: money().notNull().default(0),
    /** Of every order; the first names a guest's page, the last one's parcel tells the name. */
    firstOrder: uuid(),
    lastOrder: uuid(),
    /** Of `orders`. */
    firstAt: moment(),
    lastAt: moment(),
  },
  (t) => [
    uniqueIndex("customer_sums_user_key").on(t.userId),
    index("customer_sums_last_idx").on(t.lastAt.desc().nullsLast(), t.holder),
    index("customer_sums_spent_idx").on(t.spent.desc().nullsLast(), t.holder),
    index("customer_sums_orders_idx").on(t.orders.desc().nullsLast(), t.holder),
  ],
);

/**
 * The same for the goods of each owner: kept by triggers when the transaction that changed an order or one of its lines
 * commits (`keep_buyer_sums`), which add what changed.
 */
export const buyerSums = pgTable(
  "buyer_sums",
  {
    ownerId: uuid()
      .notNull()
      .references(() => owners.id, { onDelete: "cascade" }),
    holder: holder().notNull(),
    isGuest: boolean().notNull(),
    /** Orders of the owner's goods that are neither waiting for payment nor cancelled. */
    orders: integer().notNull().default(0),
    /** Minor units of the store's currency: the owner's goods that were paid, less what was given back of them. */
    value: money().notNull().default(0),
    /** Of every order: the first names the buyer's page, the last one's parcel tells the name. */
    firstOrder: uuid().notNull(),
    lastOrder: uuid().notNull(),
    /** Of `orders`. */
    lastAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.holder] }),
    index("buyer_sums_last_idx").on(t.ownerId, t.lastAt.desc().nullsLast(), t.firstOrder),
    index("buyer_sums_value_idx").on(t.ownerId, t.value.desc().nullsLast(), t.firstOrder),
    index("buyer_sums_orders_idx").on(t.ownerId, t.orders.desc().nullsLast(), t.firstOrder),
  ],
);

/**
 * Each owner's orders, as narrow as their list is read along: a row for each part of an order, written by a trigger when
 * the order is placed (`keep_owner_orders`). Others keep both statuses; nothing else in it ever changes.
 */
export const ownerOrders = pgTable(
  "owner_orders",
  {
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    ownerId: uuid()
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    placedAt: moment().notNull(),
    /** The order's, and that of the owner's part. */
    status: orderStatus().notNull(),
    part: fulfilmentStatus().notNull(),
    /** Where it goes, which stays when the address is corrected; null where nothing is sent. */
    country: text(),
    /** Minor units of the order's currency: what the owner's goods cost. */
    total: money().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.ownerId] }),
    index("owner_orders_placed_idx").on(t.ownerId, t.placedAt.desc().nullsFirst(), t.orderId),
    index("owner_orders_status_idx").on(t.ownerId, t.status, t.placedAt.desc().nullsFirst(), t.orderId),
    index("owner_orders_country_idx").on(t.ownerId, t.country, t.placedAt.desc().nullsFirst(), t.orderId),
    index("owner_orders_total_idx").on(t.ownerId, t.total.desc().nullsFirst(), t.orderId),
  ],
);
