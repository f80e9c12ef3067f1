/** Notifications in the shop, and the outbox of e-mail. */
import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, id, moment, updatedAt } from "./columns";
import { orders } from "./orders";

export const mailStatus = pgEnum("mail_status", ["queued", "kept", "sent", "failed"]);

export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text().notNull(),
    title: text().notNull(),
    message: text().notNull(),
    link: text(),
    /** Tells one thing once. */
    dedupeKey: text().notNull(),
    readAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("notifications_dedupe_key").on(t.userId, t.dedupeKey),
    index("notifications_user_idx").on(t.userId, t.createdAt.desc().nullsFirst()),
    check("notifications_link", sql`${t.link} ~ '^/'`),
  ],
);

/** One message to one address; `kept` where no SMTP server is set. */
export const mail = pgTable(
  "mail",
  {
    id: id(),
    template: text().notNull(),
    toEmail: text().notNull(),
    subject: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    /** template + event id: a message goes out for one event once. */
    dedupeKey: text().notNull().unique(),
    status: mailStatus().notNull().default("queued"),
    attempts: integer().notNull().default(0),
    lastError: text(),
    orderId: uuid().references(() => orders.id, { onDelete: "set null" }),
    sentAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("mail_created_idx").on(t.createdAt.desc().nullsFirst()),
    index("mail_order_idx").on(t.orderId),
    index("mail_queue_idx").on(t.createdAt).where(sql`${t.status} IN ('queued', 'failed')`),
  ],
);
