/** Looks at orders, their stock and their holds for tests, and ends a payment window. */
import { eq, sql } from "drizzle-orm";
import { runJobsOnce } from "@/lib/jobs/worker";
import { db } from "../client";
import { orders } from "../schema/orders";
import { payments } from "../schema/payments";

/** Status and sums of an order, in minor units. */
export async function stateOf(orderId: string) {
  const [row] = await db
    .select({ status: orders.status, captured: orders.captured, refunded: orders.refunded })
    .from(orders)
    .where(eq(orders.id, orderId));
  return row;
}

export async function stockOf(variantId: string) {
  const [row] = await db.execute(
    sql`SELECT on_hand, reserved FROM inventory WHERE variant_id = ${variantId}`,
  );
  return row;
}

export async function paymentOf(orderId: string) {
  const [row] = await db
    .select()
    .from(payments)
    .where(eq(payments.orderId, orderId))
    .orderBy(payments.createdAt);
  if (!row) throw new Error("the order has no payment");
  return row;
}

/** Ends an order's payment window, by the database's clock. */
export async function letExpire(orderId: string): Promise<void> {
  await db
    .update(orders)
    .set({ expiresAt: sql`shop_now() - interval '1 second'` })
    .where(eq(orders.id, orderId));
}

/** All that happened so far happened that many days ago. */
export async function ago(days: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(sql`SELECT create_month_partitions(4, 1)`);
    const back = sql`make_interval(days => ${days})`;
    for (const table of ["ledger_transactions", "ledger_entries", "stock_movements", "carts"])
      await tx.execute(sql`UPDATE ${sql.identifier(table)} SET created_at = created_at - ${back}`);
    await tx.execute(
      sql`UPDATE orders SET placed_at = placed_at - ${back}, confirmed_at = confirmed_at - ${back}`,
    );
  });
}

/** Runs the jobs that are due now. */
export const runJobs = () => runJobsOnce(process.env.DATABASE_URL ?? "");

/** Waits until no job is in hand: a run is over before its queue has heard of the last failure. */
export async function jobsAtRest(): Promise<void> {
  const inHand = () => db.execute(sql`SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL`);
  while ((await inHand()).length > 0) await new Promise((next) => setTimeout(next, 20));
}

/** Runs the jobs that are due while the gateway was told to fail: jobs that meet it are no errors of the log. */
export const runJobsWithoutGateway = () => runJobsOnce(process.env.DATABASE_URL ?? "", "gateway_unavailable");
