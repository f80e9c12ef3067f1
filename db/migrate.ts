/** Brings a database up to date: the queue's own tables first, then the shop's migrations, one process at a time. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runDrizzle } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations } from "graphile-worker";
import postgres from "postgres";

/** Where the shop's migrations lie. */
export const MIGRATIONS = join(dirname(fileURLToPath(import.meta.url)), "migrations");
/** Any number will do, as long as nothing else in the same database takes it. */
const LOCK = 7_201_118;
/** A migration that waits for a lock holds up everybody behind it, who give up after 2 s: it gives way before. */
const LOCK_WAIT = "1s";
const TRIES = 30;
const QUIET = new Logger(() => () => {});

/**
 * Migrates the database at `url`; safe to call from several processes at once (they queue on an advisory lock).
 * Throws what PostgreSQL says when a migration does not apply; each migration is all or nothing.
 */
export async function migrate(url: string, folder = MIGRATIONS): Promise<void> {
  // One connection: the advisory lock belongs to the session that runs the migrations.
  const client = postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "tallystick-migrate" },
  });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    await runMigrations({ connectionString: url, noHandleSignals: true, logger: QUIET });
    if (existsSync(join(folder, "meta", "_journal.json"))) {
      await client.unsafe(`set lock_timeout = '${LOCK_WAIT}'`);
      await patiently(() => runDrizzle(drizzle(client), { migrationsFolder: folder }));
    }
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** All migrations that are missing are one transaction: one that found no lock left nothing behind. */
async function patiently(run: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= TRIES || !isLockTimeout(error)) throw error;
      await setTimeout(Math.random() * 1_000 * Math.min(attempt, 5));
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause)
    if ((e as Error & { code?: unknown }).code === "55P03") return true;
  return false;
}
