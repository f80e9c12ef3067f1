/** One way to open a transaction: it retries what PostgreSQL asks to retry, and joins a transaction that is open. */
import { AsyncLocalStorage } from "node:async_hooks";
import { is } from "drizzle-orm";
import { PgTransaction, type PgTransactionConfig } from "drizzle-orm/pg-core";
import { db, type Tx } from "./client";
import { databaseFailureOf, sqlState } from "./failures";

/** serialization_failure, deadlock_detected, lock_not_available (lock_timeout). */
const RETRY = new Set(["40001", "40P01", "55P03"]);
const ATTEMPTS = 5;

const open = new AsyncLocalStorage<true>();

/**
 * Runs `fn` in a transaction and answers what it answers; whatever it throws rolls back and is thrown on.
 * With `opts.tx` it joins that transaction instead and leaves retrying to whoever opened it.
 * Otherwise serialisation failures, deadlocks and lock time-outs are tried again, 5 attempts in all, so `fn`
 * must not do anything outside the database. What cannot be helped is thrown as a DatabaseFailure: `busy` after the
 * last attempt, a full pool or a statement that took too long, `unavailable` without a connection; both changed
 * nothing. `unknown_outcome` (the connection died during COMMIT) is never tried again here.
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
      if (attempt >= ATTEMPTS || !RETRY.has(sqlState(error) ?? "")) throw databaseFailureOf(error) ?? error;
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

// Full jitter: two transactions that ran into each other must not meet again at the same moment.
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
}
