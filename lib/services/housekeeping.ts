/** Housekeeping of the database: partitions made ahead of their month, and rows that nobody needs any more. */
import { sql } from "drizzle-orm";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";

const MONTHS_AHEAD = 3;

/** Creates the partitions of the coming months; those that exist are left alone. */
export async function preparePartitions(_system: System): Promise<void> {
  await withTx((tx) => tx.execute(sql`SELECT create_month_partitions(0, ${MONTHS_AHEAD})`));
}

/** Removes what only had a short life: limits of past windows, sessions and tokens a month after their end. */
export async function sweep(_system: System): Promise<void> {
  await withTx(async (tx) => {
    await tx.execute(sql`DELETE FROM rate_limits WHERE window_start < shop_now() - interval '2 days'`);
    await tx.execute(sql`DELETE FROM sessions WHERE expires_at < shop_now() - interval '30 days'`);
    await tx.execute(sql`DELETE FROM verification_tokens WHERE expires_at < shop_now() - interval '30 days'`);
    await tx.execute(sql`DELETE FROM request_keys WHERE created_at < shop_now() - interval '30 days'`);
  });
}
