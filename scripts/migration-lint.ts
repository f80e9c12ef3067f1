/** Part of `npm run check`: what a new migration may not do while the previous release still serves shoppers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

/** Up to here migrations were written before the first release: nobody upgrades over them. */
const BASELINE = 20;
const FOLDER = join(ROOT, "db", "migrations");
/** `-- fine RULE: reason` before a statement; the reason has at least three words. */
const FINE = /^-- fine ([a-z-]+): (\S+(?: \S+){2,})$/gm;

export interface Finding {
  readonly rule: string;
  readonly table: string;
  readonly sentence: string;
}

interface Rule {
  readonly name: string;
  /** What to do instead. */
  readonly sentence: string;
  /** The table that a statement hurts, or undefined. */
  readonly hurts: (statement: string, ahead: string) => string | undefined;
}

const NAME = String.raw`(?:"?public"?\.)?"?(\w+)"?`;
const first = (statement: string, pattern: string) => new RegExp(pattern, "i").exec(statement)?.[1];
const altered = (statement: string, what: RegExp) =>
  what.test(statement) ? first(statement, `^ALTER TABLE (?:ONLY )?(?:IF EXISTS )?${NAME}`) : undefined;

const RULES: readonly Rule[] = [
  {
    name: "index",
    sentence:
      "its index is built while nobody can write: add CREATE INDEX CONCURRENTLY IF NOT EXISTS to db/migrations/ahead.sql, and IF NOT EXISTS here",
    // By IF NOT EXISTS it finds the one that was built ahead. CONCURRENTLY itself cannot run in a migration's transaction.
    hurts: (statement, ahead) => {
      const name = first(statement, String.raw`^CREATE (?:UNIQUE )?INDEX IF NOT EXISTS "?(\w+)"?`);
      const isAhead = name !== undefined && new RegExp(`"?\\b${name}\\b"?`).test(ahead);
      return isAhead ? undefined : first(statement, `^CREATE (?:UNIQUE )?INDEX .*? ON (?:ONLY )?${NAME}`);
    },
  },
  {
    name: "not-null",
    sentence:
      "the previous release does not fill this column: add it without NOT NULL or with a constant DEFAULT, fill it by a job, then make it NOT NULL in the next release",
    hurts: (statement) =>
      /ADD COLUMN .*NOT NULL/i.test(statement) && !/\bDEFAULT\b/i.test(statement)
        ? altered(statement, /ADD COLUMN/i)
        : altered(statement, /DROP DEFAULT/i),
  },
  {
    name: "set-not-null",
    sentence:
      "every row is read under an exclusive lock: add CHECK (… IS NOT NULL) NOT VALID, validate it in a migration of its own, then SET NOT NULL",
    hurts: (statement) => altered(statement, /SET NOT NULL/i),
  },
  {
    name: "rewrite",
    sentence:
      "the whole table is written anew under an exclusive lock: add a new column, write both, fill it by a job, read the new one, drop the old one a release later",
    hurts: (statement) =>
      altered(statement, /\bSET DATA TYPE\b|ALTER COLUMN "?\w+"? TYPE\b|GENERATED ALWAYS AS .*STORED/i) ??
      altered(statement, /ADD COLUMN .*DEFAULT .*(?:random\(|gen_random|uuidv7|clock_timestamp|nextval)/i) ??
      altered(statement, /ADD COLUMN .*(?:\b(?:small|big)?serial\b|AS IDENTITY)/i) ??
      altered(statement, /SET (?:UN)?LOGGED|SET TABLESPACE|SET ACCESS METHOD/i) ??
      first(statement, `^(?:VACUUM \\(?FULL\\b.*?|CLUSTER (?:VERBOSE )?|REINDEX .*?)${NAME}$`),
  },
  {
    name: "gone",
    sentence:
      "the previous release still reads it: stop using it in this release, drop it in the next one (docs/upgrade.md)",
    hurts: (statement) =>
      altered(statement, /DROP COLUMN/i) ??
      altered(statement, /DETACH PARTITION/i) ??
      first(
        statement,
        `^DROP (?:TABLE|VIEW|TYPE|MATERIALIZED VIEW|FUNCTION|SEQUENCE) (?:IF EXISTS )?${NAME}`,
      ) ??
      first(statement, `^TRUNCATE (?:TABLE )?(?:ONLY )?${NAME}`),
  },
  {
    name: "renamed",
    sentence:
      "the previous release knows the old name only: add the new one beside it, write both, drop the old one a release later",
    hurts: (statement) => altered(statement, /\bRENAME\b/i) ?? first(statement, `^ALTER TYPE ${NAME} RENAME`),
  },
  {
    name: "constraint",
    sentence:
      "every row is checked while nobody can write: add it NOT VALID, and VALIDATE CONSTRAINT in a migration of its own",
    hurts: (statement) =>
      /ADD CONSTRAINT .*(?:CHECK|FOREIGN KEY)/i.test(statement) && !/NOT VALID/i.test(statement)
        ? altered(statement, /ADD CONSTRAINT/i)
        : (altered(statement, /ADD CONSTRAINT .*(?:(?:UNIQUE|PRIMARY KEY) \(|EXCLUDE )/i) ??
          altered(statement, /ADD COLUMN .*\b(?:UNIQUE|PRIMARY KEY|CHECK)\b/i)),
  },
  {
    name: "backfill",
    sentence: "rows are locked until the migration ends: fill them by a job, some hundred at a time",
    hurts: (statement) => first(statement, `^(?:UPDATE|DELETE FROM) (?:ONLY )?${NAME}`),
  },
  {
    name: "lock",
    sentence:
      "nobody else gets on until the migration ends: do without, a statement takes the lock that it needs",
    hurts: (statement) => first(statement, `^LOCK (?:TABLE )?(?:ONLY )?${NAME}`),
  },
  {
    name: "block",
    sentence: "what is run in a block cannot be looked at here: write its statements out",
    hurts: (statement) => first(statement, "^(DO)\\b"),
  },
  {
    name: "patience",
    sentence:
      "a lock that is waited for holds up everybody behind it: leave the lock_timeout that db/migrate.ts sets, which tries again",
    hurts: (statement) => first(statement, String.raw`(?:SET|set_config).*\b(lock_timeout)\b`),
  },
];

/** What is wrong with a migration; `ahead` is what ahead.sql builds before it. Tables that it makes itself are empty, so anything may be done to them. */
export function findings(sql: string, ahead = ""): Finding[] {
  const statements = sql.split("--> statement-breakpoint").flatMap(piece);
  const own = new Set(statements.map(({ text }) => first(text, `^CREATE TABLE (?:IF NOT EXISTS )?${NAME}`)));
  return statements.flatMap(({ text, fine }) =>
    RULES.flatMap(({ name, sentence, hurts }) => {
      const table = hurts(text, ahead);
      return table === undefined || own.has(table) || fine.has(name) ? [] : [{ rule: name, table, sentence }];
    }),
  );
}

/** One statement without its comments, and the rules that they set aside. A function's body is not looked into. */
function piece(raw: string): { text: string; fine: Set<string> }[] {
  const fine = new Set([...raw.matchAll(FINE)].map((found) => found[1] ?? ""));
  const bare = raw.replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, "$$$$").replace(/--.*$/gm, "");
  return bare
    .split(/;\s*(?:\n|$)/)
    .map((text) => ({ text: text.replace(/\s+/g, " ").trim(), fine }))
    .filter(({ text }) => text !== "");
}

if (process.argv[1]?.endsWith("migration-lint.ts")) {
  const files = readdirSync(FOLDER).filter(
    (name) => /^\d{4}_.*\.sql$/.test(name) && Number(name.slice(0, 4)) > BASELINE,
  );
  let count = 0;
  const ahead = readFileSync(join(FOLDER, "ahead.sql"), "utf8").replace(/--.*$/gm, "");
  for (const file of files)
    for (const { rule, table, sentence } of findings(readFileSync(join(FOLDER, file), "utf8"), ahead)) {
      count += 1;
      console.error(`${file}, ${table} (${rule}): ${sentence}.`);
    }
  if (count > 0)
    console.error(
      "\nWhere it is harmless, say why above the statement: `-- fine RULE: reason` (docs/upgrade.md).",
    );
  process.exitCode = count > 0 ? 1 : 0;
}
