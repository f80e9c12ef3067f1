/** What a check of the books is: one statement that answers every row that breaks an invariant. */

export type Invariant = `I${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14}`;

/** What each invariant says, for people. I12 is the gateway's list and is not read by SQL alone (scripts/doctor). */
export const invariants: Readonly<Record<Invariant, string>> = {
  I1: "Stock movements sum to the counters, and holds to what is reserved",
  I2: "Nobody holds more than there is",
  I3: "Nothing is sold that never came in",
  I4: "Orders, payments, refunds and the ledger tell the same sums",
  I5: "Each payment that came belongs to one sale or went back",
  I6: "Stock is held for waiting orders only, and only while they wait",
  I7: "Nobody is refunded more than was paid",
  I8: "Discounts are used as often as orders used them, within their limits",
  I9: "Every status was reached by legal steps that left their traces",
  I10: "Inbox, outbox and queue are worked off, each thing once",
  I11: "What was ordered stays as it was ordered",
  I12: "The gateway's list is our list",
  I13: "The ledger balances, and owners are paid what they earned, once",
  I14: "Kept sums of the catalogue and of customers are those of their rows",
};

export interface Check {
  readonly invariant: Invariant;
  /** Unique; says what should be. */
  readonly title: string;
  /** The tables it reads. */
  readonly reads: readonly string[];
  /** Answers rows of (subject, id, message): the table, the row and what is wrong with it. Answers nothing when right. */
  readonly sql: string;
  /** Judges how long something waits: says nothing of a shop that does not run. */
  readonly timed?: true;
}

/** A row that breaks an invariant. */
export interface Broken {
  readonly subject: string;
  readonly id: string;
  readonly message: string;
}

/** Reads it all in one state of the database, however long it takes. */
export const SNAPSHOT = "ISOLATION LEVEL REPEATABLE READ READ ONLY";
