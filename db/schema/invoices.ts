/** Invoices and credit notes: their numbers, in one unbroken row each, and what each stated when it was issued. */
import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, money } from "./columns";
import { orders } from "./orders";
import { refunds } from "./payments";

export const invoiceKind = pgEnum("invoice_kind", ["invoice", "credit_note"]);

/** Who sells, as the settings said on the day. */
export interface Seller {
  readonly name: string;
  readonly address: string | null;
  readonly taxNumber: string | null;
  readonly email: string;
}

/** Written once. The lines are those of the order and of the refund, which do not change either. */
export const invoices = pgTable(
  "invoices",
  {
    id: id(),
    kind: invoiceKind().notNull(),
    /** 1, 2, 3 … within its kind, without a gap. */
    seq: integer().notNull(),
    /** "INV-000123", "CRN-000045". */
    number: text().notNull().unique(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "restrict" }),
    /** What a credit note gives back; null where it takes back an order whose cash was never handed over. */
    refundId: uuid()
      .unique()
      .references(() => refunds.id, { onDelete: "restrict" }),
    /** What it states, the tax in it, both positive. */
    amount: money().notNull(),
    tax: money().notNull(),
    currency: text().notNull(),
    seller: jsonb().$type<Seller>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("invoices_seq_key").on(t.kind, t.seq),
    index("invoices_order_idx").on(t.orderId),
    uniqueIndex("invoices_order_key").on(t.orderId, t.kind).where(sql`${t.refundId} IS NULL`),
    check("invoices_seq", sql`${t.seq} > 0`),
    check("invoices_refund", sql`${t.kind} = 'credit_note' OR ${t.refundId} IS NULL`),
    check("invoices_amount", sql`${t.amount} >= 0 AND ${t.tax} BETWEEN 0 AND ${t.amount}`),
  ],
);
