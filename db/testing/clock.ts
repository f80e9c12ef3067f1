/** Stops the shop's clock for tests. */
import postgres from "postgres";

/**
 * The shop's clock stands still for every session of this file's database that begins from here on: call it before
 * the first query. Limits count in windows of the clock (a quarter of an hour, an hour): a test that runs over the
 * end of one would be given its tries anew.
 */
export async function stopClock(): Promise<void> {
  const outside = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  const [row] = await outside<{ change: string }[]>`
    SELECT format('ALTER DATABASE %I SET shop.clock = %L', current_database(), now()) AS change`;
  await outside.unsafe(row?.change ?? "");
  await outside.end();
}
