/** Imports: each run over a file, and what each of its rows did, so that it can resume and be undone. */
import { sql } from "drizzle-orm";
import {
  check,
  customType,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { owners, users } from "./accounts";
import { createdAt, id, moment, updatedAt } from "./columns";

export const importStatus = pgEnum("import_status", [
  "running",
  "finished",
  "failed",
  "undone",
  "waiting",
  "checking",
  "checked",
  "undoing",
]);

/** What a file says of itself, and what each of its columns is taken for. */
export interface StoredMapping {
  readonly header: readonly string[];
  /** The first rows, as people recognise a column by what is in it. */
  readonly samples: readonly (readonly string[])[];
  /** One per column of the file; null: it is not read. */
  readonly columns: readonly (string | null)[];
}

export interface StoredOptions {
  readonly setStock: boolean;
  readonly images: boolean;
  /** Goods of others are refused: an owner imports into the own shop alone. */
  readonly isOwnerGiven: boolean;
}

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
    /** Products that were worked off, in the order of the file: where a run goes on after a crash. */
    groupsDone: integer().notNull().default(0),
    mapping: jsonb().$type<StoredMapping>(),
    options: jsonb().$type<StoredOptions>(),
    /** Why it failed as a whole. */
    message: text(),
    summary: jsonb().$type<Record<string, unknown>>(),
    finishedAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("imports_created_idx").on(t.createdAt.desc().nullsFirst()),
    check(
      "imports_rows",
      sql`${t.groupsDone} >= 0 AND ${t.rowsDone} >= 0 AND ${t.rowsFailed} >= 0 AND ${t.rowsTotal} >= 0`,
    ),
  ],
);

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** The file of an import in pieces, until nothing reads it any more: whichever machine goes on with it finds it here. */
export const importFiles = pgTable(
  "import_files",
  {
    importId: uuid()
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    /** Counted from 0; the pieces in this order are the file. */
    position: integer().notNull(),
    content: bytea().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.position] }),
    check("import_files_position", sql`${t.position} >= 0`),
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
    /** All lines of the product ("2-25"), on the first of them alone. */
    lines: text(),
    /** The product before and after, for the difference that is shown and for undo. */
    before: jsonb().$type<Record<string, unknown>>(),
    /** Set by the undo: what it had to leave as it is; empty where nothing. */
    undo: text(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("import_rows_line_key").on(t.importId, t.line),
    /** Products that an undo put away, so that the same file brings them back. */
    index("import_rows_undone_idx").on(sql`(${t.before} ->> 'productId')`).where(sql`${t.undo} IS NOT NULL`),
    check(
      "import_rows_outcome",
      sql`${t.outcome} IN ('created', 'updated', 'unchanged', 'skipped', 'failed')`,
    ),
  ],
);
