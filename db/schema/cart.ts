/** Carts and their lines: a price snapshot each, no reservation. */
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
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
import { users } from "./accounts";
import { variants } from "./catalog";
import { createdAt, id, moment, money, updatedAt } from "./columns";

export const cartStatus = pgEnum("cart_status", ["active", "ordered", "merged"]);

export const carts = pgTable(
  "carts",
  {
    id: id(),
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    /** sha256 of the visitor cookie. */
    guestTokenHash: text(),
    status: cartStatus().notNull().default("active"),
    /** Where its lines went at sign-in or when its order expired. */
    mergedInto: uuid().references((): AnyPgColumn => carts.id, { onDelete: "set null" }),
    discountCode: text(),
    /** Country and region of the cost estimate, before an address is known. */
    estimateCountry: text(),
    estimateRegion: text(),
    /** The shopper asked to be reminded by mail, once, should the cart be left behind; null again when withdrawn. */
    reminderConsentAt: moment(),
    remindedAt: moment(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("carts_active_user_key").on(t.userId).where(sql`${t.status} = 'active'`),
    uniqueIndex("carts_active_guest_key").on(t.guestTokenHash).where(sql`${t.status} = 'active'`),
    index("carts_updated_idx").on(t.updatedAt),
    index("carts_created_idx").on(t.createdAt),
    index("carts_reminder_idx")
      .on(t.updatedAt)
      .where(sql`${t.status} = 'active' AND ${t.reminderConsentAt} IS NOT NULL AND ${t.remindedAt} IS NULL`),
    index("carts_merged_into_idx").on(t.mergedInto),
    check("carts_one_holder", sql`num_nonnulls(${t.userId}, ${t.guestTokenHash}) = 1`),
  ],
);

export const cartItems = pgTable(
  "cart_items",
  {
    id: id(),
    cartId: uuid()
      .notNull()
      .references(() => carts.id, { onDelete: "cascade" }),
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    quantity: integer().notNull(),
    /** What the shopper last saw; a different live price is told before it is charged. */
    priceSnapshot: money().notNull(),
    /** Pieces that this line of a merged cart really added to the other: a revived order takes no more than these back. */
    poured: integer().notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("cart_items_variant_key").on(t.cartId, t.variantId),
    index("cart_items_variant_idx").on(t.variantId),
    check("cart_items_quantity", sql`${t.quantity} BETWEEN 1 AND 999`),
    check("cart_items_price", sql`${t.priceSnapshot} >= 0`),
    check("cart_items_poured", sql`${t.poured} BETWEEN 0 AND ${t.quantity}`),
  ],
);
