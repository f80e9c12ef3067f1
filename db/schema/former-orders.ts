/** Orders of the shop that somebody moved in from: history to read, outside this shop's books, stock and payouts. */
import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { variants } from "./catalog";
import { createdAt, id, moment, money, updatedAt } from "./columns";
import { imports } from "./imports";

/** Where it went; of an erased person country and region alone. */
export interface FormerAddress {
  readonly name?: string;
  readonly company?: string;
  readonly line1?: string;
  readonly line2?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly region?: string;
  readonly country?: string;
  readonly phone?: string;
}

export const formerOrders = pgTable(
  "former_orders",
  {
    id: id(),
    /** The import that brought it. */
    importId: uuid().references(() => imports.id, { onDelete: "set null" }),
    /** The system that it was written in: "shopify". */
    source: text().notNull(),
    /** Its id there, which tells two shops' #1001 apart; null where the file has none. */
    externalId: text(),
    /** As people there know it: "#1001". */
    number: text().notNull(),
    /** In lower case; null where none was given, and of erased people. */
    email: text(),
    placedAt: moment().notNull(),
    /** The order's own, whatever the store's is. */
    currency: text().notNull(),
    /** Of the goods, discounts taken off. */
    subtotal: money().notNull(),
    shipping: money().notNull(),
    tax: money().notNull(),
    discount: money().notNull(),
    total: money().notNull(),
    refunded: money().notNull(),
    /** In the former shop's words: "paid", "partially_refunded" …; empty where unknown. */
    financialStatus: text().notNull(),
    fulfilmentStatus: text().notNull(),
    discountCode: text(),
    shippingMethod: text(),
    cancelledAt: moment(),
    address: jsonb().$type<FormerAddress>(),
    note: text(),
    tags: text().array().notNull().default(sql`'{}'`),
    /** When its customer was erased: what is left is nobody's, and no import fills it again. */
    erasedAt: moment(),
    /** Counts imports that changed it. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("former_orders_external_key").on(t.source, t.externalId),
    uniqueIndex("former_orders_number_key").on(t.source, t.number).where(sql`${t.externalId} IS NULL`),
    index("former_orders_same_number_idx").on(t.number),
    index("former_orders_email_idx").on(t.email, t.placedAt.desc().nullsFirst()),
    index("former_orders_placed_idx").on(t.placedAt.desc().nullsFirst(), t.id),
    index("former_orders_import_idx").on(t.importId),
    // Parts of a number, an e-mail address or a name, for the search of the back office.
    index("former_orders_search_idx").using(
      "gin",
      sql`lower(${t.number}) gin_trgm_ops`,
      sql`lower(${t.email}) gin_trgm_ops`,
      sql`lower(${t.address} ->> 'name') gin_trgm_ops`,
    ),
    check("former_orders_number_present", sql`length(trim(${t.number})) BETWEEN 1 AND 100`),
    check("former_orders_email_form", sql`${t.email} = lower(${t.email}) AND ${t.email} LIKE '%_@_%'`),
    check("former_orders_currency_form", sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check(
      "former_orders_amounts",
      sql`${t.subtotal} >= 0 AND ${t.shipping} >= 0 AND ${t.tax} >= 0 AND ${t.discount} >= 0 AND ${t.total} >= 0 AND ${t.refunded} >= 0`,
    ),
    check("former_orders_erased", sql`${t.erasedAt} IS NULL OR (${t.email} IS NULL AND ${t.note} IS NULL)`),
  ],
);

export const formerOrderLines = pgTable(
  "former_order_lines",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => formerOrders.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    title: text().notNull(),
    sku: text(),
    quantity: integer().notNull(),
    /** A piece, in the order's currency. */
    price: money().notNull(),
    /** Off the whole line. */
    discount: money().notNull(),
    /** What is sold here under the same SKU. */
    variantId: uuid().references(() => variants.id, { onDelete: "set null" }),
  },
  (t) => [
    unique("former_order_lines_position_key").on(t.orderId, t.position),
    index("former_order_lines_variant_idx").on(t.variantId),
    check("former_order_lines_amounts", sql`${t.quantity} >= 0 AND ${t.price} >= 0 AND ${t.discount} >= 0`),
  ],
);
