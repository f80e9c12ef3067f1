/** bench/home: what the dashboard's figures cost at a million order lines, on the spot and from the days that were kept. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import type { Admin, Owner } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { readPeriod } from "@/lib/domain/periods";
import { systemActor } from "@/lib/system";
import { generateOrders } from "@/scripts/generate-orders";

export interface HomeLine {
  readonly what: string;
  /** Milliseconds, the median of `rounds`; null where it took longer than a statement may. */
  readonly live: number | null;
  readonly kept: number | null;
}

/** Generates the orders, measures before and after the days are kept, prints a table and answers the figures. */
export async function runHome({ orders, rounds }: { orders: number; rounds: number }) {
  const dataDir = mkdtempSync(join(tmpdir(), "bench-home-"));
  const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), durable: false });
  try {
    await migrate(postgres.url);
    await generateOrders(postgres.url, { orders, told: (line) => console.log(`  ${line}`) });
    process.env.DATABASE_URL = postgres.url;
    // Read when they are loaded, so not before the address is known.
    const { sql } = await import("@/db/client");
    const { keepDays } = await import("@/lib/services/reports");
    const measures = await measuresOf(sql);
    const before = new Map<string, number | null>();
    for (const [what, run] of measures) before.set(what, await median(1, run).catch(() => null));
    const begun = performance.now();
    const days = await keepDays(systemActor("script"));
    const keptIn = Math.round(performance.now() - begun);
    await sql`analyze sales_days, product_days`;
    const lines: HomeLine[] = [];
    for (const [what, run] of measures)
      lines.push({ what, live: before.get(what) ?? null, kept: await median(rounds, run).catch(() => null) });
    const [count] = await sql<{ lines: number; entries: number }[]>`
      select (select count(*) from order_lines)::int as lines, (select count(*) from ledger_entries)::int as entries`;
    console.log(`${count?.lines} order lines, ${count?.entries} entries; ${days} days kept in ${keptIn} ms`);
    console.table(
      lines.map(({ what, live, kept }) => ({
        what,
        "on the spot, ms": live ?? "over 5 s",
        "kept, ms": kept,
      })),
    );
    await sql.end({ timeout: 1 });
    return { ...count, days, keptIn, lines };
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measuresOf(
  sql: typeof import("@/db/client").sql,
): Promise<[string, () => Promise<unknown>][]> {
  const { getFigures, listTopProducts, getConversion } = await import("@/lib/queries/admin/figures");
  const { getToday } = await import("@/lib/queries/admin/calendar");
  const { listCustomers } = await import("@/lib/queries/admin/customers");
  const { getTrialBalance } = await import("@/lib/queries/admin/ledger");
  const { getDesk } = await import("@/lib/queries/admin/home");
  const { listOrders } = await import("@/lib/queries/admin/orders");
  const { getStatement } = await import("@/lib/queries/admin/books");
  const [row] = await sql<{ id: string }[]>`select id from owners order by id limit 1`;
  const ownerId = row?.id ?? "";
  const admin = mint<Admin>({ kind: "admin", userId: ownerId, orderId: null });
  const owner = mint<Owner>({ kind: "owner", userId: ownerId, ownerId, orderId: null });
  const { today, at } = await getToday();
  const [month, quarter] = [readPeriod({}, today), readPeriod({ period: "90" }, today)];
  const page = { search: "", view: "all", dir: "", page: 1, pageSize: 30 } as const;
  const waiting = { search: "", view: "to-ship", sort: "placed", dir: "asc", page: 1 } as const;
  const from = new Date(at.getTime() - 30 * 86_400_000);
  return [
    ["home, 30 days and the 30 before", () => getFigures(admin, month)],
    ["home, 90 days and the 90 before", () => getFigures(admin, quarter)],
    ["home of an owner, 90 days", () => getFigures(owner, quarter)],
    ["top products, 90 days", () => listTopProducts(admin, quarter)],
    ["conversion, 90 days", () => getConversion(quarter)],
    ["what waits to be done", () => getDesk(admin)],
    ["longest waiting orders", () => listOrders(admin, { ...waiting, pageSize: 6 })],
    ["an owner's statement, 30 days", () => getStatement(owner, { ownerId, from, until: at, pageSize: 100 })],
    ["customers by value", () => listCustomers(admin, { ...page, sort: "value" })],
    ["trial balance", () => getTrialBalance(admin)],
  ];
}

async function median(rounds: number, run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const begun = performance.now();
    await run();
    times.push(performance.now() - begun);
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0);
}
