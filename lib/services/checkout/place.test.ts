import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, product } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { fulfilments } from "@/db/schema/fulfilments";
import { inventory } from "@/db/schema/inventory";
import { orderLines, orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import type { ShopError } from "@/lib/domain/errors";
import * as cart from "@/lib/services/cart";
import { place } from "./place";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const refusalOf = (promise: Promise<unknown>): Promise<ShopError> =>
  promise.then(
    () => {
      throw new Error("was not refused");
    },
    (error: ShopError) => error,
  );

async function shelf(stock: number, price = 2_000): Promise<string> {
  const name = `Thing ${newId()}`;
  const { lineShop: ownerId, category: categoryId, taxClass: taxClassId } = world.id;
  const { variantIds } = await product({
    ownerId,
    categoryId,
    taxClassId,
    name,
    variants: [{ sku: name, price, stock }],
  });
  const [variantId] = variantIds;
  if (!variantId) throw new Error("no variant");
  return variantId;
}

const countersOf = async (variantId: string) => {
  const [row] = await db.select().from(inventory).where(eq(inventory.variantId, variantId));
  return row && { onHand: row.onHand, reserved: row.reserved };
};

describe("placing an order", () => {
  it("holds the stock of a card order and sells that of cash on delivery", async () => {
    const variantId = await shelf(10);
    const held = await order(guest(), [{ variantId, quantity: 2 }]);
    expect(await countersOf(variantId)).toEqual({ onHand: 10, reserved: 2 });
    const sold = await order(guest(), [{ variantId, quantity: 3 }], { method: "cash_on_delivery" });
    expect(await countersOf(variantId)).toEqual({ onHand: 7, reserved: 2 });
    const rows = await db.select({ number: orders.number, status: orders.status }).from(orders);
    expect(rows).toContainEqual({ number: held.number, status: "pending" });
    expect(rows).toContainEqual({ number: sold.number, status: "confirmed" });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("has its payment row before anybody asked the gateway", async () => {
    const variantId = await shelf(1);
    const { orderId, total } = await order(guest(), [{ variantId, quantity: 1 }]);
    const rows = await db.select().from(payments).where(eq(payments.orderId, orderId));
    expect(rows).toMatchObject([
      { provider: "stripe", status: "pending", amount: total, providerIntentId: null },
    ]);
  });

  it("splits an order into one part per owner", async () => {
    const mine = await shelf(1);
    const { orderId } = await order(guest(), [
      { variantId: mine, quantity: 1 },
      { variantId: world.tote.variantIds[0] ?? "", quantity: 1 },
    ]);
    const parts = await db.select().from(fulfilments).where(eq(fulfilments.orderId, orderId));
    expect(new Set(parts.map((part) => part.ownerId))).toEqual(
      new Set([world.id.lineShop, world.id.ringShop]),
    );
  });

  it("answers the same order to a double click, two tabs and a replay", async () => {
    const variantId = await shelf(10);
    const shopper = guest();
    const { expectedTotal, checkoutId } = await getReady(shopper, [{ variantId, quantity: 1 }]);
    const input = { method: "card", expectedTotal, checkoutId } as const;
    const placed = await Promise.all(Array.from({ length: 8 }, () => place(shopper, input)));
    placed.push(await place(shopper, input), await place(shopper, { method: "card", expectedTotal }));
    expect(new Set(placed.map((one) => one.orderId)).size).toBe(1);
    expect(await countersOf(variantId)).toEqual({ onHand: 10, reserved: 1 });
  });

  it("does not charge a total that was not shown", async () => {
    const variantId = await shelf(10);
    const shopper = guest();
    const { expectedTotal, checkoutId } = await getReady(shopper, [{ variantId, quantity: 1 }]);
    await db.execute(sql`UPDATE variants SET price = price + 1 WHERE id = ${variantId}`);
    const error = await refusalOf(place(shopper, { method: "card", expectedTotal, checkoutId }));
    expect(error).toMatchObject({ code: "cart_changed", data: { reason: "total" } });
    expect(await countersOf(variantId)).toEqual({ onHand: 10, reserved: 0 });
  });

  it("names what sold out meanwhile and takes nothing else", async () => {
    const [rare, plenty] = [await shelf(1), await shelf(10)];
    const shopper = guest();
    const wishes = [rare, plenty].map((variantId) => ({ variantId, quantity: 1 }));
    const ready = await getReady(shopper, wishes);
    await order(guest(), [{ variantId: rare, quantity: 1 }]);
    const error = await refusalOf(place(shopper, { method: "card", ...ready }));
    // The line is left out of the new quote, so the total is not what was shown.
    expect(error.code).toBe("cart_changed");
    expect(await countersOf(plenty)).toEqual({ onHand: 10, reserved: 0 });
  });

  it("keeps lines that cannot be bought in the shopper's next cart", async () => {
    const [gone, there] = [await shelf(5), await shelf(5)];
    const shopper = guest();
    await cart.add(shopper, { variantId: gone, quantity: 1 });
    await db.execute(sql`UPDATE variants SET is_active = false WHERE id = ${gone}`);
    await order(shopper, [{ variantId: there, quantity: 1 }]);
    const left =
      await db.execute(sql`SELECT ci.variant_id FROM cart_items ci JOIN carts c ON c.id = ci.cart_id
      WHERE c.status = 'active' AND c.guest_token_hash = ${shopper.tokenHash}`);
    expect([...left]).toEqual([{ variant_id: gone }]);
  });

  it("shares discounts and taxes so that lines sum to the order", async () => {
    await db
      .insert(discounts)
      .values({ id: newId(), title: "A third", code: "THIRD", kind: "percentage", value: 33 });
    const [a, b] = [await shelf(9, 333), await shelf(9, 1_001)];
    const wishes = [
      { variantId: a, quantity: 3 },
      { variantId: b, quantity: 1 },
    ];
    const { orderId } = await order(guest(), wishes, { code: "third" });
    const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
    const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    const sumOf = (key: "subtotal" | "discount" | "tax") => lines.reduce((sum, line) => sum + line[key], 0);
    expect(row).toMatchObject({
      subtotal: sumOf("subtotal"),
      discount: 660,
      tax: sumOf("tax") + (row?.shippingTax ?? 0),
    });
    expect(sumOf("discount")).toBe(660);
  });

  it("refuses cash on delivery over its limit, and nonsense about nothing to pay", async () => {
    const variantId = await shelf(5, 60_000);
    const shopper = guest();
    const ready = await getReady(shopper, [{ variantId, quantity: 1 }]);
    expect((await refusalOf(place(shopper, { method: "cash_on_delivery", ...ready }))).code).toBe(
      "unavailable",
    );
    expect((await refusalOf(place(shopper, { method: "none", ...ready }))).code).toBe("checkout_incomplete");
  });

  it("does not place another shopper's checkout", async () => {
    const variantId = await shelf(5);
    const { expectedTotal, checkoutId } = await getReady(guest(), [{ variantId, quantity: 1 }]);
    expect((await refusalOf(place(guest(), { method: "card", expectedTotal, checkoutId }))).code).toBe(
      "cart_empty",
    );
  });
});

it("draws another number where one is taken already, and gives up only when all are", async () => {
  const taken = await order(guest(), [{ variantId: await shelf(5), quantity: 1 }]);
  const shopper = guest();
  const ready = await getReady(shopper, [{ variantId: await shelf(5), quantity: 1 }]);
  const drawn = [taken.number, "MR-2345678"];
  const placed = await place(shopper, { method: "card", ...ready }, () => drawn.shift() ?? "");
  expect(placed.number).toBe("MR-2345678");
  const other = guest();
  const stuck = await getReady(other, [{ variantId: await shelf(5), quantity: 1 }]);
  await expect(place(other, { method: "card", ...stuck }, () => taken.number)).rejects.toThrow();
  expect(await wrongInTheBooks()).toEqual([]);
});
