/** Rate limits: fixed windows counted in PostgreSQL, so that all instances count together. */
import { sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { ShopError } from "@/lib/domain/errors";

/** At most `limit` times within a window of `seconds`. */
export interface Limit {
  readonly limit: number;
  readonly seconds: number;
}

/**
 * Counts one try of `subject` ("sign-in:ip:…"). It counts in a transaction of its own: a try stays counted when
 * what it was for rolls back, so call it before, not inside, one.
 * @throws ShopError `too_many` with the seconds until the window ends.
 */
export async function take(subject: string, { limit, seconds }: Limit): Promise<void> {
  const { count, left } = await countIn(db, subject, seconds);
  if (count > limit) throw new ShopError("too_many", { retryAfterSeconds: left });
  // Nobody asks for windows that are over; one call in a hundred sweeps them away.
  if (Math.random() < 0.01) await sweep();
}

/** How often something was counted in the window of now, and the seconds until it ends. */
export interface Counted {
  readonly count: number;
  readonly left: number;
}
export const NONE: Counted = { count: 0, left: 0 };

/** Counts within a transaction, for what is noted there and refused elsewhere. */
export async function count(tx: Tx, subject: string, { seconds }: Limit): Promise<void> {
  await countIn(tx, subject, seconds);
}

/** How often `subject` was counted; counts nothing. */
export async function counted(tx: Tx, subject: string, { seconds }: Limit): Promise<Counted> {
  const [row] = await tx.execute<Row>(sql`
    select count, ${secondsLeft(seconds)} as left from rate_limits where subject = ${subject} and window_start = ${windowStart(seconds)}`);
  return row ?? NONE;
}

/** Takes back one try: what succeeded is no guessing. */
export async function giveBack(subject: string, { seconds }: Limit): Promise<void> {
  const key = sql`subject = ${subject} and window_start = ${windowStart(seconds)}`;
  await db.execute(sql`
    with lowered as (update rate_limits set count = count - 1 where ${key} and count > 1 returning 1)
    delete from rate_limits where ${key} and count = 1 and not exists (select from lowered)`);
}

/** Removes windows that ended a day ago. */
export async function sweep(): Promise<void> {
  await db.execute(sql`delete from rate_limits where window_start < shop_now() - interval '1 day'`);
}

type Row = { count: number; left: number };

async function countIn(on: typeof db | Tx, subject: string, seconds: number): Promise<Counted> {
  const [row] = await on.execute<Row>(sql`
    insert into rate_limits (subject, window_start) values (${subject}, ${windowStart(seconds)})
    on conflict (subject, window_start) do update set count = rate_limits.count + 1
    returning count, ${secondsLeft(seconds)} as left`);
  return row ?? NONE;
}

function secondsLeft(seconds: number) {
  return sql`greatest(1, ceil(extract(epoch from window_start - shop_now()) + ${seconds}::int))::int`;
}

function windowStart(seconds: number) {
  return sql`to_timestamp(floor(extract(epoch from shop_now()) / ${seconds}::int) * ${seconds}::int)`;
}
