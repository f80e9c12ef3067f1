/** Payments, their attempts, refunds and disputes, and the inbox of the provider's events. */
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
import { users } from "./accounts";
import { createdAt, id, moment, money, updatedAt } from "./columns";
import { orderLines, orders } from "./orders";

export const paymentStatus = pgEnum("payment_status", [
  "pending",
  "processing",
  "paid",
  "failed",
  "cancelled",
]);
export const refundStatus = pgEnum("refund_status", ["reserved", "pending", "succeeded", "failed"]);
export const disputeStatus = pgEnum("dispute_status", ["open", "won", "lost"]);

/** One row per intent (or per cash on delivery). */
export const payments = pgTable(
  "payments",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    provider: text().notNull(),
    /** card, cash_on_delivery, bank_transfer; what the provider reports once it is paid (klarna, paypal …). */
    method: text().notNull(),
    status: paymentStatus().notNull().default("pending"),
    amount: money().notNull(),
    currency: text().notNull(),
    /** Part of the idempotency key: a changed amount is a new intent. */
    revision: integer().notNull().default(1),
    idempotencyKey: text().notNull().unique(),
    providerIntentId: text().unique(),
    providerSessionId: text().unique(),
    providerChargeId: text(),
    isLive: boolean().notNull().default(false),
    refunded: money().notNull().default(0),
    fee: money().notNull().default(0),
    /** Last answer of the gateway, redacted. */
    gatewayResponse: jsonb().$type<Record<string, unknown>>(),
    failureCode: text(),
    paidAt: moment(),
    checkedAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("payments_order_idx").on(t.orderId),
    index("payments_open_idx").on(t.createdAt).where(sql`${t.status} IN ('pending', 'processing')`),
    uniqueIndex("payments_one_open_key")
      .on(t.orderId)
      .where(sql`${t.status} IN ('pending', 'processing', 'failed')`),
    check(
      "payments_amount",
      sql`${t.amount} >= 0 AND ${t.refunded} BETWEEN 0 AND ${t.amount} AND ${t.fee} >= 0`,
    ),
    check("payments_provider", sql`${t.provider} IN ('stripe', 'manual')`),
    check("payments_paid_at", sql`(${t.status} = 'paid') = (${t.paidAt} IS NOT NULL)`),
  ],
);

/** Each decline of an intent. */
export const paymentAttempts = pgTable(
  "payment_attempts",
  {
    id: id(),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id, { onDelete: "restrict" }),
    providerEventId: text().unique(),
    outcome: text().notNull(),
    failureCode: text(),
    declineCode: text(),
    message: text(),
    createdAt: createdAt(),
  },
  (t) => [
    index("payment_attempts_payment_idx").on(t.paymentId),
    check("payment_attempts_outcome", sql`${t.outcome} IN ('failed', 'succeeded', 'action_required')`),
  ],
);

export const refunds = pgTable(
  "refunds",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id, { onDelete: "restrict" }),
    status: refundStatus().notNull().default("reserved"),
    amount: money().notNull(),
    /** The part of the amount that gives back shipping. */
    shipping: money().notNull().default(0),
    tax: money().notNull().default(0),
    reason: text().notNull(),
    providerRefundId: text().unique(),
    failureCode: text(),
    gatewayResponse: jsonb().$type<Record<string, unknown>>(),
    requestedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    /** Why it exists by itself ("late_success", "dashboard"); null when a person asked. */
    automatic: text(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("refunds_order_idx").on(t.orderId),
    index("refunds_payment_idx").on(t.paymentId),
    index("refunds_created_idx").on(t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("refunds_failed_idx").on(t.createdAt).where(sql`${t.status} = 'failed'`),
    index("refunds_open_idx").on(t.createdAt).where(sql`${t.status} IN ('reserved', 'pending')`),
    check(
      "refunds_amount",
      sql`${t.amount} > 0 AND ${t.shipping} BETWEEN 0 AND ${t.amount} AND ${t.tax} BETWEEN 0 AND ${t.amount}`,
    ),
  ],
);

export const refundLines = pgTable(
  "refund_lines",
  {
    id: id(),
    refundId: uuid()
      .notNull()
      .references(() => refunds.id, { onDelete: "restrict" }),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id, { onDelete: "restrict" }),
    quantity: integer().notNull(),
    amount: money().notNull(),
    tax: money().notNull(),
    restock: boolean().notNull().default(false),
  },
  (t) => [
    unique("refund_lines_key").on(t.refundId, t.orderLineId),
    index("refund_lines_line_idx").on(t.orderLineId),
    check(
      "refund_lines_amount",
      sql`${t.quantity} >= 0 AND ${t.amount} >= 0 AND ${t.tax} BETWEEN 0 AND ${t.amount}`,
    ),
  ],
);

export const disputes = pgTable(
  "disputes",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id, { onDelete: "restrict" }),
    providerDisputeId: text().notNull().unique(),
    status: disputeStatus().notNull().default("open"),
    amount: money().notNull(),
    reason: text(),
    dueBy: moment(),
    closedAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("disputes_order_idx").on(t.orderId),
    check("disputes_amount", sql`${t.amount} > 0`),
    check("disputes_closed", sql`(${t.status} = 'open') = (${t.closedAt} IS NULL)`),
  ],
);

/** The provider's event ids, each once; inserted in the same transaction as the event's effect. */
export const webhookEventIds = pgTable("webhook_event_ids", {
  providerEventId: text().primaryKey(),
  createdAt: createdAt(),
});

/** The inbox: each event as it came, and what became of it. Partitioned by month. */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    id: uuid().notNull(),
    providerEventId: text().notNull(),
    type: text().notNull(),
    objectId: text(),
    orderId: uuid(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    outcome: text(),
    error: text(),
    processedAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.createdAt] }),
    index("webhook_events_provider_idx").on(t.providerEventId),
    index("webhook_events_open_idx").on(t.createdAt).where(sql`${t.processedAt} IS NULL`),
    index("webhook_events_object_idx").on(t.objectId),
  ],
);
