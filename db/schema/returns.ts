/** Returns: what comes back, why, and what becomes of it. */
import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { owners } from "./accounts";
import { createdAt, id, moment, updatedAt } from "./columns";
import { orderLines, orders } from "./orders";
import { refunds } from "./payments";

export const returnStatus = pgEnum("return_status", [
  "requested",
  "approved",
  "received",
  "refunded",
  "rejected",
  "withdrawn",
  "expired",
]);
export const returnReason = pgEnum("return_reason", [
  "changed_mind",
  "damaged",
  "wrong_item",
  "not_as_described",
  "too_late",
  "other",
]);

export const returns = pgTable(
  "returns",
  {
    id: id(),
    number: text().notNull().unique(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    ownerId: uuid()
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    status: returnStatus().notNull().default("requested"),
    note: text(),
    decisionNote: text(),
    refundId: uuid().references(() => refunds.id, { onDelete: "restrict" }),
    expiresAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("returns_order_idx").on(t.orderId), index("returns_owner_idx").on(t.ownerId, t.status)],
);

export const returnLines = pgTable(
  "return_lines",
  {
    id: id(),
    returnId: uuid()
      .notNull()
      .references(() => returns.id, { onDelete: "restrict" }),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id, { onDelete: "restrict" }),
    quantity: integer().notNull(),
    reason: returnReason().notNull(),
    restockedQuantity: integer().notNull().default(0),
    writtenOffQuantity: integer().notNull().default(0),
  },
  (t) => [
    unique("return_lines_key").on(t.returnId, t.orderLineId),
    index("return_lines_line_idx").on(t.orderLineId),
    check("return_lines_quantity", sql`${t.quantity} > 0`),
    check(
      "return_lines_received",
      sql`${t.restockedQuantity} >= 0 AND ${t.writtenOffQuantity} >= 0 AND ${t.restockedQuantity} + ${t.writtenOffQuantity} <= ${t.quantity}`,
    ),
  ],
);
