import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { ShopError } from "@/lib/domain/errors";
import { listJobs, listRegularJobs } from "@/lib/queries/admin/jobs";
import { enqueue } from "@/lib/queue";
import { giveUp, retryNow } from "./jobs";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** A job of its own, in a state of the queue. */
async function job(note: string, state: { attempts?: number; max?: number; locked?: boolean } = {}) {
  await enqueue(db, "queue.ping", { note }, { key: `ping:${note}`, runAt: new Date(Date.now() + 3_600_000) });
  const [row] = (await db.execute(sql`
    UPDATE graphile_worker._private_jobs SET attempts = ${state.attempts ?? 0}, max_attempts = ${state.max ?? 25},
      last_error = ${state.attempts ? "It broke" : null}::text,
      locked_at = CASE WHEN ${state.locked ?? false} THEN now() END, locked_by = CASE WHEN ${state.locked ?? false} THEN 'w' END
    WHERE key = ${`ping:${note}`} RETURNING id::text`)) as unknown as { id: string }[];
  return row?.id ?? "";
}
const list = (view: "all" | "failed" | "retrying" | "running" | "waiting") =>
  listJobs(world.admin, { search: "ping:", view, sort: "since", page: 1, pageSize: 10 });
const refused = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(ShopError);

test("jobs are listed by where they stand; a failed one runs again or is given up, on the record", async () => {
  const [waiting, vain, failed, running] = [
    await job("a"),
    await job("b", { attempts: 3 }),
    await job("c", { attempts: 25 }),
    await job("d", { attempts: 1, locked: true }),
  ];
  const { counts } = await list("all");
  expect(counts).toEqual({ all: 4, failed: 1, retrying: 1, running: 1, waiting: 1 });
  expect((await list("failed")).rows).toMatchObject([
    { id: failed, name: "queue.ping", key: "ping:c", attempts: 25, maxAttempts: 25, lastError: "It broke" },
  ]);

  await retryNow(world.admin, { jobId: failed });
  expect((await list("waiting")).rows.map(({ id }) => id).sort()).toEqual([waiting, failed].sort());
  expect((await list("waiting")).rows.find(({ id }) => id === failed)?.runAt.getTime()).toBeLessThanOrEqual(
    Date.now() + 60_000,
  );
  await giveUp(world.admin, { jobId: vain });
  expect((await list("all")).counts.all).toBe(3);
  for (const jobId of [waiting, running, vain, "999999999"]) {
    await refused(retryNow(world.admin, { jobId }));
    await refused(giveUp(world.admin, { jobId }));
  }
  expect((await list("all")).counts.all).toBe(3);

  const log = await db.select().from(audit).where(eq(audit.subject, "jobs")).orderBy(audit.id);
  expect(log).toMatchObject([
    { action: "job.retry", subjectId: failed, before: { attempts: 25 }, after: { attempts: 0 } },
    { action: "job.give_up", subjectId: vain, before: { key: "ping:b", lastError: "It broke" } },
  ]);
});

test("regular jobs are told with their last run", async () => {
  await db.execute(sql`INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
    VALUES ('mail.requeue', now(), now()) ON CONFLICT (identifier) DO UPDATE SET last_execution = now()`);
  const regular = await listRegularJobs(world.admin);
  expect(regular.find(({ name }) => name === "mail.requeue")?.lastRun).toBeInstanceOf(Date);
});
