/** The demo's clock: sets the database's `shop_now()` for the seed's one connection, so that services act in the past. */
import { sql } from "../client";

/**
 * From here on the shop's clock says `moment`. Only with a pool of one connection (DATABASE_POOL=1), because the
 * setting belongs to the session. Null: real time again.
 */
export async function setClock(moment: Date | null): Promise<void> {
  await sql`SELECT set_config('shop.clock', ${moment?.toISOString() ?? ""}, false)`;
}
