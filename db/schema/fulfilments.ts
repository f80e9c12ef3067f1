/** Fulfilments: each owner's part of an order, its parcels and what is in them. */
import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { owners } from "./accounts";
import { createdAt, id, moment, updatedAt } from "./columns";
import { orderLines, orders } from "./orders";

export const fulfilmentStatus = pgEnum("fulfilment_status", [
  "open",
  "processing",
  "shipped",
  "delivered",
  "cancelled",
]);
export const shipmentStatus = pgEnum("shipment_status", [
  "packed",
  "shipped",
  "delivered",
  "lost",
  "returned",
]);

/** One owner's part of an order. */
export const fulfilments = pgTable(
  "fulfilments",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    ownerId: uuid()
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    status: fulfilmentStatus().notNull().default("open"),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("fulfilments_part_key").on(t.orderId, t.ownerId),
    index("fulfilments_owner_idx").on(t.ownerId, t.status),
  ],
);

/** A parcel. */
export const shipments = pgTable(
  "shipments",
  {
    id: id(),
    fulfilmentId: uuid()
      .notNull()
      .references(() => fulfilments.id, { onDelete: "restrict" }),
    status: shipmentStatus().notNull().default("packed"),
    carrier: text().notNull(),
    service: text(),
    trackingNumber: text(),
    trackingUrl: text(),
    shippedAt: moment(),
    deliveredAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("shipments_fulfilment_idx").on(t.fulfilmentId),
    check("shipments_tracking_url", sql`${t.trackingUrl} ~ '^https://'`),
  ],
);

export const shipmentItems = pgTable(
  "shipment_items",
  {
    shipmentId: uuid()
      .notNull()
      .references(() => shipments.id, { onDelete: "restrict" }),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id, { onDelete: "restrict" }),
    quantity: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.shipmentId, t.orderLineId] }),
    index("shipment_items_line_idx").on(t.orderLineId),
    check("shipment_items_quantity", sql`${t.quantity} > 0`),
  ],
);
