/** Inventory: counters per variant, the append-only movements they sum up, and reservations. */
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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { variants } from "./catalog";
import { createdAt, id, moment, updatedAt } from "./columns";
import { orders } from "./orders";

export const movementKind = pgEnum("movement_kind", [
  "restock",
  "adjustment",
  "reserve",
  "release",
  "sale",
  "return",
]);
export const reservationStatus = pgEnum("reservation_status", ["active", "committed", "released"]);

/**
 * Counters. Bucket 0 unless a hot variant is spread over several rows, each a true counter of its own; the variant
 * has their sum. All quantities count whole items.
 */
export const inventory = pgTable(
  "inventory",
  {
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    bucket: integer().notNull().default(0),
    /** Over how many rows the variant is spread; the same on each of them, so that whoever changes one knows. */
    buckets: integer().notNull().default(1),
    onHand: integer().notNull().default(0),
    reserved: integer().notNull().default(0),
    available: integer().generatedAlwaysAs(sql`on_hand - reserved`),
    lowStockThreshold: integer().notNull().default(3),
    backorder: boolean().notNull().default(false),
    /** How far below zero `available` may go with backorder; null: no limit. 0 on further buckets: the first one alone owes. */
    backorderLimit: integer(),
    lastRestockedAt: moment(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.variantId, t.bucket] }),
    index("inventory_spread_idx").on(t.variantId).where(sql`buckets > 1`),
    index("inventory_low_idx").on(t.variantId).where(sql`available <= low_stock_threshold`),
    check(
      "inventory_never_oversold",
      sql`${t.reserved} >= 0 AND (${t.backorder} OR (${t.onHand} >= 0 AND ${t.reserved} <= ${t.onHand}))`,
    ),
    check("inventory_threshold", sql`${t.lowStockThreshold} >= 0`),
    check("inventory_bucket", sql`${t.bucket} >= 0 AND ${t.bucket} < 64`),
    check("inventory_buckets", sql`${t.buckets} >= 1 AND ${t.buckets} <= 64`),
    check("inventory_backorder_limit", sql`${t.backorderLimit} >= 0`),
    check(
      "inventory_backorder_room",
      sql`NOT ${t.backorder} OR ${t.backorderLimit} IS NULL OR ${t.onHand} - ${t.reserved} >= -${t.backorderLimit}`,
    ),
  ],
);

/** Every change of a counter; append-only, partitioned by month, never dropped. */
export const stockMovements = pgTable(
  "stock_movements",
  {
    id: uuid().notNull(),
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    bucket: integer().notNull().default(0),
    kind: movementKind().notNull(),
    onHandDelta: integer().notNull(),
    reservedDelta: integer().notNull(),
    orderId: uuid().references(() => orders.id, { onDelete: "restrict" }),
    actorId: uuid().references(() => users.id, { onDelete: "restrict" }),
    reason: text(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.createdAt] }),
    index("stock_movements_variant_idx").on(t.variantId, t.createdAt.desc().nullsFirst()),
    index("stock_movements_order_idx").on(t.orderId),
    index("stock_movements_sold_idx").on(t.createdAt).where(sql`${t.kind} IN ('sale', 'return')`),
    check(
      "stock_movements_arithmetic",
      sql`CASE ${t.kind}
        WHEN 'restock' THEN ${t.onHandDelta} > 0 AND ${t.reservedDelta} = 0
        WHEN 'adjustment' THEN ${t.onHandDelta} <> 0 AND ${t.reservedDelta} = 0
        WHEN 'reserve' THEN ${t.onHandDelta} = 0 AND ${t.reservedDelta} > 0
        WHEN 'release' THEN ${t.onHandDelta} = 0 AND ${t.reservedDelta} < 0
        WHEN 'sale' THEN ${t.onHandDelta} < 0 AND ${t.reservedDelta} = ${t.onHandDelta}
        WHEN 'return' THEN ${t.onHandDelta} > 0 AND ${t.reservedDelta} = 0 END`,
    ),
  ],
);

/** Stock held for an order until it is paid. */
export const stockReservations = pgTable(
  "stock_reservations",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    variantId: uuid()
      .notNull()
      .references(() => variants.id, { onDelete: "restrict" }),
    bucket: integer().notNull().default(0),
    quantity: integer().notNull(),
    status: reservationStatus().notNull().default("active"),
    expiresAt: moment().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("stock_reservations_live_key")
      .on(t.orderId, t.variantId, t.bucket)
      .where(sql`${t.status} <> 'released'`),
    index("stock_reservations_expiry_idx").on(t.expiresAt).where(sql`${t.status} = 'active'`),
    index("stock_reservations_variant_idx").on(t.variantId),
    check("stock_reservations_quantity", sql`${t.quantity} > 0`),
  ],
);
