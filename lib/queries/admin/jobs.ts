/** Background jobs in the back office: what waits, runs and failed, and what time starts. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";
import type { Direction } from "@/lib/domain/back-office";
import { type JobSort, type JobState, type JobView, jobDirection } from "@/lib/domain/engine-room";
import { contains, type Fragment, limited, type Page, pagesOf, wayOf } from "./scope";

export interface JobRow {
  readonly id: string;
  readonly name: string;
  /** `kind:id`, where the job has one. */
  readonly key: string | null;
  readonly state: JobState;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly lastError: string | null;
  readonly runAt: Date;
  readonly createdAt: Date;
}

export interface JobQuery extends Page {
  /** Part of a name, a key or an error. */
  readonly search: string;
  readonly view: JobView;
  readonly sort: JobSort;
  readonly dir?: Direction | "";
}

const STATE = sql`case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed'
  when j.attempts > 0 then 'retrying' else 'waiting' end`;

const inView = (view: JobView): Fragment => (view === "all" ? sql`true` : sql`${STATE} = ${view}`);

const orderBy: Record<JobSort, () => Fragment> = {
  due: () => sql`j.run_at`,
  name: () => sql`j.task_identifier`,
  tries: () => sql`j.attempts`,
  since: () => sql`j.created_at`,
};

/** One page of jobs, with how many each view holds. Jobs that are done leave no row. */
export async function listJobs(_admin: Admin, query: JobQuery) {
  const { search } = query;
  const found = search
    ? sql`(${contains(sql`j.task_identifier`, search)} or ${contains(sql`coalesce(j.key, '')`, search)}
        or ${contains(sql`coalesce(j.last_error, '')`, search)})`
    : sql`true`;
  const way = wayOf(query, jobDirection);
  const [rows, [counts]] = await Promise.all([
    sql<(Omit<JobRow, "runAt" | "createdAt"> & { runAt: string; createdAt: string })[]>`
      select j.id::text as id, j.task_identifier as name, j.key, ${STATE} as state, j.attempts::int as attempts,
        j.max_attempts::int as "maxAttempts", j.last_error as "lastError", j.run_at as "runAt", j.created_at as "createdAt"
      from graphile_worker.jobs j where ${found} and ${inView(query.view)} order by ${orderBy[query.sort]()} ${way}, j.id ${way} ${limited(query)}`,
    sql<Record<JobView, number>[]>`
      select count(*)::int as all, count(*) filter (where ${inView("failed")})::int as failed,
        count(*) filter (where ${inView("retrying")})::int as retrying,
        count(*) filter (where ${inView("running")})::int as running,
        count(*) filter (where ${inView("waiting")})::int as waiting
      from graphile_worker.jobs j where ${found}`,
  ]);
  const views = counts ?? { all: 0, failed: 0, retrying: 0, running: 0, waiting: 0 };
  return {
    rows: rows.map(
      (row): JobRow => ({ ...row, runAt: new Date(row.runAt), createdAt: new Date(row.createdAt) }),
    ),
    counts: views,
    pages: pagesOf(views[query.view], query),
  };
}

export interface RegularJob {
  readonly name: string;
  /** Null: not since the worker knows it. */
  readonly lastRun: Date | null;
}

/** The jobs that time starts, with their last run. */
export async function listRegularJobs(_admin: Admin): Promise<RegularJob[]> {
  const rows = await sql<{ name: string; lastRun: string | null }[]>`
    select identifier as name, last_execution as "lastRun" from graphile_worker._private_known_crontabs order by 1`;
  return rows.map(({ name, lastRun }) => ({ name, lastRun: lastRun ? new Date(lastRun) : null }));
}

/** What of the engine room asks for somebody: failed events, jobs that were given up, mail that failed. */
export async function countTroubles(
  _admin: Admin,
): Promise<{ webhooks: number; jobs: number; mail: number }> {
  const [row] = await sql<{ webhooks: number; jobs: number; mail: number }[]>`
    select (select count(*) from webhook_events where processed_at is null)::int as webhooks,
      (select count(*) from graphile_worker.jobs where attempts >= max_attempts and locked_at is null)::int as jobs,
      (select count(*) from mail where status = 'failed')::int as mail`;
  return row ?? { webhooks: 0, jobs: 0, mail: 0 };
}
