/** The database that a backup goes into: whether it may be filled, and the tables of the backup's own version in it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Client } from "pg";
import { MIGRATIONS, migrate } from "@/db/migrate";
import { wipe } from "../launcher/database";
import { Problem } from "../launcher/problem";
import { connected } from "./connection";
import type { Manifest } from "./manifest";

/** The name of the database in an address. */
export const nameOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));

/**
 * Whether the database is free to be filled. `force` is the name of a database that may be emptied first.
 * @throws Problem where it holds something, or somebody works with it
 */
export async function requireFree(url: string, force: string | undefined): Promise<void> {
  await connected(url, "tallystick-restore", async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select distinct application_name as name from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name like 'tallystick%'`,
    );
    if (rows.length > 0)
      throw new Problem(`The shop works with the database ${nameOf(url)} (${rows[0]?.name}): stop it first.`);
    const held = await whatIsThere(client);
    if (!held || force === nameOf(url)) return;
    throw new Problem(
      `The database ${nameOf(url)} is not empty (${held}): restore into an empty one, or name it with --force ${nameOf(url)} to lose what is there.`,
    );
  });
}

/** Half a sentence about what would be lost, or nothing: tables of ours in which nobody has put anything count as empty. */
async function whatIsThere(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string; ours: boolean }>(
    `select c.relname as name, to_regclass('drizzle.__drizzle_migrations') is not null as ours
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1`,
  );
  const [first] = rows;
  if (!first) return undefined;
  if (!first.ours) return `it has the table ${first.name}`;
  const names = new Set(rows.map(({ name }) => name));
  for (const name of ["orders", "products", "users", "settings"]) {
    if (!names.has(name)) continue;
    const found = await client.query(`select from public.${name} limit 1`);
    if (found.rowCount) return `it has rows in ${name}`;
  }
  return undefined;
}

/** @throws Problem where the backup's migrations are not the first ones of this version's */
export function requireKnown({ migrations }: Manifest): void {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ hash }) => hash);
  if (migrations.every((hash, i) => hash === known[i])) return;
  throw new Problem(
    `The backup was taken by another version of the shop (${migrations.length} migrations, this one knows ${known.length}): restore it with that version or a newer one.`,
  );
}

/** Empties the database and makes the tables as they were when the backup was taken. */
export async function prepare(url: string, { migrations }: Manifest): Promise<void> {
  await wipe(url);
  const folder = mkdtempSync(join(tmpdir(), "tallystick-migrations-"));
  try {
    cpSync(MIGRATIONS, folder, { recursive: true });
    const journal = join(folder, "meta", "_journal.json");
    const all = JSON.parse(readFileSync(journal, "utf8")) as { entries: unknown[] };
    writeFileSync(journal, JSON.stringify({ ...all, entries: all.entries.slice(0, migrations.length) }));
    await migrate(url, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
