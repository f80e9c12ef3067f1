/** For tests of the schema: run something and undo it, and learn how the database refused it. */
import postgres, { type TransactionSql } from "postgres";
import { sql } from "../client";

/** SQLSTATEs that a rule of the schema answers with. */
export const NOT_UNIQUE = "23505";
export const NO_PARENT = "23503";
export const BROKEN_CHECK = "23514";
export const RESTRICTED = "23001";

const UNDO = new Error("undo");

/** Runs `work` in a transaction that is rolled back, whatever it did. */
export async function undone(work: (tx: TransactionSql) => Promise<void>): Promise<void> {
  await sql
    .begin(async (tx) => {
      await work(tx);
      throw UNDO;
    })
    .catch((error: unknown) => {
      if (error !== UNDO) throw error;
    });
}

export interface Refusal {
  code: string;
  constraint: string | undefined;
  message: string;
}

/** How the database refused `work`; undefined where it took it. Undone either way, and the transaction goes on. */
export async function refusal(
  tx: TransactionSql,
  work: (tx: TransactionSql) => Promise<unknown>,
): Promise<Refusal | undefined> {
  try {
    await tx.savepoint(async (inner) => {
      await work(inner);
      throw UNDO;
    });
    return undefined;
  } catch (error) {
    if (error === UNDO) return undefined;
    if (!(error instanceof postgres.PostgresError)) throw error;
    return { code: error.code, constraint: error.constraint_name, message: error.message };
  }
}
