/** Imports: each run over a file, and what each of its rows did, so that it can resume and be undone. */
import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { owners, users } from "./accounts";
import { createdAt, id, moment, updatedAt } from "./columns";

export const importStatus = pgEnum("import_status", ["running", "finished", "failed", "undone"]);

export const imports = pgTable(
  "imports",
  {
    id: id(),
    fileName: text().notNull(),
    fileHash: text().notNull(),
    format: text().notNull(),
    ownerId: uuid().references(() => owners.id, { onDelete: "restrict" }),
    startedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    status: importStatus().notNull().default("running"),
    rowsTotal: integer().notNull().default(0),
    rowsDone: integer().notNull().default(0),
    rowsFailed: integer().notNull().default(0),
    summary: jsonb().$type<Record<string, unknown>>(),
    finishedAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("imports_created_idx").on(t.createdAt.desc().nullsFirst()),
    check("imports_rows", sql`${t.rowsDone} >= 0 AND ${t.rowsFailed} >= 0 AND ${t.rowsTotal} >= 0`),
  ],
);

export const importRows = pgTable(
  "import_rows",
  {
    id: id(),
    importId: uuid()
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    /** Line in the file, counted from 1. */
    line: integer().notNull(),
    handle: text(),
    outcome: text().notNull(),
    message: text(),
    /** The state before, for undo. */
    before: jsonb().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("import_rows_line_key").on(t.importId, t.line),
    check(
      "import_rows_outcome",
      sql`${t.outcome} IN ('created', 'updated', 'unchanged', 'skipped', 'failed')`,
    ),
  ],
);
