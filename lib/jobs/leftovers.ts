/** Jobs that a killed worker had begun: the queue would keep them locked for four hours. */
import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** Several workers may share the database: what no living job takes this long for is a leftover. */
export const LEFTOVER_MINUTES = 15;

/**
 * Frees jobs that were locked more than `minutes` ago, so that they run again. With 0 all of them: right at the start
 * of the only worker, and harmless with several, because a job may run twice. @throws DatabaseFailure
 */
export async function unlockLeftovers(minutes: number): Promise<void> {
  await db.execute(sql`SELECT graphile_worker.force_unlock_workers(ARRAY(
    SELECT DISTINCT locked_by FROM graphile_worker.jobs
    WHERE locked_by IS NOT NULL AND locked_at <= now() - make_interval(mins => ${minutes}::int)))`);
}
