/** Days of the demo data: moments in the past, and the database's clock set back for the rest of a transaction. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** A moment `days` days ago at an hour of the day that depends on `salt`, so that rows do not all stand at one time. */
export function daysAgo(days: number, salt = 0): Date {
  const moment = new Date(Date.now() - days * 86_400_000);
  if (days >= 1) moment.setUTCHours(7 + (salt % 13), (salt * 7) % 60, (salt * 13) % 60, 0);
  return moment;
}

/** From here on `shop_now()` answers `moment` in this transaction, and with it every default and trigger. */
export async function turnClock(tx: Tx, moment: Date): Promise<void> {
  await tx.execute(sql`select set_config('shop.clock', ${moment.toISOString()}, true)`);
}
