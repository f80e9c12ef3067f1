import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { fulfilments, shipments } from "@/db/schema/fulfilments";
import { orderEvents, orderLines, orders } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { stateOf } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { lockOrder } from "./access";
import { loseParcel, returnParcel } from "./astray";
import { cancelLocked } from "./cancel";
import { deliver } from "./deliver";
import { ship, startProcessing } from "./ship";
import { correctTracking } from "./tracking";

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

it("tells the shopper that packing began; an admin calls off the rest, and what was sent stays sold", async () => {
  await db.insert(discounts).values({ id: newId(), title: "Code", code: "CODE", kind: "fixed", value: 100 });
  const { shopper, orderId, orderLineId } = await bought(2, "CODE");
  const { shipmentId } = await ship(world.line, orderId, {
    carrier: "DHL",
    lines: [{ orderLineId, quantity: 1 }],
  });
  await expect(cancelOrder(shopper, orderId)).rejects.toMatchObject({ code: "illegal_transition" });
  await cancelOrder(world.admin, orderId);
  expect(await stateOf(orderId)).toMatchObject({ status: "shipped" });
  await expect(cancelOrder(world.admin, orderId)).rejects.toMatchObject({ code: "illegal_transition" });
  // Only a cancel before anything was sent gives the code back.
  expect((await db.select().from(discounts)).map(({ used }) => used)).toEqual([1]);
  await deliver(world.line, { orderId, shipmentId });
  expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("calls off the part that was not sent, and goes on with the one that was", async () => {
  const variantId = await shelf(world);
  const wishes = [variantId, world.tote.variantIds[0] ?? ""].map((id) => ({ variantId: id, quantity: 1 }));
  const { orderId } = await order(guest(), wishes, { method: "cash_on_delivery" });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await cancelOrder(world.admin, orderId);
  expect((await deliver(world.line, { orderId, shipmentId })).status).toBe("delivered");
  const parts = await db.select().from(fulfilments).where(eq(fulfilments.orderId, orderId));
  expect(parts.map((part) => part.status).sort()).toEqual(["cancelled", "delivered"]);
});

it("sends one parcel for one key, however often the form is sent", async () => {
  const { orderId, orderLineId } = await bought(3);
  const parcel = { carrier: "DHL", lines: [{ orderLineId, quantity: 1 }], key: "form-0001" };
  const sent = await Promise.all([1, 2, 3].map(() => ship(world.line, orderId, parcel)));
  expect(new Set(sent.map(({ shipmentId }) => shipmentId)).size).toBe(1);
  expect(await shippedOf(orderLineId)).toBe(1);
});

it("corrects what stands on a parcel, by its owner only", async () => {
  const { orderId } = await bought(1);
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL", trackingNumber: "0034" });
  const right = { orderId, shipmentId, carrier: "UPS", trackingNumber: "1Z99" };
  await expect(correctTracking(world.ring, right)).rejects.toMatchObject({ code: "not_found" });
  await correctTracking(world.line, right);
  await correctTracking(world.line, right);
  const [parcel] = await db.select().from(shipments).where(eq(shipments.id, shipmentId));
  expect(parcel).toMatchObject({
    carrier: "UPS",
    trackingNumber: "1Z99",
    trackingUrl: expect.stringContaining("1Z99"),
  });
  const told = await db
    .select({ kind: orderEvents.kind })
    .from(orderEvents)
    .where(eq(orderEvents.orderId, orderId));
  expect(told.filter(({ kind }) => kind === "parcel_corrected")).toHaveLength(1);
});

it("has arrived once no parcel is under way any more, whatever became of the last one", async () => {
  const { orderId, orderLineId } = await bought(2);
  const one = { carrier: "DHL", lines: [{ orderLineId, quantity: 1 }] };
  const [first, last] = [await ship(world.line, orderId, one), await ship(world.line, orderId, one)];
  await deliver(world.line, { orderId, ...first });
  expect(await stateOf(orderId)).toMatchObject({ status: "shipped" });
  await loseParcel(world.line, { orderId, ...last });
  expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
});

it("is not cancelled as a whole once a part of it was sent, whoever asks", async () => {
  const { orderId, orderLineId } = await bought(2);
  await ship(world.line, orderId, { carrier: "DHL", lines: [{ orderLineId, quantity: 1 }] });
  for (const actor of [world.admin, world.system])
    await expect(
      withTx(async (tx) => cancelLocked(tx, actor, await lockOrder(tx, actor, orderId), { reason: "admin" })),
    ).rejects.toMatchObject({ code: "illegal_transition" });
  expect(await stateOf(orderId)).toMatchObject({ status: "processing" });
});

it("leaves a parcel alone that another owner of the same order sent", async () => {
  const [mine, theirs] = [await shelf(world, 9), await variantId("TOTE")];
  const wishes = [mine, theirs].map((id) => ({ variantId: id, quantity: 1 }));
  const { orderId } = await order(guest(), wishes, { method: "cash_on_delivery" });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  const told = { orderId, shipmentId };
  for (const attempt of [deliver, loseParcel, returnParcel])
    await expect(attempt(world.ring, told)).rejects.toMatchObject({ code: "not_found" });
  await expect(correctTracking(world.ring, { ...told, carrier: "UPS" })).rejects.toMatchObject({
    code: "not_found",
  });
  await deliver(world.line, told);
});
