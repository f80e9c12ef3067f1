import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { inventory, stockReservations } from "@/db/schema/inventory";
import { cacheExpiries } from "@/db/schema/settings";
import { wrongInTheBooks } from "@/db/testing/books";
import { stockOf } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { place } from "@/lib/services/checkout/place";
import { ship } from "@/lib/services/orders/ship";
import { adjust, restock, setOnHand } from "./adjust";
import { setThreshold } from "./policy";
import { commit, putBack, release, reserve } from "./reserve";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

describe("stock around an order", () => {
  it("is released once, and neither sold nor released afterwards", async () => {
    const variantId = await shelf(world, 5);
    const { orderId } = await order(guest(), [{ variantId, quantity: 2 }]);
    expect(await withTx((tx) => release(tx, orderId))).toBe(true);
    expect(await withTx((tx) => release(tx, orderId))).toBe(false);
    expect(await withTx((tx) => commit(tx, orderId))).toBe(false);
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
    expect(await wrongInTheBooks(["I3", "I6"])).toEqual([]);
  });

  it("is all or none, and names every line with too few", async () => {
    const [few, none, many] = [await shelf(world, 2), await shelf(world, 0), await shelf(world, 9)];
    const { orderId } = await order(guest(), [{ variantId: many, quantity: 1 }]);
    await withTx((tx) => release(tx, orderId));
    const wanted = [few, none, many].map((variantId) => ({ variantId, quantity: 3, name: "It" }));
    const refused = await withTx((tx) => reserve(tx, orderId, wanted, new Date())).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: "sold_out" });
    const { lines } = (refused as { data: { lines: { variantId: string; available: number }[] } }).data;
    expect(new Set(lines.map((line) => `${line.variantId}:${line.available}`))).toEqual(
      new Set([`${few}:2`, `${none}:0`]),
    );
    expect(await stockOf(many)).toEqual({ on_hand: 9, reserved: 0 });
    const live = await db.select().from(stockReservations).where(eq(stockReservations.variantId, few));
    expect(live).toEqual([]);
  });

  it("tells the pages of a product when it sells out and when it comes back", async () => {
    const variantId = await shelf(world, 4);
    await db.delete(cacheExpiries);
    const { orderId } = await order(guest(), [{ variantId, quantity: 4 }]);
    expect(await db.select().from(cacheExpiries)).toHaveLength(2);
    await withTx((tx) => release(tx, orderId));
    expect(await db.select().from(cacheExpiries)).toHaveLength(4);
    await withTx((tx) => putBack(tx, orderId, [{ variantId, quantity: 1 }]));
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
  });
});

describe("stock by hand", () => {
  it("is for the owner of the goods and admins: other owners find nothing there", async () => {
    const variantId = await shelf(world, 5);
    const reason = "Counted";
    for (const attempt of [
      () => restock(world.ring, { variantId, quantity: 1, reason }),
      () => adjust(world.ring, { variantId, delta: -1, reason }),
      () => setOnHand(world.ring, { variantId, counted: 0, reason }),
      () => setThreshold(world.ring, { variantId, threshold: 0 }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
    expect(await restock(world.line, { variantId, quantity: 2, reason })).toEqual({ available: 7 });
    expect(await adjust(world.admin, { variantId, delta: -3, reason })).toEqual({ available: 4 });
    expect(await wrongInTheBooks(["I3", "I6"])).toEqual([]);
  });

  it("never takes away what is held for an order", async () => {
    const variantId = await shelf(world, 5);
    await order(guest(), [{ variantId, quantity: 4 }]);
    await expect(adjust(world.line, { variantId, delta: -2, reason: "Broken" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await adjust(world.line, { variantId, delta: -1, reason: "Broken" })).toEqual({ available: 0 });
  });

  it("is counted on the shelf, where sold but unshipped items lie too", async () => {
    const variantId = await shelf(world, 10);
    const { orderId } = await order(guest(), [{ variantId, quantity: 3 }], { method: "cash_on_delivery" });
    // 7 unsold and 3 sold lie there; one is broken.
    expect(await setOnHand(world.line, { variantId, counted: 9, reason: "Stocktake" })).toEqual({
      available: 6,
    });
    await ship(world.line, orderId, { carrier: "DHL" });
    expect(await setOnHand(world.line, { variantId, counted: 6, reason: "Stocktake" })).toEqual({
      available: 6,
    });
    expect(await wrongInTheBooks(["I3", "I6"])).toEqual([]);
  });
});

it("sells on backorder down to its limit and no further", async () => {
  const variantId = await shelf(world, 1);
  await db
    .update(inventory)
    .set({ backorder: true, backorderLimit: 2 })
    .where(eq(inventory.variantId, variantId));
  await order(guest(), [{ variantId, quantity: 3 }]);
  const shopper = guest();
  await db.update(inventory).set({ backorderLimit: 3 }).where(eq(inventory.variantId, variantId));
  const ready = await getReady(shopper, [{ variantId, quantity: 1 }]);
  await db.update(inventory).set({ backorderLimit: 2 }).where(eq(inventory.variantId, variantId));
  await expect(place(shopper, { method: "card", ...ready })).rejects.toMatchObject({
    code: "sold_out",
    data: { lines: [{ variantId, requested: 1, available: 0 }] },
  });
});
