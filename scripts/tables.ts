/** Writes docs/tables.md: every table, its columns, units and keys, from a freshly migrated database. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres, { type Sql } from "postgres";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Where the document lies. */
export const TABLES_FILE = join(ROOT, "docs", "tables.md");

interface Column {
  table: string;
  name: string;
  type: string;
  optional: boolean;
  unit: string | null;
  isPrimary: boolean;
  /** Table that a foreign key leads to. */
  parent: string | null;
  isUnique: boolean;
}

interface Group {
  title: string;
  about: string;
  tables: Map<string, string>;
}

/** The files of db/schema as chapters: their first sentence, and the tables with the comment above each. */
function groupsOf(folder: string): Group[] {
  const groups: Group[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
    const source = readFileSync(join(folder, file), "utf8");
    const tables = new Map<string, string>();
    const pattern = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?export const \w+ = pgTable\(\s*"(\w+)"/g;
    for (const [, comment = "", name = ""] of source.matchAll(pattern)) tables.set(name, plain(comment));
    if (tables.size === 0) continue;
    const [, about = ""] = /^\/\*\*((?:(?!\*\/)[\s\S])*)\*\//.exec(source) ?? [];
    const title = basename(file, ".ts");
    groups.push({ title: title.charAt(0).toUpperCase() + title.slice(1), about: plain(about), tables });
  }
  return groups;
}

const plain = (comment: string) => comment.replace(/\s*\n\s*\*\s?/g, " ").trim();

/** All columns of the shop's own tables, partitions left out, in the order of the tables' definition. */
function columnsOf(sql: Sql): Promise<Column[]> {
  return sql<Column[]>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as optional, col_description(c.oid, a.attnum) as unit,
      coalesce(a.attnum = any(p.conkey), false) as "isPrimary",
      (select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum]) as parent,
      exists (select from pg_index x where x.indrelid = c.oid and x.indisunique and not x.indisprimary
        and x.indpred is null and x.indkey::text = a.attnum::text) as "isUnique"
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    left join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`;
}

function diagram(tables: readonly string[], columns: readonly Column[]): string[] {
  const lines = ["```mermaid", "erDiagram"];
  for (const table of tables) {
    const keys = columns.filter((column) => column.table === table && (column.isPrimary || column.parent));
    lines.push(`  ${table} {`);
    for (const { type, name, isPrimary, parent, isUnique } of keys) {
      const marks = [isPrimary && "PK", parent && "FK", isUnique && "UK"].filter(Boolean).join(", ");
      lines.push(`    ${type.replace(/\W+/g, "_")} ${name} ${marks}`);
    }
    lines.push("  }");
  }
  for (const { table, name, parent, optional, isPrimary, isUnique } of columns) {
    if (!parent || !tables.includes(table)) continue;
    const alone = isPrimary && columns.filter((one) => one.table === table && one.isPrimary).length === 1;
    lines.push(
      `  ${parent} ${optional ? "|o" : "||"}--${isUnique || alone ? "o|" : "o{"} ${table} : ${name}`,
    );
  }
  return [...lines, "```"];
}

function listing(table: string, about: string, columns: readonly Column[]): string[] {
  const rows = columns
    .filter((column) => column.table === table)
    .map(({ name, type, optional, isPrimary, parent, isUnique, unit }) => {
      const keys = [isPrimary && "primary", parent && `→ ${parent}`, isUnique && "unique"].filter(Boolean);
      return `| ${name} | ${type}${optional ? ", optional" : ""} | ${keys.join(", ")} | ${unit ?? ""} |`;
    });
  const head = ["| column | type | key | unit |", "| --- | --- | --- | --- |"];
  return [`### ${table}`, "", ...(about ? [about, ""] : []), ...head, ...rows];
}

/** The whole document, as docs/tables.md holds it, for the migrated database behind `sql`. */
export async function tablesDocument(sql: Sql): Promise<string> {
  const columns = await columnsOf(sql);
  const groups = groupsOf(join(ROOT, "db", "schema"));
  const told = new Set(groups.flatMap(({ tables }) => [...tables.keys()]));
  const rest = [...new Set(columns.map(({ table }) => table))].filter((table) => !told.has(table));
  groups.push({
    title: "Rules",
    about: "Tables that only the database itself reads, made in db/migrations.",
    tables: new Map(rest.map((table) => [table, ""])),
  });
  const chapters = groups.map(({ title, about, tables }) => {
    const parts = [...tables].map(([table, comment]) => listing(table, comment, columns).join("\n"));
    const head = [`## ${title}`, "", about, "", ...diagram([...tables.keys()], columns)].join("\n");
    return [head, ...parts].join("\n\n");
  });
  const intro = [
    "# Tables",
    "",
    "Generated from the migrated database by `npm run db:docs`; do not edit. Column names are as in SQL.",
    "`updated_at`, `created_at` and every other moment is a `timestamp with time zone`.",
    "",
    ...groups.map(
      ({ title, tables }) => `- [${title}](#${title.toLowerCase()}): ${[...tables.keys()].join(", ")}`,
    ),
  ].join("\n");
  return `${[intro, ...chapters].join("\n\n")}\n`;
}

/** Starts a throw-away PostgreSQL, migrates it and writes the document. */
async function write(): Promise<void> {
  const { startThrowaway } = await import("../db/throwaway");
  const { migrate } = await import("../db/migrate");
  const server = await startThrowaway("tallystick-tables-");
  try {
    await migrate(server.url);
    const sql = postgres(server.url, { max: 1, onnotice: () => {} });
    mkdirSync(join(ROOT, "docs"), { recursive: true });
    writeFileSync(TABLES_FILE, await tablesDocument(sql));
    await sql.end();
  } finally {
    await server.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await write();
  console.log("docs/tables.md is written.");
}
