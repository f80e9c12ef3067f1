/** The cart on the real database: what it refuses, what it gives back, and two carts that become one. */
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { db } from "@/db/client";
import { withTx } from "@/db/tx";
import type { Guest, Shopper } from "@/lib/domain/actors";
import * as cart from "./cart";

let world: Cast;
let mug: string;
let large: string;
let tote: string;

beforeAll(async () => {
  world = await cast();
  [mug, large, tote] = await Promise.all([variantId("MUG"), variantId("PRINT-L"), variantId("TOTE")]);
});

const holderOf = (who: Shopper) =>
  who.kind === "guest" ? sql`c.guest_token_hash = ${who.tokenHash}` : sql`c.user_id = ${who.userId}`;

type Line = { id: string; variantId: string; quantity: number; priceSnapshot: number };

async function linesOf(who: Shopper): Promise<Line[]> {
  return [
    ...(await db.execute<Line & Record<string, unknown>>(sql`
      SELECT ci.id, ci.variant_id AS "variantId", ci.quantity, ci.price_snapshot::float8 AS "priceSnapshot"
      FROM carts c JOIN cart_items ci ON ci.cart_id = c.id
      WHERE c.status = 'active' AND ${holderOf(who)} ORDER BY ci.created_at, ci.id`)),
  ];
}

const quantities = async (who: Shopper) =>
  Object.fromEntries((await linesOf(who)).map((line) => [line.variantId, line.quantity]));

async function stocked(variant: string, available: number): Promise<void> {
  await db.execute(sql`UPDATE inventory SET on_hand = ${available} + reserved WHERE variant_id = ${variant}`);
}
async function priced(variant: string, price: number): Promise<void> {
  await db.execute(sql`UPDATE variants SET price = ${price} WHERE id = ${variant}`);
}
const tokenOf = ({ tokenHash }: Guest) => tokenHash ?? "";

