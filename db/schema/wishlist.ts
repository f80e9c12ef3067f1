/** Wishlists of guests and customers, and the alerts they ask for. */
import { sql } from "drizzle-orm";
import { check, index, pgEnum, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { variants } from "./catalog";
import { createdAt, id, moment, money, updatedAt } from "./columns";

export const alertKind = pgEnum("alert_kind", ["back_in_stock", "price_drop"]);

export const wishlists = pgTable(
  "wishlists",
  {
    id: id(),
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    guestTokenHash: text(),
    /** Unguessable part of the shared link; null while not shared. */
    shareToken: text().unique(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("wishlists_user_key").on(t.userId),
    uniqueIndex("wishlists_guest_key").on(t.guestTokenHash),
    check("wishlists_one_holder", sql`num_nonnulls(${t.userId}, ${t.guestTokenHash}) = 1`),
  ],
);

export const wishlistItems = pgTable(
  "wishlist_items",
  {
    id: id(),
    wishlistId: uuid()
      .notNull()
      .references(() => wishlists.id, { onDelete: "cascade" }),
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    priceSnapshot: money().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("wishlist_items_variant_key").on(t.wishlistId, t.variantId),
    index("wishlist_items_variant_idx").on(t.variantId),
    check("wishlist_items_price", sql`${t.priceSnapshot} >= 0`),
  ],
);

/** "Tell me when it is back" and "tell me when it costs less". */
export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    kind: alertKind().notNull(),
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    email: text().notNull(),
    /** A price drop below this is told. */
    price: money(),
    sentAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("alerts_open_key")
      .on(t.kind, t.variantId, sql`lower(${t.email})`)
      .where(sql`${t.sentAt} IS NULL`),
    index("alerts_variant_idx").on(t.variantId).where(sql`${t.sentAt} IS NULL`),
    check("alerts_price", sql`(${t.kind} = 'price_drop') = (${t.price} IS NOT NULL)`),
  ],
);
