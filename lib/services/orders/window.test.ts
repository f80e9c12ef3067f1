import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { settings } from "@/db/schema/settings";
import { wrongInTheBooks } from "@/db/testing/books";
import { runJobs, stateOf } from "@/db/testing/orders";
import { completeWhenDue } from "./complete";
import { deliver } from "./deliver";
import { ship } from "./ship";
import { sweepOrders } from "./sweep";

const DAY = 86_400_000;
let world: Cast;
beforeAll(async () => {
  world = await cast();
  await db.update(settings).set({ returnWindowDays: 7 });
});

async function delivered() {
  const variantId = await shelf(world, 9);
  const { orderId } = await order(guest(), [{ variantId, quantity: 1 }], { method: "cash_on_delivery" });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId, shipmentId });
  // Cash is collected by job.
  await runJobs();
  return orderId;
}
/** It arrived that long ago, by the shop's clock. */
const arrived = (orderId: string, ago: string) =>
  db
    .update(orders)
    .set({ deliveredAt: sql`shop_now() - ${ago}::interval` })
    .where(eq(orders.id, orderId));
const keyOf = (orderId: string) => `orders.complete:${orderId}`;
const dueOf = async (orderId: string) => {
  const [row] = await db.execute<{ at: string }>(
    sql`SELECT run_at::text AS at FROM graphile_worker.jobs WHERE key = ${keyOf(orderId)}`,
  );
  return row && new Date(row.at).getTime();
};
/** The job comes, whether it is due or not. */
async function runEarly(orderId: string): Promise<void> {
  await db.execute(
    sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = ${keyOf(orderId)}`,
  );
  await runJobs();
}

it("plans the end of an order for seven days after it arrived where the settings say seven", async () => {
  const before = Date.now();
  const due = await dueOf(await delivered());
  expect(due).toBeGreaterThanOrEqual(before + 7 * DAY - 1_000);
  expect(due).toBeLessThanOrEqual(Date.now() + 7 * DAY + 60_000);
});

it("completes it after seven days and not a minute before, by job and by the sweep", async () => {
  const orderId = await delivered();
  for (const early of ["6 days", "6 days 23 hours 59 minutes"]) {
    await arrived(orderId, early);
    await runEarly(orderId);
    expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
    expect((await sweepOrders(world.system))["orders.complete"]).toBe(0);
    expect(await completeWhenDue(world.system, orderId)).toBe(false);
  }
  await arrived(orderId, "7 days 1 second");
  await runEarly(orderId);
  expect(await stateOf(orderId)).toMatchObject({ status: "completed" });

  const lost = await delivered();
  await db.execute(sql`SELECT graphile_worker.remove_job(${keyOf(lost)})`);
  await arrived(lost, "7 days 1 second");
  expect((await sweepOrders(world.system))["orders.complete"]).toBe(1);
  await runJobs();
  expect(await stateOf(lost)).toMatchObject({ status: "completed" });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("goes by what the settings say when the moment comes: a longer window holds what is not over", async () => {
  const orderId = await delivered();
  await arrived(orderId, "8 days");
  await db.update(settings).set({ returnWindowDays: 14 });
  await runEarly(orderId);
  expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
  const due = await dueOf(orderId);
  expect(Math.round(((due ?? 0) - Date.now()) / DAY)).toBe(6);
  await db.update(settings).set({ returnWindowDays: 7 });
  await runEarly(orderId);
  expect(await stateOf(orderId)).toMatchObject({ status: "completed" });
});
