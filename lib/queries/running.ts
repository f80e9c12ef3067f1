/** How the shop as a whole is doing, in figures for whoever watches it: jobs, orders, payments, held goods, connections. */
import { sql } from "@/db/client";
import { idAt } from "./counters";

const HOUR_MS = 3_600_000;

/** Reads them; each is bounded by an index. @throws DatabaseFailure */
export async function getRunning(now = Date.now()) {
  // Ids sort by the millisecond in which they were made: an hour of rows is a range of the primary key.
  const since = idAt(now - HOUR_MS);
  const [row] = await sql<
    {
      jobsDue: number;
      jobsLater: number;
      jobsFailed: number;
      oldestDue: number;
      placed: number;
      declined: number;
      held: number;
      heldUnits: number;
    }[]
  >`
    with jobs as (
      select
        count(*) filter (where run_at <= now() and attempts < max_attempts)::int as due,
        count(*) filter (where run_at > now() and attempts < max_attempts)::int as later,
        count(*) filter (where attempts >= max_attempts)::int as failed,
        coalesce(extract(epoch from now() - min(run_at) filter (where run_at <= now() and attempts < max_attempts)), 0)::float8 as oldest
      from graphile_worker.jobs),
    held as (
      select count(distinct o.id)::int as orders, coalesce(sum(l.quantity), 0)::int as units
      from orders o join order_lines l on l.order_id = o.id where o.status = 'pending')
    select jobs.due as "jobsDue", jobs.later as "jobsLater", jobs.failed as "jobsFailed", jobs.oldest as "oldestDue",
      (select count(*)::int from orders where id >= ${since}) as placed,
      (select count(*)::int from payment_attempts where id >= ${since} and outcome = 'failed') as declined,
      held.orders as held, held.units as "heldUnits"
    from jobs, held`;
  const connections = await sql<{ app: string; state: string; count: number }[]>`
    select coalesce(nullif(application_name, ''), 'unnamed') as app, coalesce(state, 'background') as state, count(*)::int as count
    from pg_stat_activity where datname = current_database() and application_name like 'tallystick%' group by 1, 2 order by 1, 2`;
  if (!row) throw new Error("one row of aggregates");
  return { ...row, connections, poolSize: Number(sql.options.max) };
}
