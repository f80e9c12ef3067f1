/** What a database consists of: the tables, parts, sequences and references that a backup keeps and a restore fills. */
import type { Client } from "pg";
import type { Manifest } from "./manifest";

/** The shop's own tables and those of its job queue. */
const SCHEMAS = ["public", "graphile_worker"];

async function rowsOf<T>(client: Client, text: string): Promise<T[]> {
  return (await client.query(text, [SCHEMAS])).rows as T[];
}

/** Tables with their columns; a partitioned one stands for its parts. The queue's migrations make themselves. */
export const listTables = (client: Client): Promise<{ name: string; columns: string[] }[]> =>
  rowsOf(
    client,
    `select format('%I.%I', n.nspname, c.relname) as name,
      (select array_agg(quote_ident(a.attname)::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
      and not (n.nspname = 'graphile_worker' and c.relname = 'migrations')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by 1`,
  );

/** Parts of partitioned tables. */
export const listPartitions = (client: Client): Promise<Manifest["partitions"]> =>
  rowsOf(
    client,
    `select format('%I.%I', n.nspname, c.relname) as name, i.inhparent::regclass::text as parent,
      pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid
    where n.nspname = any($1) and c.relispartition and c.relkind = 'r' order by 1`,
  );

/** Sequences with what they gave out last. They are never behind the rows, because they are read after the snapshot. */
export async function listSequences(client: Client): Promise<Manifest["sequences"]> {
  const names = await rowsOf<{ name: string }>(
    client,
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname = any($1) order by 1`,
  );
  const sequences: Manifest["sequences"] = [];
  for (const { name } of names) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    );
    sequences.push(...rows.map((row) => ({ name, ...row })));
  }
  return sequences;
}

/** References between tables, with the words that make them again; those of parts come with their table's. */
export const listReferences = (
  client: Client,
): Promise<{ table: string; name: string; definition: string }[]> =>
  rowsOf(
    client,
    `select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where n.nspname = any($1) and k.contype = 'f' and k.conparentid = 0 order by 1, 2`,
  );

/** Hashes of the shop's migrations that have run. */
export async function listMigrations(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>(
    "select hash from drizzle.__drizzle_migrations order by id",
  );
  return rows.map(({ hash }) => hash);
}

/** The newest migration of the job queue that has run. */
export async function queueVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    "select max(id)::int as id from graphile_worker.migrations",
  );
  return rows[0]?.id ?? 0;
}
