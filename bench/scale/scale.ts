/** bench/scale: the table of orders alone at many rows: what its list, search, page and figures take, with their plans. */
import { mkdirSync, writeFileSync } from "node:fs";
import { migrate } from "@/db/migrate";
import { startThrowaway } from "@/db/throwaway";
import type { Admin } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { readOrderList } from "@/lib/domain/order-list";
import { readPeriod } from "@/lib/domain/periods";
import { generateOrders } from "@/scripts/generate-orders";
import { warmMs } from "../measure";
import { asMarkdown, PLANS, readPlans } from "../plans";
import { fillOrders, insertMs } from "./fill";

/** Whole orders, with lines and money, of which the others are copies. */
const TEMPLATE = 2_000;

/** Milliseconds that each may take, by what stands before the colon: the same at every size (docs/scale.md). */
const MAY_TAKE: Readonly<Record<string, number>> = { list: 100, search: 150, order: 100, home: 100 };

type Measure = readonly [what: string, run: () => Promise<unknown>];

/** Fills, measures, asks for the plans, and throws the database away. */
export async function runScale({ orders, rounds }: { orders: number; rounds: number }) {
  let logged = "";
  const heard = () => {
    const said = logged;
    logged = "";
    return said;
  };
  const server = await startThrowaway("bench-scale-", {
    durable: false,
    settings: [PLANS, "max_wal_size=8GB"],
    log: (line) => {
      logged += line;
    },
  });
  try {
    await migrate(server.url);
    await generateOrders(server.url, { orders: TEMPLATE });
    process.env.DATABASE_URL = server.url;
    // Read when they are loaded, so not before the address is known.
    const { sql } = await import("@/db/client");
    const { keepDays } = await import("@/lib/services/reports");
    const { systemActor } = await import("@/lib/system");
    await keepDays(systemActor("script"));
    const before = await insertMs(sql, 500);
    const filled = await fillOrders(sql, orders);
    console.log(`  ${filled.orders} orders in ${filled.seconds} s`);
    const after = await insertMs(sql, 500);
    const measures = await measuresOf(sql);
    const lines = [];
    for (const [what, run] of measures) lines.push({ what, ms: await warmMs(rounds, run) });
    const sizes = await sql<{ name: string; mb: number }[]>`
      select relname as name, round(pg_relation_size(oid) / 1048576.0)::int as mb from pg_class
      where oid = 'orders'::regclass or oid in (select indexrelid from pg_index where indrelid = 'orders'::regclass)
      order by 2 desc`;
    mkdirSync("bench/results", { recursive: true });
    writeFileSync("bench/results/scale-plans.txt", asMarkdown(await readPlans(sql, measures, heard)));
    console.table(lines);
    console.table(sizes);
    console.log(
      `  one more row: ${before.toFixed(2)} ms at ${TEMPLATE}, ${after.toFixed(2)} ms at ${filled.orders}`,
    );
    await sql.end({ timeout: 1 });
    const wrong = lines.flatMap(({ what, ms }) => {
      const mayTake = MAY_TAKE[what.split(":")[0] ?? ""] ?? 0;
      return ms !== null && ms <= mayTake
        ? []
        : [`${what}: ${ms ?? "no answer in time"} ms, it may take ${mayTake}`];
    });
    return { ...filled, before, after, lines, sizes, wrong };
  } finally {
    await server.stop();
  }
}

async function measuresOf(sql: typeof import("@/db/client").sql): Promise<Measure[]> {
  const { listOrders, listFirst } = await import("@/lib/queries/admin/orders");
  const { getStaffOrder } = await import("@/lib/queries/admin/order");
  const { getFigures } = await import("@/lib/queries/admin/figures");
  const { getDesk } = await import("@/lib/queries/admin/home");
  const { getToday } = await import("@/lib/queries/admin/calendar");
  const [user] = await sql<{ id: string }[]>`select user_id as id from owners limit 1`;
  const [some] = await sql<{ number: string; email: string; day: string }[]>`
    select number, email, placed_at::date::text as day from orders
    where placed_at < shop_now() - interval '60 days' and number like 'BIG-%' order by placed_at desc limit 1`;
  const [whole] = await sql<
    { number: string }[]
  >`select number from orders where number like 'GEN-%' limit 1`;
  const admin = mint<Admin>({ kind: "admin", userId: user?.id ?? "", orderId: null });
  const { today } = await getToday();
  const list = (query: Record<string, string>) => () =>
    listOrders(admin, { ...readOrderList(query), pageSize: 30 });
  const waiting = { search: "", view: "to-ship", sort: "placed", dir: "asc", page: 1, pageSize: 6 } as const;
  return [
    ["list: page 1", list({})],
    ["list: page 300", list({ page: "300" })],
    ["list: to ship", list({ view: "to-ship" })],
    ["list: unpaid", list({ view: "unpaid" })],
    ["list: by sum", list({ sort: "total" })],
    ["list: one day", list({ from: some?.day ?? "", to: some?.day ?? "" })],
    ["list: refunded", list({ payment: "refunded" })],
    ["search: number", list({ q: some?.number ?? "" })],
    ["search: half a number", list({ q: some?.number.slice(-5) ?? "" })],
    ["search: e-mail", list({ q: some?.email ?? "" })],
    ["search: what all have", list({ q: "example" })],
    ["search: nothing has it", list({ q: "no such thing" })],
    ["order: its page", () => getStaffOrder(admin, whole?.number ?? "")],
    ["home: figures of 30 days", () => getFigures(admin, readPeriod({ period: "30" }, today))],
    ["home: what waits", () => getDesk(admin)],
    ["home: longest waiting", () => listFirst(admin, waiting)],
  ];
}
