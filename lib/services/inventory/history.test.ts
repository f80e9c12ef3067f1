import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { stockMovements } from "@/db/schema/inventory";
import { availableOf, bareOrder, countersOf, wrongCounters } from "@/db/testing/stock";
import { withTx } from "@/db/tx";
import { isShopError } from "@/lib/domain/errors";
import { adjust, restock, setOnHand } from "./adjust";
import { setBackorder, setThreshold, spread } from "./policy";
import { commit, putBack, release, reserve } from "./reserve";
import { takeIn } from "./returned";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** What the shop believes, kept beside it in the simplest way: one number each, whatever the rows are. */
interface Model {
  onHand: number;
  reserved: number;
  backorder: boolean;
  limit: number | null;
  held: { orderId: string; quantity: number }[];
  sold: { orderId: string; quantity: number }[];
}

const items = fc.integer({ min: 1, max: 9 });
const step = fc.oneof(
  fc.record({ do: fc.constant("restock" as const), quantity: items }),
  fc.record({
    do: fc.constant("adjust" as const),
    delta: fc.integer({ min: -9, max: 5 }).filter((n) => n !== 0),
  }),
  fc.record({ do: fc.constant("count" as const), counted: fc.integer({ min: 0, max: 25 }) }),
  fc.record({ do: fc.constant("reserve" as const), quantity: items }),
  fc.record({ do: fc.constant("reserve" as const), quantity: items }),
  fc.record({ do: fc.constant("release" as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant("commit" as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant("putBack" as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant("takeIn" as const), which: fc.nat(9), lost: fc.nat(9) }),
  fc.record({ do: fc.constant("backorder" as const), on: fc.boolean(), limit: fc.option(fc.nat(6)) }),
  fc.record({ do: fc.constant("threshold" as const), threshold: fc.nat(8) }),
  fc.record({ do: fc.constant("spread" as const), buckets: fc.integer({ min: 1, max: 6 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** True where the shop did it, false where it refused; anything else is thrown on. */
async function tries(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isShopError(error)) return false;
    throw error;
  }
}

const room = (model: Model): number =>
  model.onHand - model.reserved + (model.backorder ? (model.limit ?? Number.POSITIVE_INFINITY) : 0);

/** Does one step in the shop and in the model, and expects both to agree on whether it is possible. */
async function take(variantId: string, model: Model, now: Step): Promise<void> {
  const change = async (delta: number, work: () => Promise<unknown>) => {
    const isPossible = delta >= 0 || room(model) >= -delta;
    expect(await tries(work)).toBe(isPossible);
    if (isPossible) model.onHand += delta;
  };
  const pick = <T>(list: T[], which: number): T | undefined =>
    list.splice(which % Math.max(1, list.length), 1)[0];
  switch (now.do) {
    case "restock":
      return change(now.quantity, () => restock(world.line, { variantId, quantity: now.quantity }));
    case "adjust":
      return change(now.delta, () =>
        adjust(world.line, { variantId, delta: now.delta, reason: "Corrected" }),
      );
    case "count":
      return change(now.counted - model.onHand, () =>
        setOnHand(world.line, { variantId, counted: now.counted, reason: "Counted" }),
      );
    case "reserve": {
      const orderId = await bareOrder();
      const line = { variantId, quantity: now.quantity, name: "It" };
      const isPossible = room(model) >= now.quantity;
      const soon = new Date(Date.now() + 900_000);
      expect(await tries(() => withTx((tx) => reserve(tx, orderId, [line], soon)))).toBe(isPossible);
      if (!isPossible) return;
      model.reserved += now.quantity;
      model.held.push({ orderId, quantity: now.quantity });
      return;
    }
    case "release":
    case "commit": {
      const order = pick(model.held, now.which);
      if (!order) return;
      const end = now.do === "commit" ? commit : release;
      expect(await withTx((tx) => end(tx, order.orderId))).toBe(true);
      expect(await withTx((tx) => release(tx, order.orderId))).toBe(false);
      model.reserved -= order.quantity;
      if (now.do === "release") return;
      model.onHand -= order.quantity;
      model.sold.push(order);
      return;
    }
    case "putBack":
    case "takeIn": {
      const order = pick(model.sold, now.which);
      if (!order) return;
      const { orderId, quantity } = order;
      const writeOff = now.do === "takeIn" ? Math.min(now.lost, quantity) : 0;
      const back = { variantId, restock: quantity - writeOff, writeOff };
      await withTx((tx) =>
        now.do === "takeIn"
          ? takeIn(tx, world.line, orderId, [back])
          : putBack(tx, orderId, [{ variantId, quantity }]),
      );
      model.onHand += quantity - writeOff;
      return;
    }
    case "backorder": {
      const limit = now.on ? now.limit : null;
      const owed = model.reserved - model.onHand;
      const isPossible = owed <= (now.on ? (limit ?? Number.POSITIVE_INFINITY) : 0);
      const done = await tries(() => setBackorder(world.line, { variantId, backorder: now.on, limit }));
      expect(done).toBe(isPossible);
      if (done) Object.assign(model, { backorder: now.on, limit });
      return;
    }
    case "threshold":
      return setThreshold(world.line, { variantId, threshold: now.threshold });
    case "spread":
      await spread(world.line, { variantId, buckets: now.buckets });
  }
}

it("keeps counters, movements and reservations together through any history", async () => {
  const numRuns = Number(process.env.STOCK_HISTORIES ?? 40);
  const seed = Number(process.env.STOCK_SEED ?? Date.now() % 1_000_000_000);
  console.info(`seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const variantId = await shelf(world, 10);
      const model: Model = { onHand: 10, reserved: 0, backorder: false, limit: null, held: [], sold: [] };
      for (const now of steps) {
        await take(variantId, model, now);
        const rows = await countersOf(variantId);
        const sum = (key: "onHand" | "reserved") => rows.reduce((total, row) => total + row[key], 0);
        expect({ onHand: sum("onHand"), reserved: sum("reserved") }).toEqual({
          onHand: model.onHand,
          reserved: model.reserved,
        });
        expect(await wrongCounters(variantId)).toEqual([]);
      }
      expect(await availableOf(variantId)).toBe(model.onHand - model.reserved);
    }),
    { numRuns, seed, endOnFailure: true },
  );
}, 600_000);

it("never takes a movement back", async () => {
  await shelf(world, 1);
  await expect(db.update(stockMovements).set({ reason: "Another" })).rejects.toThrow();
  await expect(db.delete(stockMovements)).rejects.toThrow();
});
