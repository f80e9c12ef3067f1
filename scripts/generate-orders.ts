/** Makes a plausible history of many orders by set-based SQL, for benches and for the timing of doctor. Not for real shops. */
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { requireEnv } from "@/lib/env";
import { generation } from "./generating/statements";

const USAGE = `Usage: node scripts/run.mjs scripts/with-shop.ts scripts/generate-orders.ts [--orders 100000] [--seed 1] [--yes]

Adds that many orders of the last year, with payments, stock, parcels, refunds and ledger, as if they had happened.
They cannot be taken away again. --yes is needed where the shop has orders already.`;

/** Adds `orders` orders; the same seed on the same shop makes the same history. `told` hears of each step. */
export async function generateOrders(
  url: string,
  { orders, seed = 1, told = () => {} }: { orders: number; seed?: number; told?: (line: string) => void },
): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "tallystick-generate" },
  });
  try {
    // Triggers are off: what they would refuse is left to doctor, which reads the result.
    await sql.unsafe(
      "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET session_replication_role = replica; SET jit = off; SET work_mem = '128MB'; SET synchronous_commit = off",
    );
    await sql.unsafe("SELECT create_month_partitions(13, 3)");
    await sql.begin(async (tx) => {
      for (const { title, statement } of generation(orders, seed)) {
        const begun = performance.now();
        const { count } = await tx.unsafe(statement);
        told(`${title}: ${count ?? 0} rows, ${Math.round(performance.now() - begun)} ms`);
      }
    });
    await sql.unsafe("SELECT recount_customers()");
    await sql.unsafe("INSERT INTO owner_orders SELECT * FROM owner_order_parts ON CONFLICT DO NOTHING");
    await sql.unsafe("ANALYZE");
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function hasOrders(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql`SELECT EXISTS (SELECT FROM orders) AS there`;
    return row?.there === true;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      orders: { type: "string", default: "100000" },
      seed: { type: "string", default: "1" },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [orders, seed] = [Number(values.orders), Number(values.seed)];
  if (values.help || !Number.isInteger(orders) || orders < 1 || !Number.isInteger(seed)) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const url = requireEnv("DATABASE_URL");
  if (!values.yes && (await hasOrders(url)))
    throw new Error("This shop has orders already; --yes adds the made-up ones to them.");
  const begun = performance.now();
  await generateOrders(url, { orders, seed, told: (line) => console.log(`  ${line}`) });
  console.log(`${orders} orders in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

const entry = process.argv[1];
if (entry && import.meta.url === pathToFileURL(entry).href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
