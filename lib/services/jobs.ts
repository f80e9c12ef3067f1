/** Background jobs: an admin has one that failed run at once, or gives it up. */
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { write } from "@/lib/services/audit";

interface Job {
  readonly name: string;
  readonly key: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
}

/**
 * Has a job that failed run at once, with all of its tries before it. One that waits for its time is left to it.
 * @throws ShopError not_found for one that never failed, is done, gone or just running
 */
export async function retryNow(admin: Admin, { jobId }: { jobId: string }): Promise<void> {
  await withTx(async (tx) => {
    const job = await find(tx, jobId);
    const moved = await ids(
      tx,
      sql`graphile_worker.reschedule_jobs(${failed(jobId)}, run_at := now(), attempts := 0)`,
    );
    if (!job || moved === 0) throw gone();
    await note(tx, admin, "job.retry", jobId, job, { ...job, attempts: 0 });
  });
}

/**
 * Gives up a job that failed at least once: it is gone, and its error stays in the audit log.
 * @throws ShopError not_found for one that never failed, is gone or just running
 */
export async function giveUp(admin: Admin, { jobId }: { jobId: string }): Promise<void> {
  await withTx(async (tx) => {
    const job = await find(tx, jobId);
    if (!job || (await ids(tx, sql`graphile_worker.complete_jobs(${failed(jobId)})`)) === 0) throw gone();
    const nothing = { name: null, key: null, attempts: null, lastError: null };
    await note(tx, admin, "job.give_up", jobId, job, nothing);
  });
}

/** The job as a list of one, or of none where it never failed. The queue's own functions leave alone what runs. */
const failed = (jobId: string) =>
  sql`ARRAY(SELECT id FROM graphile_worker.jobs WHERE id = ${jobId}::bigint AND attempts > 0)`;

const ids = async (tx: Tx, call: SQL): Promise<number> =>
  ((await tx.execute(sql`SELECT id FROM ${call}`)) as unknown as unknown[]).length;

const gone = () => new ShopError("not_found", { what: "failed job; it may be done by now" });

async function find(tx: Tx, jobId: string): Promise<Job | undefined> {
  const rows = await tx.execute(sql`
    SELECT task_identifier AS name, key, attempts::int AS attempts, left(last_error, 500) AS "lastError"
    FROM graphile_worker.jobs WHERE id = ${jobId}::bigint`);
  return (rows as unknown as Job[])[0];
}

const note = (
  tx: Tx,
  admin: Admin,
  action: string,
  subjectId: string,
  before: Job,
  after: Readonly<Record<string, unknown>>,
): Promise<void> => write(tx, admin, { action, subject: "jobs", subjectId, before: { ...before }, after });
