/** bench/home: what the back office reads at a million order lines; the home also before its past days are kept. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import connect from "postgres";
import { startPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { systemActor } from "@/lib/system";
import { generateOrders } from "@/scripts/generate-orders";
import { medianMs } from "../measure";
import { asMarkdown, PLANS, readPlans } from "../plans";
import { measuresOf } from "./measures";

/** The reads whose plans are written down: those of an admin, who sees everything. */
const KEPT =
  /^(?:home, admin(?:, 30)?:|orders, admin: (?:all|page 300|view to-ship|by sum|one day|number|half a number|e-mail|half an e-mail|name|SKU|what all have .*)$|order, admin: its page|customers, admin: (?:by value|search))/;

export interface HomeLine {
  readonly what: string;
  /** Milliseconds, the median of `rounds`; null where it took longer than a statement may. */
  readonly live: number | null;
  readonly kept: number | null;
}

/** Room for the indexes while they grow: with the shop's own settings a million orders take three times as long. */
const ROOM = ["shared_buffers=4GB", "max_wal_size=32GB", "checkpoint_timeout=1h", "autovacuum=off"];

/** Generates the orders, measures before and after the days are kept, prints a table and answers the figures. */
export async function runHome({ orders, rounds }: { orders: number; rounds: number }) {
  const dataDir = mkdtempSync(join(tmpdir(), "bench-home-"));
  const place = { dataDir: join(dataDir, "postgres"), durable: false };
  const logged: string[] = [];
  let server = await startPostgres({ ...place, settings: ROOM });
  try {
    await migrate(server.url);
    await generateOrders(server.url, { orders, told: (line) => console.log(`  ${line}`) });
    // A stop waits ten seconds; without this one the next start would read all of it again.
    const writer = connect(server.url, { max: 1 });
    await writer`checkpoint`;
    await writer.end();
    await server.stop();
    // Measured with the settings of a shop.
    server = await startPostgres({ ...place, settings: [PLANS], log: (line) => logged.push(line) });
    process.env.DATABASE_URL = server.url;
    // Read when they are loaded, so not before the address is known.
    const { sql } = await import("@/db/client");
    const { keepDays } = await import("@/lib/services/reports");
    const measures = await measuresOf(sql);
    const before = new Map<string, number | null>();
    for (const [what, run] of measures.filter(([name]) => name.startsWith("home")))
      before.set(what, await medianMs(1, run).catch(() => null));
    const begun = performance.now();
    const days = await keepDays(systemActor("script"));
    const keptIn = Math.round(performance.now() - begun);
    // What the autovacuum of a shop has done long since.
    for (const table of [
      "sales_days",
      "product_days",
      "orders",
      "order_lines",
      "order_addresses",
      "fulfilments",
    ])
      await sql`vacuum analyze ${sql(table)}`;
    const lines: HomeLine[] = [];
    for (const [what, run] of measures)
      lines.push({
        what,
        live: before.get(what) ?? null,
        kept: await medianMs(rounds, run).catch(() => null),
      });
    const [count] = await sql<{ lines: number; entries: number }[]>`
      select (select count(*) from order_lines)::int as lines, (select count(*) from ledger_entries)::int as entries`;
    console.log(`${count?.lines} order lines, ${count?.entries} entries; ${days} days kept in ${keptIn} ms`);
    console.table(
      lines.map(({ what, live, kept }) => ({
        what,
        "on the spot, ms": live ?? (what.startsWith("home") ? "over 5 s" : ""),
        "kept, ms": kept,
      })),
    );
    mkdirSync("bench/results", { recursive: true });
    const decided = measures.filter(([what]) => KEPT.test(what));
    const plans = await readPlans(sql, decided, () => logged.splice(0).join(""));
    writeFileSync("bench/results/home-plans.md", asMarkdown(plans));
    await sql.end({ timeout: 1 });
    return { ...count, days, keptIn, lines };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
