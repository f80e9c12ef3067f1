/** `npm run db:slow`: the statements that cost the database most. */
import { parseArgs } from "node:util";
import { sql } from "@/db/client";
import { makeCounting, readSlow, type SlowOrder } from "@/db/slow";

const USAGE = `Usage: npm run db:slow [-- --by total|mean|calls] [--reset]

The 50 statements that took most time in all (or at each call, or are called most), as pg_stat_statements counted them
since it was last emptied. --reset empties it.`;

try {
  const { values } = parseArgs({
    options: {
      by: { type: "string", default: "total" },
      reset: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (!["total", "mean", "calls"].includes(values.by))
    throw new Error(`--by takes total, mean or calls.\n\n${USAGE}`);
  if (values.help) console.log(USAGE);
  else await report(values.by as SlowOrder, values.reset);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await sql.end({ timeout: 5 });
}

async function report(by: SlowOrder, isReset: boolean): Promise<void> {
  await makeCounting(sql);
  const { rows, hint } = await readSlow(sql, by);
  if (hint) {
    console.log(`  ${hint}`);
    return;
  }
  console.log("     total s      calls    mean ms     max ms  share  statement");
  for (const row of rows)
    console.log(
      `${(row.totalMs / 1_000).toFixed(1).padStart(12)} ${String(row.calls).padStart(10)} ${row.meanMs.toFixed(2).padStart(10)} ${row.maxMs.toFixed(1).padStart(10)} ${`${Math.round(row.share * 100)} %`.padStart(6)}  ${row.statement.slice(0, 160)}`,
    );
  if (isReset) {
    await sql`select pg_stat_statements_reset()`;
    console.log("  ✓ counting begins anew");
  }
}
