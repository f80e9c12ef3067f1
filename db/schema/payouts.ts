/** Payouts to owners, and the ledger lines that each one pays. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { owners, users } from "./accounts";
import { createdAt, id, moment, money, updatedAt } from "./columns";

export const payoutStatus = pgEnum("payout_status", ["pending", "paid", "failed"]);

export const payouts = pgTable(
  "payouts",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    status: payoutStatus().notNull().default("pending"),
    amount: money().notNull(),
    currency: text().notNull(),
    method: text().notNull(),
    reference: text(),
    providerTransferId: text().unique(),
    failureReason: text(),
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    paidAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("payouts_owner_idx").on(t.ownerId, t.createdAt.desc().nullsFirst()),
    check("payouts_amount", sql`${t.amount} > 0`),
    check("payouts_method", sql`${t.method} IN ('stripe', 'manual')`),
    check("payouts_paid_at", sql`(${t.status} = 'paid') = (${t.paidAt} IS NOT NULL)`),
  ],
);

/** An owner's ledger entry in a payout; a live one pays an entry once. */
export const payoutLines = pgTable(
  "payout_lines",
  {
    id: id(),
    payoutId: uuid()
      .notNull()
      .references(() => payouts.id, { onDelete: "restrict" }),
    /** ledger_entries.id: the table is partitioned, so the key is checked by the service and by doctor. */
    ledgerEntryId: uuid().notNull(),
    amount: money().notNull(),
    isReleased: boolean().notNull().default(false),
  },
  (t) => [
    uniqueIndex("payout_lines_live_key").on(t.ledgerEntryId).where(sql`NOT ${t.isReleased}`),
    index("payout_lines_payout_idx").on(t.payoutId),
    check("payout_lines_amount", sql`${t.amount} <> 0`),
  ],
);

/** What came of each owner in a run over several: a payout, or why there is none. */
export const payoutRuns = pgTable(
  "payout_runs",
  {
    /** Made with the form: sent twice, it is one run. */
    runId: uuid().notNull(),
    ownerId: uuid()
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    payoutId: uuid()
      .unique("payout_runs_payout_key")
      .references(() => payouts.id, { onDelete: "restrict" }),
    refusal: text(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.ownerId] }),
    index("payout_runs_owner_idx").on(t.ownerId),
    check("payout_runs_outcome", sql`num_nonnulls(${t.payoutId}, ${t.refusal}) = 1`),
    check("payout_runs_refusal", sql`${t.refusal} IN ('nothing_due', 'in_debt', 'blocked', 'failed')`),
  ],
);
