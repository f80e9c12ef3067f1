/** The one connection pool of a process, and Drizzle on top of it. Nothing connects before the first query. */
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { guarded } from "./guarded";

// A build or a type check has no database: the name tells what is missing if something queries all the same.
const UNSET = "postgres://database-url-is-not-set.invalid/none";

/** Milliseconds after which PostgreSQL gives up; a shopper has gone long before a longer wait would end. */
const LIMITS = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
};

/**
 * A pool with the shop's time limits. `max` counts connections; `socket` is the path of the server's Unix socket, used
 * where the address means this machine and the same port.
 * It reconnects by itself after PostgreSQL was restarted; only the queries that were in flight fail, and no wait is
 * endless (see `guarded`). @throws DatabaseFailure from its statements
 */
export function connect(
  url: string,
  options: { max?: number; name?: string; socket?: string | undefined } = {},
): postgres.Sql {
  const pool = postgres(url, {
    path: socketFor(url, options.socket),
    max: options.max ?? Number(process.env.DATABASE_POOL ?? 10),
    idle_timeout: 60,
    connect_timeout: 5,
    // A restarting server refuses for a moment: ask again soon instead of after postgres.js's growing pauses.
    backoff: (tries) => Math.min(0.05 * 2 ** tries, 1),
    onnotice: () => {},
    connection: { application_name: options.name ?? process.env.APP_NAME ?? "tallystick", ...LIMITS },
  });
  askTypesOnce(pool);
  return guarded(pool);
}

/** Never another server's: an address that was changed counts, and a socket that was left behind does not. */
function socketFor(url: string, socket: string | undefined): string | undefined {
  if (!socket || !URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return isHere && socket.endsWith(`.s.PGSQL.${port || 5432}`) ? socket : undefined;
}

/**
 * postgres.js reads the array types anew on each connection, in a promise that nobody holds: a connection that dies
 * meanwhile would end the process. They are the same for all connections, so the first answer serves.
 */
function askTypesOnce(pool: postgres.Sql): void {
  const options = pool.options as typeof pool.options & { shared: { typeArrayMap: Record<number, number> } };
  Object.defineProperty(options, "fetch_types", {
    get: () => Object.keys(options.shared.typeArrayMap).length === 0,
  });
}

/** Drizzle over one pool; columns are written camelCase in code and snake_case in the database. */
export function drizzleOver(client: postgres.Sql): Db {
  return drizzle(client, { casing: "snake_case" });
}

export type Db = PostgresJsDatabase<Record<string, never>>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

// Hot reload evaluates this module again; without the global every edit would leak a pool.
const held = globalThis as typeof globalThis & { tallystickSql?: postgres.Sql; tallystickDb?: Db };

held.tallystickSql ??= connect(process.env.DATABASE_URL || UNSET, { socket: process.env.DATABASE_SOCKET });
held.tallystickDb ??= drizzleOver(held.tallystickSql);

/** The postgres.js client of this process. */
export const sql: postgres.Sql = held.tallystickSql;

/** Drizzle on the same pool. */
export const db: Db = held.tallystickDb;
