/** One way to open a transaction: it retries what PostgreSQL asks to retry, and joins a transaction that is open. */
import { AsyncLocalStorage } from "node:async_hooks";
import { is } from "drizzle-orm";
import { PgTransaction, type PgTransactionConfig } from "drizzle-orm/pg-core";
import { db, type Tx } from "./client";

/** serialization_failure, deadlock_detected, lock_not_available (lock_timeout). */
const RETRY = new Set(["40001", "40P01", "55P03"]);
const ATTEMPTS = 5;

const open = new AsyncLocalStorage<true>();

/**
 * Runs `fn` in a transaction and answers what it answers; whatever it throws rolls back and is thrown on.
 * With `opts.tx` it joins that transaction instead and leaves retrying to whoever opened it.
 * Otherwise serialisation failures, deadlocks and lock time-outs are tried again, 5 attempts in all, so `fn`
 * must not do anything outside the database.
 */
export async function withTx<T>(
  fn: (tx: Tx) => Promise<T>,
  opts: { tx?: Tx | undefined; config?: PgTransactionConfig } = {},
): Promise<T> {
  if (opts.tx) return fn(opts.tx);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction((tx) => open.run(true, () => fn(tx)), opts.config);
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRY.has(sqlState(error) ?? "")) throw error;
      await pause(attempt);
    }
  }
}

/** Is this value an open transaction? For functions whose first argument is a `Tx` or an actor. */
export function isTx(value: unknown): value is Tx {
  return is(value, PgTransaction);
}

/** Are we inside `withTx`? Tests watch every request of the process and fail on one that is made inside. */
export function insideTx(): boolean {
  return open.getStore() === true;
}

/** The SQLSTATE of a database error, also when Drizzle wrapped it; undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const code = (e as Error & { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

// Full jitter: two transactions that ran into each other must not meet again at the same moment.
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
}
