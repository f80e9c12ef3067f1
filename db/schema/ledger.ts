/** The append-only double-entry ledger: every movement of money as entries that sum to zero. */
import { sql } from "drizzle-orm";
import { check, index, pgEnum, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { owners } from "./accounts";
import { createdAt, id, money } from "./columns";
import { orders } from "./orders";

export const ledgerAccount = pgEnum("ledger_account", [
  "clearing",
  "bank",
  "cod_receivable",
  "sales",
  "shipping_income",
  "tax_payable",
  "discounts",
  "refunds",
  "refunds_due",
  "owner_share",
  "owner_payable",
  "commission",
  "gateway_fees",
  "disputes_held",
  "chargebacks",
  "in_transit",
]);

/** The header of a posting: unique by kind and source, so that nothing is posted twice. */
export const ledgerTransactions = pgTable(
  "ledger_transactions",
  {
    id: id(),
    /** "captured", "line_completed", "refund_requested" … */
    kind: text().notNull(),
    /** The row that caused it: payment, order line, refund, payout … */
    sourceId: text().notNull(),
    orderId: uuid().references(() => orders.id, { onDelete: "restrict" }),
    currency: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("ledger_transactions_source_key").on(t.kind, t.sourceId),
    index("ledger_transactions_order_idx").on(t.orderId),
    index("ledger_transactions_created_idx").on(t.createdAt),
  ],
);

/** Debits are positive, credits negative. Partitioned by month, never dropped. */
export const ledgerEntries = pgTable(
  "ledger_entries",
  {
    id: uuid().notNull(),
    transactionId: uuid()
      .notNull()
      .references(() => ledgerTransactions.id, { onDelete: "restrict" }),
    account: ledgerAccount().notNull(),
    /** For the accounts kept per owner: sales, refunds, owner_share, owner_payable, in_transit. */
    ownerId: uuid().references(() => owners.id, { onDelete: "restrict" }),
    amount: money().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.createdAt] }),
    index("ledger_entries_transaction_idx").on(t.transactionId),
    index("ledger_entries_account_idx").on(t.account, t.createdAt),
    index("ledger_entries_owner_idx").on(t.ownerId, t.account, t.createdAt),
    check("ledger_entries_amount", sql`${t.amount} <> 0`),
    check(
      "ledger_entries_owner",
      sql`${t.ownerId} IS NOT NULL OR ${t.account} NOT IN ('sales', 'refunds', 'owner_share', 'owner_payable')`,
    ),
  ],
);
