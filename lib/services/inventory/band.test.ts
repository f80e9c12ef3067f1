import { eq, like, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";

vi.hoisted(() => {
  process.env.DATABASE_POOL = "24";
});

import { type Cast, cast, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { notifications } from "@/db/schema/notifications";
import { cacheExpiries } from "@/db/schema/settings";
import {
  availableOf,
  bareOrder,
  bareOrders,
  crowd,
  txWithoutDeadlock,
  wrongCounters,
} from "@/db/testing/stock";
import { withTx } from "@/db/tx";
import { adjust, restock } from "./adjust";
import { setBackorder, setThreshold, spread } from "./policy";
import { release, reserve } from "./reserve";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const told = async (variantId: string) => {
  const [inShop, byMail] = await Promise.all([
    db
      .select()
      .from(notifications)
      .where(like(notifications.dedupeKey, `low_stock:${variantId}:%`)),
    db.execute<{
      to: string;
      left: number;
    }>(sql`SELECT to_email AS to, (data->>'available')::int AS left FROM mail
      WHERE template = 'low_stock' AND dedupe_key LIKE ${`%${variantId}%`}`),
  ]);
  expect(byMail.length).toBe(inShop.length);
  return inShop.length;
};
const soon = () => new Date(Date.now() + 900_000);
const take = (orderId: string, variantId: string, quantity = 1) =>
  txWithoutDeadlock((tx) => reserve(tx, orderId, [{ variantId, quantity, name: "It" }], soon()));

describe("the mark for low stock", () => {
  it("is told to the owner, in the shop and by mail, when it is crossed and not below it", async () => {
    const variantId = await shelf(world, 6);
    await take(await bareOrder(), variantId, 2);
    expect(await told(variantId)).toBe(0);
    await take(await bareOrder(), variantId, 1);
    expect(await told(variantId)).toBe(1);
    await take(await bareOrder(), variantId, 1);
    await adjust(world.line, { variantId, delta: -1, reason: "Broken" });
    expect(await told(variantId)).toBe(1);
    const [row] = await db.select().from(notifications).where(eq(notifications.userId, world.id.line));
    expect(row).toMatchObject({ type: "low_stock", link: `/admin/stock?variant=${variantId}` });
    expect(row?.message).toMatch(/: 3 left\.$/);
  });

  it("is told again after it was left", async () => {
    const variantId = await shelf(world, 4);
    for (let round = 1; round <= 3; round += 1) {
      const orderId = await bareOrder();
      await take(orderId, variantId);
      expect(await told(variantId)).toBe(round);
      await withTx((tx) => release(tx, orderId));
      expect(await told(variantId)).toBe(round);
    }
  });

  it("is a crossing too when it is moved over what is available, once", async () => {
    const variantId = await shelf(world, 6);
    await setThreshold(world.line, { variantId, threshold: 5 });
    expect(await told(variantId)).toBe(0);
    await setThreshold(world.line, { variantId, threshold: 6 });
    await setThreshold(world.line, { variantId, threshold: 9 });
    expect(await told(variantId)).toBe(1);
    await restock(world.line, { variantId, quantity: 10 });
    await Promise.all(
      [16, 17, 18, 19].map((threshold) => setThreshold(world.line, { variantId, threshold })),
    );
    expect(await told(variantId)).toBe(2);
  });

  it("is crossed by a variant on backorder as well", async () => {
    const variantId = await shelf(world, 4);
    await setBackorder(world.line, { variantId, backorder: true, limit: 5 });
    await take(await bareOrder(), variantId, 6);
    expect(await told(variantId)).toBe(1);
  });

  it("is told to nobody who stopped selling, and its mail leads to the stock", async () => {
    const variantId = await shelf(world, 4);
    await db.update(owners).set({ isActive: false }).where(eq(owners.id, world.id.lineShop));
    await take(await bareOrder(), variantId);
    expect(await told(variantId)).toBe(0);
    await db.update(owners).set({ isActive: true }).where(eq(owners.id, world.id.lineShop));
    await setThreshold(world.line, { variantId, threshold: 1 });
    await take(await bareOrder(), variantId, 2);
    expect(await told(variantId)).toBe(1);
    const [row] = await db.execute(
      sql`SELECT data->>'path' AS path FROM mail WHERE template = 'low_stock' AND dedupe_key LIKE ${`%${variantId}%`}`,
    );
    expect(row).toEqual({ path: `/admin/stock/${variantId}` });
  });

  it.each([1, 3])("and pages hear when all that may be owed is owed, with %i rows", async (buckets) => {
    const variantId = await shelf(world, 0);
    await setBackorder(world.line, { variantId, backorder: true, limit: 3 });
    await spread(world.line, { variantId, buckets });
    await db.delete(cacheExpiries);
    const [first, last] = [await bareOrder(), await bareOrder()];
    await take(first, variantId, 2);
    expect(await db.$count(cacheExpiries)).toBe(0);
    await take(last, variantId, 1);
    expect(await db.$count(cacheExpiries)).toBe(2);
    await withTx((tx) => release(tx, last));
    expect(await db.$count(cacheExpiries)).toBe(4);
    await setBackorder(world.line, { variantId, backorder: true, limit: 2 });
    expect(await db.$count(cacheExpiries)).toBe(6);
  });

  it("is left by one big order that lets go, whichever row held it", async () => {
    const variantId = await shelf(world, 20);
    await spread(world.line, { variantId, buckets: 2 });
    const [first, last] = [await bareOrder(), await bareOrder()];
    await take(first, variantId, 10);
    await take(last, variantId, 10);
    expect(await availableOf(variantId)).toBe(0);
    await db.delete(cacheExpiries);
    await withTx((tx) => release(tx, first));
    expect(await db.$count(cacheExpiries)).toBe(2);
  });

  it.each([1, 4, 16])("is told once to 40 shoppers at once, with %i rows", async (buckets) => {
    for (let round = 0; round < 4; round += 1) {
      const variantId = await shelf(world, 40);
      await setThreshold(world.line, { variantId, threshold: 7 });
      await spread(world.line, { variantId, buckets });
      await db.delete(cacheExpiries);
      const orders = await bareOrders(40);
      await crowd(20, orders, (orderId) => take(orderId, variantId));
      expect(await availableOf(variantId)).toBe(0);
      expect(await told(variantId)).toBe(1);
      // In to low, low to out: two tags each.
      expect(await db.$count(cacheExpiries)).toBe(4);
      // All of them back at once: out to low to in, and nobody is told of low stock.
      await crowd(20, orders, (orderId) =>
        txWithoutDeadlock(async (tx) => void (await release(tx, orderId))),
      );
      expect(await told(variantId)).toBe(1);
      expect(await db.$count(cacheExpiries)).toBe(8);
      expect(await wrongCounters(variantId)).toEqual([]);
    }
  });

  it.each([1, 5])("agrees with the crossings of a random history, with %i rows", async (buckets) => {
    const seed = Number(process.env.STOCK_SEED ?? Date.now() % 1_000_000);
    console.info(`seed ${seed}`);
    const next = random(seed);
    const variantId = await shelf(world, 12);
    await spread(world.line, { variantId, buckets });
    let crossings = 0;
    let before = 12;
    for (let step = 0; step < 60; step += 1) {
      const isDown = next() < 0.5 && before > 0;
      if (isDown) await take(await bareOrder(), variantId, 1 + Math.floor(next() * Math.min(before, 6)));
      else await restock(world.line, { variantId, quantity: 1 + Math.floor(next() * 6) });
      const after = await availableOf(variantId);
      if (before > 3 && after <= 3) crossings += 1;
      before = after;
      expect(await told(variantId), `seed ${seed}, step ${step}`).toBe(crossings);
    }
  });
});

/** Mulberry32: numbers from 0 to 1 that a seed repeats. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
