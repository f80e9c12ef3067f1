/** Heals the outbox: what a killed worker held is given back, mails without a job get one, lost news are told again. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { enqueueMail } from "./tell";

/** Mails healed at once; the next run takes more. */
const BATCH = 500;

/**
 * The queue itself keeps a dead worker's job locked for hours. Ours end within a minute, so five mean that nobody is
 * working on it any more. Answers how many mails got a new job.
 */
export async function requeue(_system: System): Promise<number> {
  return withTx(async (tx) => {
    await tx.execute(sql`
      SELECT graphile_worker.force_unlock_workers(array_agg(locked_by)) FROM graphile_worker.jobs
      WHERE task_identifier IN ('mail.send', 'notifications.order') AND locked_at < now() - interval '5 minutes'
      HAVING count(*) > 0`);
    const lost = await tx.execute<{ id: string }>(sql`
      SELECT m.id FROM mail m WHERE m.status = 'queued' AND NOT EXISTS (
        SELECT FROM graphile_worker.jobs j WHERE j.key = 'mail:' || m.id
          AND (j.attempts < j.max_attempts OR j.locked_at IS NOT NULL))
      ORDER BY m.created_at LIMIT ${BATCH}`);
    for (const { id } of lost) await enqueueMail(tx, id);
    await tellAgain(tx);
    return lost.length;
  });
}

/**
 * Telling of an order's event that failed on its last try is tried once more every six hours for two weeks: what
 * stopped it may be mended by then, and older news help nobody. What was told of it before is not told twice.
 */
async function tellAgain(tx: Tx): Promise<void> {
  await tx.execute(sql`
    SELECT graphile_worker.reschedule_jobs(array_agg(id), run_at := now(), attempts := max_attempts - 1)
    FROM graphile_worker.jobs
    WHERE task_identifier = 'notifications.order' AND attempts >= max_attempts AND locked_at IS NULL
      AND updated_at < now() - interval '6 hours' AND created_at > now() - interval '14 days'
    GROUP BY max_attempts`);
}
