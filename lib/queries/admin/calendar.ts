/** Days by the store's own calendar, as the database reckons them. */
import { sql } from "@/db/client";
import type { Days } from "@/lib/domain/periods";
import type { Fragment } from "./scope";

/** The time zone of the store, in SQL. */
export const ZONE: Fragment = sql`(select time_zone from settings where id = 1)`;

/** The moment at which a date begins in the store, in SQL. */
export const startOf = (date: string): Fragment => sql`(${date}::date::timestamp at time zone ${ZONE})`;

/** The moment at which the store's clock shows a time of a date, in SQL. */
export const timeOf = (date: string, time: string): Fragment =>
  sql`((${date}::date + ${time}::time) at time zone ${ZONE})`;

/** Today's date and the time of day in the store, and the database's clock. */
export async function getToday(): Promise<{ today: string; time: string; at: Date }> {
  const [row] = await sql<{ today: string; time: string; at: string }[]>`
    select (shop_now() at time zone ${ZONE})::date::text as today,
      to_char(shop_now() at time zone ${ZONE}, 'HH24:MI:SS') as time, shop_now()::text as at`;
  if (!row) throw new Error("the database has no clock");
  return { today: row.today, time: row.time, at: new Date(row.at) };
}

/** When a period begins, and when it is over. */
export async function momentsOf({ from, to }: Days): Promise<{ from: Date; until: Date }> {
  const [row] = await sql<{ from: string; until: string }[]>`
    select ${startOf(from)}::text as from, (((${to}::date + 1)::timestamp) at time zone ${ZONE})::text as until`;
  if (!row) throw new Error("the database has no calendar");
  return { from: new Date(row.from), until: new Date(row.until) };
}