describe("adding", () => {
  test("answers the line and the pieces in the cart", async () => {
    const who = guest();
    await cart.add(who, { variantId: tote, quantity: 1 });
    const line = await cart.add(who, { variantId: mug, quantity: 2 });
    expect(line).toMatchObject({ name: "Mug One", sku: "MUG", price: 1800, quantity: 2, count: 3 });
  });

  test("counts what lies in the cart already and says what is available", async () => {
    const who = guest();
    await cart.add(who, { variantId: mug, quantity: 2 });
    await expect(cart.add(who, { variantId: mug, quantity: 2 })).rejects.toMatchObject({
      code: "sold_out",
      data: { lines: [{ variantId: mug, name: "Mug One", requested: 4, available: 3 }] },
    });
    expect(await quantities(who)).toEqual({ [mug]: 2 });
  });

  test("keeps to what a line may hold", async () => {
    await stocked(tote, 500);
    const who = guest();
    await cart.add(who, { variantId: tote, quantity: 20 });
    await expect(cart.add(who, { variantId: tote, quantity: 1 })).rejects.toMatchObject({
      code: "quantity_limit",
      data: { max: 20 },
    });
    await stocked(tote, 10);
  });

  test("refuses what is not for sale and what is unknown", async () => {
    const who = guest();
    await db.execute(sql`UPDATE variants SET is_active = false WHERE id = ${tote}`);
    await expect(cart.add(who, { variantId: tote, quantity: 1 })).rejects.toMatchObject({
      code: "unavailable",
    });
    await db.execute(sql`UPDATE variants SET is_active = true WHERE id = ${tote}`);
    const unknown = "0190a000-0000-7000-8000-000000000000";
    await expect(cart.add(who, { variantId: unknown, quantity: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("backorder has no end, or its own", async () => {
    const who = guest();
    await db.execute(
      sql`UPDATE inventory SET backorder = true, backorder_limit = 2 WHERE variant_id = ${mug}`,
    );
    await cart.add(who, { variantId: mug, quantity: 5 });
    await expect(cart.add(who, { variantId: mug, quantity: 1 })).rejects.toMatchObject({ code: "sold_out" });
    await db.execute(
      sql`UPDATE inventory SET backorder = false, backorder_limit = NULL WHERE variant_id = ${mug}`,
    );
  });

  test("thirty presses at once put in exactly what is there", async () => {
    const who = guest();
    const presses = await Promise.allSettled(
      Array.from({ length: 30 }, () => cart.add(who, { variantId: large, quantity: 1 })),
    );
    const refused = presses.filter((press) => press.status === "rejected");
    expect(refused).toHaveLength(25);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "sold_out" });
    expect(await quantities(who)).toEqual({ [large]: 5 });
  });
});

describe("changing", () => {
  test("fewer is always possible, more only up to what there is", async () => {
    const who = guest();
    const { itemId } = await cart.add(who, { variantId: mug, quantity: 3 });
    await stocked(mug, 1);
    expect(await cart.setQuantity(who, { itemId, quantity: 2 })).toEqual({ count: 2 });
    await expect(cart.setQuantity(who, { itemId, quantity: 3 })).rejects.toMatchObject({ code: "sold_out" });
    await stocked(mug, 3);
    expect(await cart.setQuantity(who, { itemId, quantity: 0 })).toMatchObject({ count: 0 });
  });

  test("another person's line is unknown", async () => {
    const who = guest();
    const { itemId } = await cart.add(who, { variantId: mug, quantity: 1 });
    const other = guest();
    for (const change of [
      () => cart.setQuantity(other, { itemId, quantity: 1 }),
      () => cart.remove(other, { itemId }),
      () => cart.saveForLater(other, { itemId }),
    ])
      await expect(change()).rejects.toMatchObject({ code: "not_found" });
    expect(await quantities(who)).toEqual({ [mug]: 1 });
  });

  test("a removed line comes back once", async () => {
    const who = guest();
    const { itemId } = await cart.add(who, { variantId: mug, quantity: 2 });
    const removed = await cart.remove(who, { itemId });
    expect(removed).toMatchObject({ variantId: mug, quantity: 2, name: "Mug One", count: 0 });
    await cart.undoRemove(who, removed);
    await cart.undoRemove(who, removed);
    expect(await quantities(who)).toEqual({ [mug]: 2 });
  });

  test("a line that is saved for later stands on the wishlist", async () => {
    const who = guest();
    const { itemId } = await cart.add(who, { variantId: mug, quantity: 2 });
    expect((await cart.saveForLater(who, { itemId })).count).toBe(0);
    const saved = await db.execute(sql`
      SELECT wi.variant_id AS "variantId" FROM wishlists w JOIN wishlist_items wi ON wi.wishlist_id = w.id
      WHERE w.guest_token_hash = ${who.tokenHash}`);
    expect([...saved]).toEqual([{ variantId: mug }]);
  });

  test("accepting takes the live price and what is left, and keeps what is sold out", async () => {
    const who = guest();
    await cart.add(who, { variantId: mug, quantity: 3 });
    await cart.add(who, { variantId: tote, quantity: 1 });
    await stocked(mug, 2);
    await priced(mug, 2000);
    await stocked(tote, 0);
    expect(await cart.acceptChanges(who)).toEqual({ count: 3 });
    const [first, second] = await linesOf(who);
    expect(first).toMatchObject({ quantity: 2, priceSnapshot: 2000 });
    expect(second).toMatchObject({ quantity: 1, priceSnapshot: 2400 });
    await Promise.all([stocked(mug, 3), priced(mug, 1800), stocked(tote, 10)]);
  });
});

describe("two carts become one", () => {
  test("quantities add up to what is available and nothing is lost", async () => {
    const visitor = guest();
    await cart.add(visitor, { variantId: mug, quantity: 2 });
    await cart.add(visitor, { variantId: tote, quantity: 1 });
    await cart.add(world.ada, { variantId: mug, quantity: 2 });
    await cart.add(world.ada, { variantId: large, quantity: 1 });
    expect(await cart.merge(world.ada, tokenOf(visitor))).toEqual({ count: 5 });
    const after = { [mug]: 3, [large]: 1, [tote]: 1 };
    expect(await quantities(world.ada)).toEqual(after);
    expect(await linesOf(visitor)).toEqual([]);
    await cart.merge(world.ada, tokenOf(visitor));
    expect(await quantities(world.ada), "twice changes nothing").toEqual(after);
  });

  test("the fresher price snapshot wins, whichever cart it is in", async () => {
    const visitor = guest();
    await cart.add(world.ben, { variantId: tote, quantity: 1 });
    await priced(tote, 2600);
    await cart.add(visitor, { variantId: tote, quantity: 1 });
    await cart.merge(world.ben, tokenOf(visitor));
    expect(await linesOf(world.ben)).toMatchObject([{ quantity: 2, priceSnapshot: 2600 }]);
    const older = guest();
    await cart.add(older, { variantId: tote, quantity: 1 });
    await priced(tote, 2400);
    await cart.add(world.ben, { variantId: tote, quantity: 1 });
    await cart.merge(world.ben, tokenOf(older));
    expect(await linesOf(world.ben)).toMatchObject([{ quantity: 4, priceSnapshot: 2400 }]);
  });

  test("what is sold out stays, uncut", async () => {
    const visitor = guest();
    await cart.add(visitor, { variantId: mug, quantity: 2 });
    await stocked(mug, 0);
    await cart.merge(world.line, tokenOf(visitor));
    expect(await quantities(world.line)).toEqual({ [mug]: 2 });
    await stocked(mug, 3);
  });

  test("ten sign-ins at once merge once", async () => {
    const visitor = guest();
    await cart.add(visitor, { variantId: tote, quantity: 2 });
    await Promise.all(Array.from({ length: 10 }, () => cart.merge(world.admin, tokenOf(visitor))));
    expect(await quantities(world.admin)).toEqual({ [tote]: 2 });
  });

  test("a guest who signs in while an order is unpaid gets its cart back in the account", async () => {
    const who = guest();
    const { itemId } = await cart.add(who, { variantId: tote, quantity: 1 });
    const [{ cartId } = { cartId: "" }] = (await db.execute(
      sql`UPDATE carts SET status = 'ordered' WHERE id = (SELECT cart_id FROM cart_items WHERE id = ${itemId}) RETURNING id AS "cartId"`,
    )) as unknown as { cartId: string }[];
    const before = (await quantities(world.ben))[tote] ?? 0;
    await cart.merge(world.ben, who.tokenHash ?? "");
    await withTx((tx) => cart.restore(tx, cartId));
    expect((await quantities(world.ben))[tote]).toBe(before + 1);
    expect(await quantities(who)).toEqual({});
  });

  test("an expired order's cart is restored once, and taken back when it is revived", async () => {
    const who = guest();
    await cart.add(who, { variantId: tote, quantity: 2 });
    await cart.add(who, { variantId: mug, quantity: 1 });
    const [old] = await db.execute<{ id: string }>(
      sql`UPDATE carts c SET status = 'ordered' WHERE ${holderOf(who)} RETURNING id`,
    );
    const cartId = old?.id ?? "";
    await cart.add(who, { variantId: tote, quantity: 3 });
    await withTx((tx) => cart.restore(tx, cartId));
    await withTx((tx) => cart.restore(tx, cartId));
    expect(await quantities(who)).toEqual({ [tote]: 5, [mug]: 1 });
    await withTx((tx) => cart.takeBack(tx, cartId));
    await withTx((tx) => cart.takeBack(tx, cartId));
    expect(await quantities(who)).toEqual({ [tote]: 3 });
  });
});
