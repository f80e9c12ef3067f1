import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderLines, orders } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { stateOf } from "@/db/testing/orders";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { deliver } from "./deliver";
import { ship, startProcessing } from "./ship";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

async function bought(quantity: number, code?: string) {
  const variantId = await shelf(world, 9);
  const shopper = guest();
  const placed = await order(shopper, [{ variantId, quantity }], {
    method: "cash_on_delivery",
    ...(code ? { code } : {}),
  });
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, placed.orderId));
  return { shopper, orderId: placed.orderId, orderLineId: line?.id ?? "" };
}

const shippedOf = async (orderLineId: string) =>
  (await db.select().from(orderLines).where(eq(orderLines.id, orderLineId)))[0]?.shippedQuantity;

it("refuses more items than are left, also when a line is named twice", async () => {
  const { orderId, orderLineId } = await bought(3);
  for (const lines of [
    [{ orderLineId, quantity: 4 }],
    [2, 2].map((quantity) => ({ orderLineId, quantity })),
    [{ orderLineId, quantity: 0 }],
  ])
    await expect(ship(world.line, orderId, { carrier: "DHL", lines })).rejects.toMatchObject({
      code: "invalid_input",
    });
  expect(await shippedOf(orderLineId)).toBe(0);
  await ship(world.line, orderId, {
    carrier: "DHL",
    lines: [1, 1].map((quantity) => ({ orderLineId, quantity })),
  });
  expect(await shippedOf(orderLineId)).toBe(2);
  expect(await stateOf(orderId)).toMatchObject({ status: "processing" });
  await ship(world.line, orderId, { carrier: "DHL" });
  expect(await stateOf(orderId)).toMatchObject({ status: "shipped" });
});

it("does not send what is unpaid, disputed or another owner's", async () => {
  const variantId = await shelf(world);
  const unpaid = await order(guest(), [{ variantId, quantity: 1 }]);
  for (const attempt of [
    () => ship(world.line, unpaid.orderId, { carrier: "DHL" }),
    () => startProcessing(world.line, unpaid.orderId),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "illegal_transition" });
  const { orderId } = await bought(1);
  await expect(ship(world.ring, orderId, { carrier: "DHL" })).rejects.toMatchObject({ code: "not_found" });
  await expect(startProcessing(world.ring, orderId)).rejects.toMatchObject({ code: "not_found" });
  await db.update(orders).set({ isDisputed: true }).where(eq(orders.id, orderId));
  await expect(ship(world.line, orderId, { carrier: "DHL" })).rejects.toMatchObject({ code: "conflict" });
});

it("tells the shopper that packing began, and lets an admin call the order off", async () => {
  await db.insert(discounts).values({ id: newId(), title: "Code", code: "CODE", kind: "fixed", value: 100 });
  const { shopper, orderId, orderLineId } = await bought(2, "CODE");
  const { shipmentId } = await ship(world.line, orderId, {
    carrier: "DHL",
    lines: [{ orderLineId, quantity: 1 }],
  });
  await expect(cancelOrder(shopper, orderId)).rejects.toMatchObject({ code: "illegal_transition" });
  await cancelOrder(world.admin, orderId);
  expect(await stateOf(orderId)).toMatchObject({ status: "cancelled" });
  // Only a cancel before anything was sent gives the code back.
  expect((await db.select().from(discounts)).map(({ used }) => used)).toEqual([1]);
  // The parcel that was on its way arrives all the same.
  await deliver(world.line, { orderId, shipmentId });
  expect(await stateOf(orderId)).toMatchObject({ status: "cancelled" });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("keeps an order cancelled where one part was sent before it was called off", async () => {
  const variantId = await shelf(world);
  const wishes = [variantId, world.tote.variantIds[0] ?? ""].map((id) => ({ variantId: id, quantity: 1 }));
  const { orderId } = await order(guest(), wishes, { method: "cash_on_delivery" });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await cancelOrder(world.admin, orderId);
  expect((await deliver(world.line, { orderId, shipmentId })).status).toBe("cancelled");
  const parts = await db.select().from(fulfilments).where(eq(fulfilments.orderId, orderId));
  expect(parts.map((part) => part.status).sort()).toEqual(["cancelled", "delivered"]);
});
