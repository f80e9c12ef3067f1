import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { stockOf } from "@/db/testing/orders";
import { loseParcel, returnParcel } from "@/lib/services/orders/astray";
import { ship } from "@/lib/services/orders/ship";
import { giveUp } from "./give-up";
import { refund } from "./refund";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

/** Four pieces in two parcels; the first goes astray. */
async function astray(how: typeof loseParcel | typeof returnParcel) {
  const variantId = await shelf(world, 9, 2_000);
  const { orderId, lines } = await paidOrder(gateway, guest(), [{ variantId, quantity: 4 }]);
  const orderLineId = lines[0]?.id ?? "";
  const send = (quantity: number) =>
    ship(world.line, orderId, { carrier: "DHL", lines: [{ orderLineId, quantity }] });
  const { shipmentId } = await send(3);
  await send(1);
  await how(world.line, { orderId, shipmentId });
  const stock = (await stockOf(variantId))?.on_hand;
  const back = (quantity: number) =>
    refund(world.admin, { orderId, lines: [{ orderLineId, quantity, restock: true }], reason: "Lost" });
  return { variantId, orderLineId, stock, back };
}

it.each([
  ["came back", returnParcel, 8],
  ["was lost", loseParcel, 5],
] as const)(
  "goods of a parcel that %s are not put on the shelf a second time by their refund",
  async (_how, how, expected) => {
    const { variantId, orderLineId, stock, back } = await astray(how);
    expect(stock).toBe(expected);
    await back(1);
    await back(2);
    // One piece did arrive and may come back with its refund.
    expect((await stockOf(variantId))?.on_hand).toBe(expected + 1);
    await back(1);
    expect((await stockOf(variantId))?.on_hand).toBe(expected + 1);
    const [line] = await db.select().from(orderLines).where(eq(orderLines.id, orderLineId));
    expect(line).toMatchObject({ refundedQuantity: 4, returnedQuantity: 1 });
    expect(await wrongInTheBooks()).toEqual([]);
  },
);

it.each([
  // Nine, four sold; two refunded onto the shelf while on their way, then the parcel with three of them comes back.
  ["comes back", returnParcel, 8],
  ["is lost", loseParcel, 7],
] as const)(
  "goods that a refund put on the shelf while their parcel was on its way are not taken in again when it %s",
  async (_how, how, expected) => {
    const variantId = await shelf(world, 9, 2_000);
    const { orderId, lines } = await paidOrder(gateway, guest(), [{ variantId, quantity: 4 }]);
    const orderLineId = lines[0]?.id ?? "";
    const send = async (quantity: number) =>
      (await ship(world.line, orderId, { carrier: "DHL", lines: [{ orderLineId, quantity }] })).shipmentId;
    const [many, one] = [await send(3), await send(1)];
    await refund(world.admin, {
      orderId,
      lines: [{ orderLineId, quantity: 2, restock: true }],
      reason: "Late",
    });
    expect((await stockOf(variantId))?.on_hand).toBe(7);
    await how(world.line, { orderId, shipmentId: many });
    expect((await stockOf(variantId))?.on_hand).toBe(expected);
    // The other parcel's piece was in nobody's hands yet: it is taken in as ever.
    await how(world.line, { orderId, shipmentId: one });
    expect((await stockOf(variantId))?.on_hand).toBe(how === returnParcel ? 9 : 7);
    expect(await wrongInTheBooks()).toEqual([]);
  },
);

it("giving up a part does not take in what a refund put on the shelf before", async () => {
  const variantId = await shelf(world, 9, 2_000);
  const { orderId, lines } = await paidOrder(gateway, guest(), [{ variantId, quantity: 4 }]);
  const orderLineId = lines[0]?.id ?? "";
  await ship(world.line, orderId, { carrier: "DHL" });
  await refund(world.admin, {
    orderId,
    lines: [{ orderLineId, quantity: 1, restock: true }],
    reason: "Late",
  });
  await giveUp(world.admin, { orderId, reason: "refused" });
  expect((await stockOf(variantId))?.on_hand).toBe(9);
  expect(await wrongInTheBooks()).toEqual([]);
});
