/** Counts that only grow, from which whoever watches reckons rates: read from the rows that are never changed again. */
import { sql } from "@/db/client";

const DAY_MS = 86_400_000;
/** A row's id is made before its COMMIT: by then nothing older can still appear. A transaction may take ten seconds. */
const LATE_MS = 30_000;
const SKEW_MS = 600_000;
const NAMES = ["placed", "paid", "declined", "expired", "cancelled", "refunded"] as const;

/** What happened since midnight, in UTC, until half a minute ago. */
export type Counters = Readonly<Record<(typeof NAMES)[number], number>>;

let known: { day: number; until: number; counters: Counters } | undefined;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Reads them. All processes and all starts of them tell the same, because all begin with the same moment; a process that
 * was asked before counts what is new alone. @throws DatabaseFailure
 */
export function readCounters(now = Date.now()): Promise<Counters> {
  // One after the other: two at once would both add the same rows.
  const mine = turn.then(() => count(now - LATE_MS));
  turn = mine.catch(() => {});
  return mine;
}

async function count(until: number): Promise<Counters> {
  const day = Math.floor(until / DAY_MS) * DAY_MS;
  const before = known?.day === day ? known : { until: day, counters: none() };
  if (until <= before.until) return before.counters;
  const [from, to] = [idAt(before.until), idAt(until)];
  // It tells the months to look into, and leaves out histories that are made up (a demo, an import); ids are made by the
  // servers' clocks, which may be a little off.
  const moment = sql`created_at >= ${new Date(day - SKEW_MS).toISOString()}::timestamptz`;
  const [row] = await sql<Counters[]>`
    select e.placed, e.expired, e.cancelled, e.refunded,
      (select count(*)::int from ledger_transactions where id >= ${from} and id < ${to} and ${moment} and kind = 'captured') as paid,
      (select count(*)::int from payment_attempts where id >= ${from} and id < ${to} and ${moment} and outcome = 'failed') as declined
    from (select count(*) filter (where kind = 'placed')::int as placed,
        count(*) filter (where to_status = 'cancelled' and machine = 'order' and data->>'reason' = 'expired')::int as expired,
        count(*) filter (where to_status = 'cancelled' and machine = 'order' and data->>'reason' is distinct from 'expired')::int as cancelled,
        count(*) filter (where kind = 'refunded')::int as refunded
      from order_events where id >= ${from} and id < ${to} and ${moment}) e`;
  if (!row) throw new Error("one row of aggregates");
  const counters = { ...none() };
  for (const name of NAMES) counters[name] = before.counters[name] + row[name];
  known = { day, until, counters };
  return counters;
}

const none = (): Record<(typeof NAMES)[number], number> => ({
  placed: 0,
  paid: 0,
  declined: 0,
  expired: 0,
  cancelled: 0,
  refunded: 0,
});

/** The least id that was made at this moment: ids sort by the millisecond in which they were made. */
export function idAt(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
