/** The books as admins see them: the trial balance, and the doctor's checks of money, run on the spot. */
import type { TransactionSql } from "postgres";
import { books } from "@/db/books/all";
import { type Broken, type Check, type Invariant, invariants, SNAPSHOT } from "@/db/books/check";
import { sql } from "@/db/client";
import { databaseFailureOf } from "@/db/failures";
import type { Admin } from "@/lib/domain/actors";
import type { LedgerAccount } from "@/lib/domain/ledger";

export interface AccountRow {
  readonly account: LedgerAccount;
  readonly currency: string;
  readonly entries: number;
  /** Minor units, as are the next two. */
  readonly debit: number;
  readonly credit: number;
  /** Debit less credit. */
  readonly balance: number;
}

export interface TrialBalance {
  readonly rows: readonly AccountRow[];
  /** Per currency; debit and credit are equal where the ledger balances. */
  readonly sums: readonly { currency: string; debit: number; credit: number }[];
  readonly transactions: number;
}

/** Every account with what was debited and credited since the first day. */
export async function getTrialBalance(_admin: Admin): Promise<TrialBalance> {
  return sql.begin(async (tx) => {
    await tx.unsafe(`SET TRANSACTION ${SNAPSHOT}`);
    await tx.unsafe(PATIENCE);
    const rows = await tx<AccountRow[]>`
      select e.account, t.currency, count(*)::int as entries,
        coalesce(sum(e.amount) filter (where e.amount > 0), 0)::float8 as debit,
        coalesce(-sum(e.amount) filter (where e.amount < 0), 0)::float8 as credit, sum(e.amount)::float8 as balance
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      group by 1, 2 order by t.currency, e.account`;
    const [count] = await tx<{ count: number }[]>`select count(*)::int as count from ledger_transactions`;
    const currencies = [...new Set(rows.map(({ currency }) => currency))];
    return {
      rows: [...rows],
      sums: currencies.map((currency) => ({
        currency,
        debit: total(rows, currency, "debit"),
        credit: total(rows, currency, "credit"),
      })),
      transactions: count?.count ?? 0,
    };
  });
}

export interface RemittanceRow {
  readonly id: string;
  readonly at: Date;
  readonly reference: string;
  /** Minor units of the currency; null: the store's, in entries from before it was written down. */
  readonly amount: number;
  readonly currency: string | null;
}

/** What couriers handed over: how often so far, and the last five. */
export async function listRemittances(_admin: Admin): Promise<{ count: number; last: RemittanceRow[] }> {
  const [counted] = await sql<{ count: number }[]>`
    select count(*)::int as count from ledger_transactions where kind = 'cash_remitted'`;
  const last = await sql<(Omit<RemittanceRow, "at"> & { at: string })[]>`
    select id, created_at::text as at, coalesce(after ->> 'reference', '') as reference, (after ->> 'amount')::float8 as amount,
      after ->> 'currency' as currency
    from audit where action = 'cash.remit' order by created_at desc, id desc limit 5`;
  return { count: counted?.count ?? 0, last: last.map((row) => ({ ...row, at: new Date(row.at) })) };
}

const total = (rows: readonly AccountRow[], currency: string, side: "debit" | "credit") =>
  rows.reduce((sum, row) => sum + (row.currency === currency ? row[side] : 0), 0);

export interface Proof {
  readonly invariant: Invariant;
  /** What the invariant says. */
  readonly says: string;
  readonly title: string;
  /** What breaks it, at most `NAMED`; null where reading took too long. */
  readonly broken: readonly Broken[] | null;
  readonly ms: number;
}

const OF_MONEY: readonly Invariant[] = ["I4", "I5", "I7", "I8", "I13"];
const NAMED = 20;

/** Beyond this many entries the checks take seconds: they run when somebody asks for them. */
const SMALL = 60_000;

/** Whether the checks are quick enough to run with every look at the page. */
export async function isQuickToProve(_admin: Admin): Promise<boolean> {
  const [row] = await sql<{ few: boolean }[]>`
    select count(*) <= ${SMALL} as few from (select from ledger_entries limit ${SMALL + 1}) few_of_them`;
  return row?.few ?? false;
}

/** Runs the doctor's checks of money, all in one state of the database. */
export async function proveBooks(_admin: Admin): Promise<Proof[]> {
  const checks = books.filter(({ invariant }) => OF_MONEY.includes(invariant));
  return sql.begin(async (tx) => {
    await tx.unsafe(`SET TRANSACTION ${SNAPSHOT}`);
    await tx.unsafe(PATIENCE);
    await tx.unsafe("SET LOCAL jit = off");
    await tx.unsafe("SET LOCAL work_mem = '64MB'");
    const end = performance.now() + ALL_MS;
    const proofs: Proof[] = [];
    for (const check of checks) {
      const begun = performance.now();
      const broken = begun < end ? await run(tx, check) : null;
      const { invariant, title } = check;
      const ms = Math.round(performance.now() - begun);
      proofs.push({ invariant, title, says: invariants[invariant], broken, ms });
    }
    return proofs;
  });
}

/** Longer than the shop's own limit, shorter than the wait for an answer (db/guarded.ts). */
const PATIENCE = "SET LOCAL statement_timeout = '12s'";
/** Milliseconds after which no further check is begun: somebody waits for the page. */
const ALL_MS = 40_000;

/** Null where PostgreSQL gave up on it: a check that was not made proves nothing. */
async function run(tx: TransactionSql, { sql: statement }: Check): Promise<Broken[] | null> {
  try {
    return await tx.savepoint(async (part) => [
      ...((await part.unsafe(`${statement} LIMIT ${NAMED}`)) as unknown as Broken[]),
    ]);
  } catch (error) {
    if (databaseFailureOf(error)?.kind === "busy") return null;
    throw error;
  }
}
