/** Which statements cost this database most, as pg_stat_statements counted them. */
import type postgres from "postgres";

export type SlowOrder = "total" | "mean" | "calls";

export interface Slow {
  readonly statement: string;
  readonly calls: number;
  readonly totalMs: number;
  readonly meanMs: number;
  readonly maxMs: number;
  readonly rows: number;
  /** Of all time that statements took in this database, 0 to 1. */
  readonly share: number;
}

/** `hint` says in one sentence what is to be done where nothing was counted. */
export type SlowReport = { readonly rows: readonly Slow[]; readonly hint: string | null };

const MOST = 50;

/** Reads the `MOST` worst. @throws what PostgreSQL says for other reasons than a missing extension */
export async function readSlow(sql: postgres.Sql, order: SlowOrder = "total"): Promise<SlowReport> {
  const hint = await hintOf(sql);
  if (hint) return { rows: [], hint };
  const by = { total: sql`total_exec_time`, mean: sql`mean_exec_time`, calls: sql`calls` }[order];
  try {
    const rows = await sql<Slow[]>`
      select left(regexp_replace(query, '\\s+', ' ', 'g'), 2000) as statement, calls::float8, total_exec_time as "totalMs",
        mean_exec_time as "meanMs", max_exec_time as "maxMs", rows::float8,
        total_exec_time / nullif(sum(total_exec_time) over (), 0) as share
      from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database()) and query not ilike '%pg_stat_statements%'
      order by ${by} desc limit ${MOST}`;
    return { rows, hint: null };
  } catch (error) {
    // The extension is made, but the server did not load it when it started.
    if (codeOf(error) === "55000") return { rows: [], hint: NOT_LOADED };
    throw error;
  }
}

async function hintOf(sql: postgres.Sql): Promise<string | null> {
  const [found] = await sql<{ made: boolean; offered: boolean }[]>`
    select exists (select from pg_extension where extname = 'pg_stat_statements') as made,
      exists (select from pg_available_extensions where name = 'pg_stat_statements') as offered`;
  if (found?.made) return null;
  return found?.offered ? NOT_MADE : NOT_OFFERED;
}

function codeOf(error: unknown): unknown {
  for (let e = error; e instanceof Error; e = e.cause) if ("code" in e && e.code === "55000") return e.code;
  return undefined;
}

/** Makes the extension where that is allowed; answers whether it is there. */
export async function makeCounting(sql: postgres.Sql): Promise<boolean> {
  return sql`create extension if not exists pg_stat_statements`.then(
    () => true,
    () => false,
  );
}

const NOT_MADE =
  "Statements are not counted yet: run `npm run db:slow`, or CREATE EXTENSION pg_stat_statements as the database's administrator.";
const NOT_LOADED =
  "The server does not count statements: set shared_preload_libraries = 'pg_stat_statements' in postgresql.conf and restart it.";
const NOT_OFFERED =
  "This PostgreSQL does not have pg_stat_statements: install its package of additional modules (postgresql-contrib).";
