/** The names and payloads of background jobs, and the one way to enqueue one: in the transaction that causes it. */
import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { notes } from "@/lib/running/notes.mjs";
import { isTracing } from "@/lib/running/trace.mjs";

/**
 * Every job and what it is told: ids and little else, because a job reads the rest when it runs.
 * A domain adds its own beside its handlers: `declare module "@/lib/queue" { interface Jobs { … } }`.
 */
export interface Jobs {
  /** Does nothing; tests and `npm run doctor` use it to see whether jobs run. */
  "queue.ping": { note?: string };
}

export type JobName = keyof Jobs & string;

export type EnqueueOptions = {
  /** `kind:id`. While a job of this key waits, enqueueing it again replaces it instead of adding a second one. */
  key?: string;
  /** Not before this moment, or one that the database works out; at once when left out. */
  runAt?: Date | SQL;
  /** Tries with growing pauses before it is given up; 25 (about three days) when left out. */
  maxAttempts?: number;
  /** Higher waits longer; 0 when left out. */
  priority?: number;
  /** Jobs of one queue run one after the other. */
  queue?: string;
};

/**
 * Adds a job as part of `tx`: it exists if and only if the transaction commits.
 * Throws when the database does.
 */
export async function enqueue<J extends JobName>(
  tx: Tx | Db,
  job: J,
  payload: Jobs[J],
  options: EnqueueOptions = {},
): Promise<void> {
  await tx.execute(sql`select ${addJob(job, payload, options)}`);
}

/** The same as an expression, answering the job's id, for a statement that changes a row and adds its job at once. */
export function addJob<J extends JobName>(
  job: J,
  payload: Jobs[J],
  { key, runAt, maxAttempts, priority, queue }: EnqueueOptions = {},
): SQL<string> {
  return sql<string>`(graphile_worker.add_job(
    ${job}::text,
    payload := ${JSON.stringify(traced(payload))}::json,
    job_key := ${key ?? null}::text,
    run_at := (${runAt instanceof Date ? runAt.toISOString() : (runAt ?? null)})::timestamptz,
    max_attempts := ${maxAttempts ?? null}::int,
    priority := ${priority ?? null}::int,
    queue_name := ${queue ?? null}::text
  )).id`;
}

const TRACE = "_trace";

/** The trace that causes a job goes along with it, so that its span hangs below. */
function traced(payload: object): object {
  const trace = isTracing() ? notes.getStore()?.trace : undefined;
  return trace ? { ...payload, [TRACE]: trace } : payload;
}

/** A job's payload as it was enqueued, and the trace that came along. */
export function untraced(given: unknown): { payload: unknown; trace: string | undefined } {
  if (typeof given !== "object" || given === null || !(TRACE in given))
    return { payload: given, trace: undefined };
  const { [TRACE]: trace, ...payload } = given as Record<string, unknown>;
  return { payload, trace: typeof trace === "string" ? trace : undefined };
}
