import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { orders } from "@/db/schema/orders";
import { returns } from "@/db/schema/returns";
import { wrongInTheBooks } from "@/db/testing/books";
import { letExpire, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import * as cart from "@/lib/services/cart";
import { completeWhenDue, planCompletion } from "./complete";
import { deliver } from "./deliver";
import { ship } from "./ship";
import { sweepOrders } from "./sweep";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** Paid in cash that the job collected. */
async function delivered() {
  const variantId = await shelf(world, 9);
  const { orderId } = await order(guest(), [{ variantId, quantity: 1 }], { method: "cash_on_delivery" });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId, shipmentId });
  return orderId;
}
const windowOver = (orderId: string) =>
  db.update(orders).set({ deliveredAt: sql`shop_now() - interval '31 days'` }).where(eq(orders.id, orderId));
const jobOf = async (key: string) =>
  (await db.execute(sql`SELECT key, run_at FROM graphile_worker.jobs WHERE key = ${key}`))[0];
const loseJob = (key: string) => db.execute(sql`SELECT graphile_worker.remove_job(${key})`);

describe("completion", () => {
  it("waits for the end of the return window; a job that came too early is planned again", async () => {
    const orderId = await delivered();
    const key = `orders.complete:${orderId}`;
    await runJobs();
    expect(new Date(String((await jobOf(key))?.run_at)).getTime()).toBeGreaterThan(
      Date.now() + 29 * 86_400_000,
    );
    await loseJob(key);
    expect(await completeWhenDue(world.system, orderId)).toBe(false);
    expect(await jobOf(key)).toBeDefined();
    expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
    await windowOver(orderId);
    expect(await completeWhenDue(world.system, orderId)).toBe(true);
    expect(await completeWhenDue(world.system, orderId)).toBe(false);
    expect(await stateOf(orderId)).toMatchObject({ status: "completed" });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is held by a dispute, by an open return and by cash that did not come, and planned again after", async () => {
    const orderId = await delivered();
    await windowOver(orderId);
    const held = async () => {
      expect(await completeWhenDue(world.system, orderId)).toBe(false);
      expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
      expect((await sweepOrders(world.system))["orders.complete"]).toBe(0);
    };
    await held();
    await runJobs();
    await db.update(orders).set({ isDisputed: true }).where(eq(orders.id, orderId));
    await held();
    await db.update(orders).set({ isDisputed: false }).where(eq(orders.id, orderId));
    const ask = async (number: string, ...ways: ("requested" | "approved" | "received")[]) => {
      const id = newId();
      await db.insert(returns).values({ id, number, orderId, ownerId: world.id.lineShop });
      for (const status of ways) {
        await db.update(returns).set({ status }).where(eq(returns.id, id));
        await held();
      }
      return id;
    };
    // One that is received ends with a refund, which is the business of other tests.
    await db.delete(returns).where(eq(returns.id, await ask("R-1", "approved", "received")));
    const id = await ask("R-2", "requested", "approved");
    await withTx(async (tx) => {
      await tx.update(returns).set({ status: "expired" }).where(eq(returns.id, id));
      await planCompletion(tx, orderId);
    });
    await runJobs();
    expect(await stateOf(orderId)).toMatchObject({ status: "completed" });
  });
});

describe("the sweep", () => {
  it("brings back what a lost job left: completion, cash and the end of a payment window, each once", async () => {
    const orderId = await delivered();
    const variantId = await shelf(world, 3);
    const shopper = guest();
    const pending = await order(shopper, [{ variantId, quantity: 2 }]);
    await runJobs();
    const before = await sweepOrders(world.system);
    expect(before).toEqual({ "orders.expire": 0, "payments.collect": 0, "orders.complete": 0 });
    await windowOver(orderId);
    await letExpire(pending.orderId);
    await db
      .update(orders)
      .set({ expiresAt: sql`shop_now() - interval '3 minutes'` })
      .where(eq(orders.id, pending.orderId));
    const other = await delivered();
    for (const key of [
      `orders.complete:${orderId}`,
      `orders.expire:${pending.orderId}`,
      `payments.collect:${other}`,
    ])
      await loseJob(key);
    const all = { "orders.expire": 1, "payments.collect": 1, "orders.complete": 1 };
    expect(await sweepOrders(world.system)).toEqual(all);
    // Those jobs may still run: nobody asks a second time.
    expect(await sweepOrders(world.system)).toEqual(before);
    await runJobs();
    expect(await stateOf(orderId)).toMatchObject({ status: "completed" });
    expect(await stateOf(pending.orderId)).toMatchObject({ status: "cancelled" });
    expect((await stateOf(other))?.captured).toBeGreaterThan(0);
    expect(await stockOf(variantId)).toEqual({ on_hand: 3, reserved: 0 });
    expect(await cart.count(shopper)).toEqual({ count: 2 });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("asks again where a job has failed for good", async () => {
    const orderId = await delivered();
    await runJobs();
    await windowOver(orderId);
    const key = `orders.complete:${orderId}`;
    await db.execute(
      sql`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = ${key}`,
    );
    expect((await sweepOrders(world.system))["orders.complete"]).toBe(1);
    await runJobs();
    expect(await stateOf(orderId)).toMatchObject({ status: "completed" });
  });
});
