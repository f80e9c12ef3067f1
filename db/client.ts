/** The one connection pool of a process, and Drizzle on top of it. Nothing connects before the first query. */
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

// A build or a type check has no database: the name tells what is missing if something queries all the same.
const UNSET = "postgres://database-url-is-not-set.invalid/none";

/** Milliseconds after which PostgreSQL gives up; a shopper has gone long before a longer wait would end. */
const LIMITS = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
};

/**
 * A pool with the shop's time limits. `max` counts connections.
 * It reconnects by itself after PostgreSQL was restarted; only the queries that were in flight fail.
 */
export function connect(url: string, options: { max?: number; name?: string } = {}): postgres.Sql {
  return postgres(url, {
    max: options.max ?? Number(process.env.DATABASE_POOL ?? 10),
    idle_timeout: 60,
    connect_timeout: 5,
    // A restarting server refuses for a moment: ask again soon instead of after postgres.js's growing pauses.
    backoff: (tries) => Math.min(0.05 * 2 ** tries, 1),
    onnotice: () => {},
    connection: { application_name: options.name ?? process.env.APP_NAME ?? "tallystick", ...LIMITS },
  });
}

/** Drizzle over one pool; columns are written camelCase in code and snake_case in the database. */
export function drizzleOver(client: postgres.Sql): Db {
  return drizzle(preparing(client), { casing: "snake_case" });
}

/**
 * Drizzle never prepares what it sends, and postgres.js asks twice for a statement that is not prepared: once for its
 * types, once for its rows. Statements with parameters are prepared once per connection instead: one round trip, no
 * planning. DATABASE_PREPARE=0 turns it off, for poolers that hand a connection to somebody else between statements.
 */
function preparing<C extends postgres.Sql | postgres.TransactionSql>(client: C): C {
  if (process.env.DATABASE_PREPARE === "0") return client;
  return new Proxy(client, {
    get(target, name) {
      if (name === "unsafe") {
        return (query: string, parameters: postgres.ParameterOrJSON<never>[] = []) =>
          target.unsafe(query, parameters, { prepare: parameters.length > 0 });
      }
      if (name === "begin" && "begin" in target) {
        return (work: (tx: postgres.TransactionSql) => unknown) => target.begin((tx) => work(preparing(tx)));
      }
      if (name === "savepoint" && "savepoint" in target) {
        return (work: (tx: postgres.TransactionSql) => unknown) =>
          target.savepoint((tx) => work(preparing(tx)));
      }
      return Reflect.get(target, name);
    },
  });
}

export type Db = PostgresJsDatabase<Record<string, never>>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

// Hot reload evaluates this module again; without the global every edit would leak a pool.
const held = globalThis as typeof globalThis & { tallystickSql?: postgres.Sql; tallystickDb?: Db };

held.tallystickSql ??= connect(process.env.DATABASE_URL || UNSET);
held.tallystickDb ??= drizzleOver(held.tallystickSql);

/** The postgres.js client of this process. */
export const sql: postgres.Sql = held.tallystickSql;

/** Drizzle on the same pool. */
export const db: Db = held.tallystickDb;
