import { and, eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { beforeAll, describe, expect, it, vi } from "vitest";

// Before db/client is loaded: enough connections that the shoppers meet in the database, not in the pool.
vi.hoisted(() => {
  process.env.DATABASE_POOL = "32";
});

import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { inventory, stockReservations } from "@/db/schema/inventory";
import {
  availableOf,
  bareOrder,
  bareOrders,
  countersOf,
  crowd,
  txWithoutDeadlock,
  wrongCounters,
} from "@/db/testing/stock";
import { withTx } from "@/db/tx";
import { isShopError } from "@/lib/domain/errors";
import { adjust, restock, setOnHand } from "./adjust";
import { setBackorder, spread } from "./policy";
import { commit, putBack, release, reserve } from "./reserve";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** A variant of Line's with `stock` items over `buckets` rows. */
async function spreadShelf(stock: number, buckets: number): Promise<string> {
  const variantId = await shelf(world, stock);
  await spread(world.line, { variantId, buckets });
  return variantId;
}
const soon = () => new Date(Date.now() + 900_000);
const take = (orderId: string, variantId: string, quantity: number) =>
  txWithoutDeadlock((tx) => reserve(tx, orderId, [{ variantId, quantity, name: "It" }], soon()));
const levelsOf = async (variantId: string) =>
  (await countersOf(variantId)).map((row) => row.onHand - row.reserved);

describe("spreading a variant", () => {
  it("shares out what is there evenly, gathers it again, and makes or loses nothing", async () => {
    const variantId = await spreadShelf(10, 4);
    expect(await levelsOf(variantId)).toEqual([3, 3, 2, 2]);
    await spread(world.line, { variantId, buckets: 8 });
    expect(await levelsOf(variantId)).toEqual([2, 2, 1, 1, 1, 1, 1, 1]);
    expect(await spread(world.line, { variantId, buckets: 1 })).toEqual({ buckets: 1 });
    expect(await levelsOf(variantId)).toEqual([10]);
    expect(await wrongCounters(variantId)).toEqual([]);
    const told = await db
      .select()
      .from(audit)
      .where(and(eq(audit.subjectId, variantId), eq(audit.action, "inventory.spread")));
    expect(told).toHaveLength(3);
  });

  it("is for the owner of the goods, and for sensible numbers", async () => {
    const variantId = await shelf(world, 5);
    await expect(spread(world.ring, { variantId, buckets: 2 })).rejects.toMatchObject({ code: "not_found" });
    for (const buckets of [0, 65, 1.5])
      await expect(spread(world.line, { variantId, buckets })).rejects.toMatchObject({
        code: "invalid_input",
      });
    expect(await countersOf(variantId)).toHaveLength(1);
  });

  it("leaves what orders hold where they hold it, and takes the row away once it is empty", async () => {
    const variantId = await spreadShelf(8, 8);
    const orders = await Promise.all([1, 2, 3].map(() => bareOrder()));
    for (const orderId of orders) await take(orderId, variantId, 1);
    const { buckets } = await spread(world.line, { variantId, buckets: 1 });
    expect(buckets).toBeGreaterThan(1);
    // What lies in a row that is about to go is still sold.
    const [first, second, third] = orders;
    await withTx((tx) => release(tx, first ?? ""));
    await withTx((tx) => commit(tx, second ?? ""));
    expect(await availableOf(variantId)).toBe(6);
    await take(await bareOrder(), variantId, 6);
    await withTx((tx) => commit(tx, third ?? ""));
    expect(await wrongCounters(variantId)).toEqual([]);
  });
});

describe("a variant that is spread", () => {
  it("never refuses what lies in several rows, and refuses what is not there", async () => {
    const variantId = await spreadShelf(10, 4);
    const orderId = await bareOrder();
    await take(orderId, variantId, 9);
    const held = await db.select().from(stockReservations).where(eq(stockReservations.orderId, orderId));
    expect(held.map((row) => row.quantity).sort()).toEqual([1, 2, 3, 3]);
    await expect(take(await bareOrder(), variantId, 2)).rejects.toMatchObject({
      code: "sold_out",
      data: { lines: [{ requested: 2, available: 1 }] },
    });
    await take(await bareOrder(), variantId, 1);
    expect(await withTx((tx) => release(tx, orderId))).toBe(true);
    expect(await withTx((tx) => release(tx, orderId))).toBe(false);
    expect(await availableOf(variantId)).toBe(9);
    expect(await wrongCounters(variantId)).toEqual([]);
  });

  it("is bought, sold and put back through the whole checkout", async () => {
    const variantId = await spreadShelf(12, 5);
    const { orderId } = await order(guest(), [{ variantId, quantity: 7 }], { method: "cash_on_delivery" });
    expect(await availableOf(variantId)).toBe(5);
    await withTx((tx) => putBack(tx, orderId, [{ variantId, quantity: 7 }]));
    expect(await availableOf(variantId)).toBe(12);
    expect(await wrongCounters(variantId)).toEqual([]);
  });

  it("is restocked, corrected and counted as one", async () => {
    const variantId = await spreadShelf(4, 4);
    expect(await restock(world.line, { variantId, quantity: 6 })).toEqual({ available: 10 });
    expect(await adjust(world.line, { variantId, delta: -9, reason: "Lost" })).toEqual({ available: 1 });
    expect(await setOnHand(world.line, { variantId, counted: 5, reason: "Stocktake" })).toEqual({
      available: 5,
    });
    await expect(adjust(world.line, { variantId, delta: -6, reason: "Lost" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await wrongCounters(variantId)).toEqual([]);
  });

  it("owes no more than its limit in all", async () => {
    const variantId = await spreadShelf(6, 4);
    await setBackorder(world.line, { variantId, backorder: true, limit: 3 });
    await take(await bareOrder(), variantId, 8);
    await expect(take(await bareOrder(), variantId, 2)).rejects.toMatchObject({ code: "sold_out" });
    await take(await bareOrder(), variantId, 1);
    await expect(take(await bareOrder(), variantId, 1)).rejects.toMatchObject({ code: "sold_out" });
    expect(await availableOf(variantId)).toBe(-3);
    await expect(setBackorder(world.line, { variantId, backorder: true, limit: 2 })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await restock(world.line, { variantId, quantity: 5 });
    await setBackorder(world.line, { variantId, backorder: false });
    expect(await wrongCounters(variantId)).toEqual([]);
  });
});

it("pays what one row owes with what came back to the others, when backorder ends", async () => {
  const variantId = await spreadShelf(10, 3);
  await setBackorder(world.line, { variantId, backorder: true });
  const [early, late] = [await bareOrder(), await bareOrder()];
  await take(early, variantId, 3);
  await take(late, variantId, 9);
  await withTx((tx) => release(tx, early));
  expect(await availableOf(variantId)).toBe(1);
  await setBackorder(world.line, { variantId, backorder: false });
  expect(Math.min(...(await levelsOf(variantId)))).toBe(0);
  expect(await wrongCounters(variantId)).toEqual([]);
});

describe("a crowd on one variant", () => {
  /** `npm` runs the short form; STOCK_RACE=10000 the long one. */
  const attempts = Number(process.env.STOCK_RACE ?? 600);
  const stock = Math.max(10, attempts / 100);

  it.each([1, 16])(
    "buys exactly what is there, with %i rows",
    async (buckets) => {
      const variantId = await spreadShelf(stock, buckets);
      const orders = await bareOrders(attempts);
      let sold = 0;
      let refused = 0;
      await crowd(32, orders, async (orderId) => {
        try {
          await take(orderId, variantId, 1);
          sold += 1;
        } catch (error) {
          if (!isShopError(error, "sold_out")) throw error;
          refused += 1;
        }
      });
      expect({ sold, refused }).toEqual({ sold: stock, refused: attempts - stock });
      expect(await levelsOf(variantId)).toEqual(Array.from({ length: buckets }, () => 0));
      expect(await wrongCounters(variantId)).toEqual([]);
    },
    600_000,
  );

  it("takes all rows in their order, also one that was made while somebody waited for the first", async () => {
    // Rows 0, 1, 2 and 4, as after a spread over fewer while an order holds what lies in the last one.
    const variantId = await spreadShelf(3, 5);
    await db.execute(sql`DELETE FROM inventory WHERE variant_id = ${variantId} AND bucket = 3`);
    await db.execute(sql`UPDATE inventory SET buckets = 4 WHERE variant_id = ${variantId} AND bucket = 0`);
    const [maker, slow, order] = [await outsider(), await outsider(), await outsider()];
    const lock = ({ on }: Outsider, bucket: number) =>
      on`SELECT FROM inventory WHERE variant_id = ${variantId} AND bucket = ${bucket} FOR NO KEY UPDATE`;
    try {
      for (const { on } of [maker, slow, order]) await on`BEGIN`;
      await maker.on`UPDATE inventory SET buckets = 5 WHERE variant_id = ${variantId} AND bucket = 0`;
      await maker.on`INSERT INTO inventory (variant_id, bucket, buckets) VALUES (${variantId}, 3, 5)`;
      const restocked = txWithoutDeadlock((tx) => restock(world.line, { variantId, quantity: 7 }, tx));
      restocked.catch(() => {});
      await untilBlockedBy(maker);
      await lock(slow, 2);
      await maker.on`COMMIT`;
      await untilBlockedBy(slow);
      await lock(order, 3);
      await slow.on`COMMIT`;
      await untilBlockedBy(order);
      await lock(order, 4);
      await order.on`COMMIT`;
      expect(await restocked).toEqual({ available: 10 });
    } finally {
      await Promise.all([maker, slow, order].map(({ on }) => on.end()));
    }
  });

  it("takes several at once, lets go, restocks and spreads meanwhile, and never deadlocks", async () => {
    const variants = [await spreadShelf(60, 6), await shelf(world, 60), await spreadShelf(60, 3)];
    const orders = await bareOrders(240);
    let taken = 0;
    await crowd(16, orders, async (orderId, i) => {
      const lines = variants.map((variantId, n) => ({ variantId, quantity: 1 + ((i + n) % 5), name: "It" }));
      try {
        await txWithoutDeadlock((tx) => reserve(tx, orderId, lines, soon()));
        taken += 1;
        await txWithoutDeadlock((tx) => (i % 3 === 0 ? commit(tx, orderId) : release(tx, orderId)));
      } catch (error) {
        if (!isShopError(error, "sold_out")) throw error;
      }
      const variantId = variants[i % 3] ?? "";
      if (i % 10 === 0) await restock(world.line, { variantId, quantity: 7 });
      if (i % 25 === 0) await spread(world.line, { variantId, buckets: 1 + (i % 7) });
    });
    expect(taken).toBeGreaterThan(60);
    for (const variantId of variants) expect(await wrongCounters(variantId)).toEqual([]);
    const negative = await db.select().from(inventory).where(sql`on_hand < reserved`);
    expect(negative).toEqual([]);
  }, 60_000);
});

interface Outsider {
  readonly on: postgres.Sql;
  readonly pid: number;
}

/** A session of its own, whose transactions are opened and ended by hand. */
async function outsider(): Promise<Outsider> {
  const on = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  const [{ pid } = { pid: 0 }] = await on<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  return { on, pid };
}

const untilBlockedBy = ({ pid }: Outsider) =>
  vi.waitFor(
    async () => {
      const [row] = await db.execute<{ waiting: number }>(sql`
        SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE ${pid} = ANY(pg_blocking_pids(pid))`);
      expect(row?.waiting).toBe(1);
    },
    { timeout: 5_000, interval: 20 },
  );
