import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { cartItems, carts } from "@/db/schema/cart";
import { products, variants } from "@/db/schema/catalog";
import * as cart from "@/lib/services/cart";
import { restock } from "@/lib/services/inventory/adjust";
import { buyAgain } from "./buy-again";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const linesOf = (userId: string) =>
  db
    .select({
      variantId: cartItems.variantId,
      quantity: cartItems.quantity,
      price: cartItems.priceSnapshot,
      status: carts.status,
    })
    .from(cartItems)
    .innerJoin(carts, eq(carts.id, cartItems.cartId))
    .where(eq(carts.userId, userId));
const activeOf = async (userId: string) =>
  (await linesOf(userId)).filter(({ status }) => status === "active").map(({ status: _, ...line }) => line);

it("puts what is for sale into the cart at live prices, as many as there are, and tells the rest", async () => {
  const [dearer, gone, few] = await Promise.all([shelf(world, 9), shelf(world, 9), shelf(world, 3)]);
  const wishes = [
    { variantId: dearer, quantity: 2 },
    { variantId: gone, quantity: 1 },
    { variantId: few, quantity: 3 },
  ];
  const { orderId } = await order(world.ada, wishes, { method: "cash_on_delivery" });
  await db.update(variants).set({ price: 2_500 }).where(eq(variants.id, dearer));
  const [old] = await db.select().from(variants).where(eq(variants.id, gone));
  await db
    .update(products)
    .set({ status: "archived", archivedAt: new Date() })
    .where(eq(products.id, old?.productId ?? ""));
  await restock(world.line, { variantId: few, quantity: 2, reason: "Delivery" });
  await cart.add(world.ada, { variantId: few, quantity: 1 });
  const again = await buyAgain(world.ada, orderId);
  expect(again).toMatchObject({ added: 3, count: 4 });
  expect(again.missing.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("not for sale"),
    expect.stringContaining("Only 2"),
  ]);
  const lines = await activeOf(world.id.ada);
  expect(lines.find(({ variantId }) => variantId === dearer)).toMatchObject({ quantity: 2, price: 2_500 });
  expect(lines.find(({ variantId }) => variantId === few)).toMatchObject({ quantity: 2 });
  expect(lines).toHaveLength(2);
});

it("is for whoever bought the order, or holds its link", async () => {
  const variantId = await shelf(world, 9);
  const { orderId } = await order(guest(), [{ variantId, quantity: 1 }], { method: "cash_on_delivery" });
  for (const stranger of [guest(), world.ada, world.line])
    await expect(buyAgain(stranger, orderId)).rejects.toMatchObject({ code: "not_found" });
  expect(await buyAgain(guest(orderId), orderId)).toMatchObject({ added: 1, missing: [] });
});

it("adds once to whoever sends the same form twice, and again to who asks again", async () => {
  const variantId = await shelf(world, 9);
  const { orderId } = await order(world.ben, [{ variantId, quantity: 1 }], { method: "cash_on_delivery" });
  const answers = await Promise.all([1, 2, 3].map(() => buyAgain(world.ben, orderId, "form-key-1")));
  expect(answers).toEqual(Array(3).fill({ added: 1, count: 1, missing: [] }));
  expect(await activeOf(world.id.ben)).toMatchObject([{ variantId, quantity: 1 }]);
  expect(await buyAgain(world.ben, orderId, "form-key-2")).toMatchObject({ added: 1, count: 2 });
});
