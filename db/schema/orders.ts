/** Orders: snapshots of what was bought, by whom, where it goes, and all that happened since. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { owners, users } from "./accounts";
import { carts } from "./cart";
import { products, variants } from "./catalog";
import { checkouts } from "./checkout";
import { createdAt, id, moment, money, ppm, updatedAt } from "./columns";

export const orderStatus = pgEnum("order_status", [
  "pending",
  "confirmed",
  "processing",
  "shipped",
  "delivered",
  "completed",
  "cancelled",
]);
export const cancelReason = pgEnum("cancel_reason", [
  "shopper",
  "owner",
  "admin",
  "expired",
  "payment_failed",
  "refused",
  "lost",
]);

export const orders = pgTable(
  "orders",
  {
    id: id(),
    number: text().notNull().unique(),
    /** Placing is idempotent per checkout; null for orders made by hand. */
    checkoutId: uuid()
      .unique()
      .references(() => checkouts.id, { onDelete: "set null" }),
    cartId: uuid().references(() => carts.id, { onDelete: "set null" }),
    userId: uuid().references(() => users.id, { onDelete: "set null" }),
    guestTokenHash: text(),
    email: text().notNull(),
    status: orderStatus().notNull().default("pending"),
    paymentMethod: text().notNull(),
    currency: text().notNull(),
    pricesIncludeTax: boolean().notNull(),
    subtotal: money().notNull(),
    discount: money().notNull().default(0),
    shipping: money().notNull(),
    shippingTax: money().notNull().default(0),
    tax: money().notNull(),
    total: money().notNull(),
    /** Sums over payments and refunds; the payment status shown is derived from them. */
    captured: money().notNull().default(0),
    refunded: money().notNull().default(0),
    discountCode: text(),
    shippingRateName: text().notNull(),
    shippingTaxRate: ppm().notNull().default(0),
    /** Working days from shipping to arrival. */
    deliveryDaysMin: integer().notNull(),
    deliveryDaysMax: integer().notNull(),
    note: text(),
    /** End of the payment window; null once confirmed or cancelled. */
    expiresAt: moment(),
    cancelReason: cancelReason(),
    cancelNote: text(),
    isDisputed: boolean().notNull().default(false),
    placedAt: createdAt(),
    confirmedAt: moment(),
    shippedAt: moment(),
    deliveredAt: moment(),
    completedAt: moment(),
    cancelledAt: moment(),
    version: integer().notNull().default(1),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("orders_placed_idx").on(t.placedAt.desc().nullsFirst(), t.id),
    index("orders_status_idx").on(t.status, t.placedAt.desc().nullsFirst()),
    index("orders_user_idx").on(t.userId, t.placedAt.desc().nullsFirst()),
    // Also whether somebody had bought before, without reading each of their orders.
    index("orders_email_idx").on(sql`lower(${t.email})`, t.confirmedAt),
    index("orders_expiry_idx").on(t.expiresAt).where(sql`${t.status} = 'pending'`),
    index("orders_cart_idx").on(t.cartId),
    index("orders_total_idx").on(t.total.desc().nullsFirst(), t.id),
    index("orders_refunded_idx").on(t.placedAt.desc().nullsFirst(), t.id).where(sql`${t.refunded} > 0`),
    index("orders_uncaptured_idx")
      .on(t.placedAt.desc().nullsFirst(), t.id)
      .where(sql`${t.captured} = 0 AND ${t.status} <> 'cancelled'`),
    index("orders_waiting_idx")
      .on(t.placedAt.desc().nullsFirst(), t.id)
      .where(sql`${t.status} IN ('confirmed', 'processing')`),
    index("orders_disputed_idx").on(t.placedAt.desc().nullsFirst(), t.id).where(sql`${t.isDisputed}`),
    // Parts of a number or an e-mail address, for the search of the back office.
    index("orders_search_idx").using(
      "gin",
      sql`lower(${t.number}) gin_trgm_ops`,
      sql`lower(${t.email}) gin_trgm_ops`,
    ),
    check("orders_number_form", sql`${t.number} ~ '^[A-Z]{1,4}-[0-9A-Z]{4,12}$'`),
    check("orders_currency_form", sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check(
      "orders_amounts_positive",
      sql`${t.subtotal} >= 0 AND ${t.shipping} >= 0 AND ${t.tax} >= 0 AND ${t.total} >= 0`,
    ),
    check("orders_discount_range", sql`${t.discount} BETWEEN 0 AND ${t.subtotal}`),
    check("orders_shipping_tax", sql`${t.shippingTax} BETWEEN 0 AND ${t.tax}`),
    check(
      "orders_total",
      sql`${t.total} = ${t.subtotal} - ${t.discount} + ${t.shipping} + CASE WHEN ${t.pricesIncludeTax} THEN 0 ELSE ${t.tax} END`,
    ),
    check("orders_refunded_range", sql`${t.refunded} BETWEEN 0 AND ${t.captured}`),
    check("orders_method", sql`${t.paymentMethod} IN ('card', 'cash_on_delivery', 'bank_transfer', 'none')`),
    check("orders_pending_expires", sql`${t.status} <> 'pending' OR ${t.expiresAt} IS NOT NULL`),
    check("orders_cancel_reason", sql`(${t.status} = 'cancelled') = (${t.cancelReason} IS NOT NULL)`),
    check(
      "orders_delivery_days",
      sql`${t.deliveryDaysMin} >= 0 AND ${t.deliveryDaysMax} >= ${t.deliveryDaysMin}`,
    ),
  ],
);

