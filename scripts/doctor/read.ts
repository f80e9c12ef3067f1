/** Reads the books over two connections that see one state of the database, whatever the shop does meanwhile. */
import postgres from "postgres";
import { type Broken, type Check, SNAPSHOT } from "@/db/books/check";

/** What became of one check. */
export interface Result {
  readonly check: Check;
  readonly rows: readonly Broken[];
  readonly ms: number;
}

/** Memory for sorting at once, no compiling of statements that run once, and an end to whatever hangs. */
const SESSION = [
  "SET statement_timeout = '10min'",
  "SET idle_in_transaction_session_timeout = '10min'",
  "SET jit = off",
  "SET work_mem = '96MB'",
  "SET hash_mem_multiplier = 2",
  "SET max_parallel_workers_per_gather = 0",
];

/**
 * Runs every check once and answers them in their order; `onDone` hears of each as it ends.
 * Throws what the database says when it cannot be read.
 */
export async function readBooks(
  url: string,
  checks: readonly Check[],
  onDone: (result: Result, left: number) => void = () => {},
): Promise<Result[]> {
  const waiting = [...checks];
  const results = new Map<Check, Result>();
  const work = async (connection: postgres.Sql): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const begun = performance.now();
      const rows = (await connection.unsafe(check.sql)) as unknown as Broken[];
      const result = { check, rows: [...rows], ms: Math.round(performance.now() - begun) };
      results.set(check, result);
      onDone(result, checks.length - results.size);
    }
  };
  const [first, second] = [1, 2].map(() => ownConnection(url));
  if (!first || !second) throw new Error("two connections are made above");
  try {
    const snapshot = await open(first);
    await open(second, snapshot);
    await Promise.all([work(first), work(second)]);
  } finally {
    await Promise.all([first.end({ timeout: 1 }), second.end({ timeout: 1 })]);
  }
  return checks.flatMap((check) => results.get(check) ?? []);
}

/** Without the shop's limits of seconds, which are for people who wait. */
function ownConnection(url: string): postgres.Sql {
  return postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "tallystick-doctor" },
  });
}

/** One connection, one transaction that is never written to and ends with the connection. Answers its snapshot. */
async function open(connection: postgres.Sql, snapshot?: string): Promise<string> {
  const join = snapshot ? [`SET TRANSACTION SNAPSHOT '${snapshot}'`] : [];
  const answers = (await connection.unsafe(
    [...SESSION, `BEGIN ${SNAPSHOT}`, ...join, "SELECT pg_export_snapshot() AS id"].join(";\n"),
  )) as unknown as { id: string }[][];
  const id = answers.at(-1)?.[0]?.id;
  if (!id) throw new Error("PostgreSQL named no snapshot");
  return id;
}
