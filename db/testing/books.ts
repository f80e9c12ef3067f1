/** Reads the books for tests: what must hold after anything that happened. */
import { books } from "../books/all";
import { type Broken, type Check, type Invariant, SNAPSHOT } from "../books/check";
import { sql } from "../client";

const STATEMENTS = [`SET TRANSACTION ${SNAPSHOT}`, ...books.map((check) => check.sql)].join(";\n");

/**
 * Every way in which the books are wrong, a sentence each; an empty list is right. `except` names invariants that a
 * test breaks on purpose, such as by moving stock of an order behind the order's back.
 */
export async function wrongInTheBooks(except: readonly Invariant[] = []): Promise<string[]> {
  return (await findings())
    .filter(({ check }) => !except.includes(check.invariant))
    .map(
      ({ check, subject, id, message }) => `${check.invariant} ${subject} ${id}: ${message} (${check.title})`,
    );
}

/** All rows that break something, with the check that found them: every check in one round trip, on one state. */
async function findings(): Promise<(Broken & { check: Check })[]> {
  const answers = (await sql.begin((tx) => tx.unsafe(STATEMENTS))) as unknown as Broken[][];
  return books.flatMap((check, i) => (answers[i + 1] ?? []).map((row) => ({ ...row, check })));
}