/** What was bought, frozen; only the counters at the end change. */
export const orderLines = pgTable(
  "order_lines",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    ownerId: uuid()
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    productId: uuid().references(() => products.id, { onDelete: "set null" }),
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    position: integer().notNull(),
    productName: text().notNull(),
    productSlug: text().notNull(),
    variantTitle: text().notNull(),
    sku: text().notNull(),
    imageKey: text(),
    imageBackdrop: text(),
    unitPrice: money().notNull(),
    quantity: integer().notNull(),
    /** unit_price × quantity, before discount. */
    subtotal: money().notNull(),
    discount: money().notNull().default(0),
    taxRate: ppm().notNull(),
    tax: money().notNull(),
    /** What the shopper pays for the line: with prices without tax the tax is added. */
    total: money().notNull(),
    /** Grams a piece. */
    weight: integer().notNull().default(0),
    /** Commission rate at the time of the order. */
    commission: ppm().notNull(),
    /** Counters: whole items, minor units. */
    shippedQuantity: integer().notNull().default(0),
    refundedQuantity: integer().notNull().default(0),
    refundedAmount: money().notNull().default(0),
    returnedQuantity: integer().notNull().default(0),
    /** Taken off before it was shipped; refunded and back on the shelf. */
    cancelledQuantity: integer().notNull().default(0),
  },
  (t) => [
    index("order_lines_order_idx").on(t.orderId, t.position),
    index("order_lines_owner_idx").on(t.ownerId),
    index("order_lines_refunded_idx").on(t.ownerId, t.orderId).where(sql`${t.refundedAmount} > 0`),
    index("order_lines_variant_idx").on(t.variantId),
    index("order_lines_product_idx").on(t.productId),
    unique("order_lines_variant_key").on(t.orderId, t.variantId),
    check("order_lines_quantity", sql`${t.quantity} > 0`),
    check(
      "order_lines_subtotal",
      sql`${t.subtotal} = ${t.unitPrice} * ${t.quantity} AND ${t.unitPrice} >= 0`,
    ),
    check("order_lines_discount", sql`${t.discount} BETWEEN 0 AND ${t.subtotal}`),
    check("order_lines_tax", sql`${t.tax} >= 0 AND ${t.taxRate} >= 0`),
    check(
      "order_lines_total",
      sql`${t.total} IN (${t.subtotal} - ${t.discount}, ${t.subtotal} - ${t.discount} + ${t.tax})`,
    ),
    check(
      "order_lines_shipped",
      sql`${t.shippedQuantity} >= 0 AND ${t.cancelledQuantity} >= 0 AND ${t.shippedQuantity} + ${t.cancelledQuantity} <= ${t.quantity}`,
    ),
    check(
      "order_lines_refunded",
      sql`${t.refundedQuantity} BETWEEN 0 AND ${t.quantity} AND ${t.refundedAmount} BETWEEN 0 AND ${t.total}`,
    ),
    check("order_lines_returned", sql`${t.returnedQuantity} BETWEEN 0 AND ${t.quantity}`),
    check("order_lines_commission", sql`${t.commission} BETWEEN 0 AND 1000000`),
  ],
);

/** Copies of addresses. A change adds a row and marks the old one replaced. */
export const orderAddresses = pgTable(
  "order_addresses",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    kind: text().notNull(),
    name: text().notNull(),
    company: text(),
    line1: text().notNull(),
    line2: text(),
    city: text().notNull(),
    region: text(),
    postalCode: text(),
    country: text().notNull(),
    phone: text(),
    replacedAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("order_addresses_current_key").on(t.orderId, t.kind).where(sql`${t.replacedAt} IS NULL`),
    // Orders of a country that few orders go to.
    index("order_addresses_country_idx")
      .on(t.country, t.orderId)
      .where(sql`${t.kind} = 'shipping' AND ${t.replacedAt} IS NULL`),
    index("order_addresses_search_idx")
      .using(
        "gin",
        sql`lower(${t.name}) gin_trgm_ops`,
        sql`regexp_replace(${t.phone}, '\\D', '', 'g') gin_trgm_ops`,
      )
      .where(sql`${t.kind} = 'shipping'`),
    check("order_addresses_kind", sql`${t.kind} IN ('shipping', 'billing')`),
    check("order_addresses_country", sql`${t.country} ~ '^[A-Z]{2}$'`),
  ],
);

/** The timeline: each transition and each thing worth telling. Append-only, partitioned by month. */
export const orderEvents = pgTable(
  "order_events",
  {
    id: uuid().notNull(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    /** "placed", "confirmed", "shipped", "address_changed" … */
    kind: text().notNull(),
    machine: text(),
    fromStatus: text(),
    toStatus: text(),
    actorKind: text().notNull(),
    actorId: uuid().references(() => users.id, { onDelete: "restrict" }),
    ownerId: uuid().references(() => owners.id, { onDelete: "restrict" }),
    reason: text(),
    data: jsonb().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.createdAt] }),
    index("order_events_order_idx").on(t.orderId, t.createdAt),
    check("order_events_actor", sql`${t.actorKind} IN ('guest', 'customer', 'owner', 'admin', 'system')`),
  ],
);

/** What staff write to each other about an order. */
export const orderNotes = pgTable(
  "order_notes",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    authorId: uuid().references(() => users.id, { onDelete: "set null" }),
    /** Null: written by an admin for all; else by and for that owner. */
    ownerId: uuid().references(() => owners.id, { onDelete: "restrict" }),
    body: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("order_notes_order_idx").on(t.orderId, t.createdAt),
    check("order_notes_body", sql`length(trim(${t.body})) > 0`),
  ],
);
