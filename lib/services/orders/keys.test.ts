import { eq, isNull } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { shipments } from "@/db/schema/fulfilments";
import { orderAddresses } from "@/db/schema/orders";
import { restock } from "@/lib/services/inventory/adjust";
import { changeAddress } from "./address";
import { loseParcel } from "./astray";
import { ship } from "./ship";

/** A form that a browser restored sends its old key; whoever makes keys badly sends everybody's. */
const key = "the-same-key";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const bought = async (shopper = guest()) => {
  const variantId = await shelf(world, 9);
  const method = "cash_on_delivery";
  return { shopper, ...(await order(shopper, [{ variantId, quantity: 1 }], { method })) };
};
const statusOf = async (id: string) =>
  (await db.select().from(shipments).where(eq(shipments.id, id)))[0]?.status;

it("a key sends one parcel of an order, and does not stand for the parcel of another one", async () => {
  const [one, other] = [await bought(), await bought()];
  const parcel = { carrier: "DHL", key };
  const first = await ship(world.line, one.orderId, parcel);
  expect(await ship(world.line, one.orderId, parcel)).toEqual(first);
  const second = await ship(world.line, other.orderId, parcel);
  expect(second).not.toEqual(first);
  await loseParcel(world.line, { orderId: one.orderId, ...first, key });
  await loseParcel(world.line, { orderId: other.orderId, ...second, key });
  expect(await statusOf(second.shipmentId)).toBe("lost");
});

it("a key of one guest does not stand for another guest's change, nor for a stranger's", async () => {
  const [one, other] = [await bought(), await bought()];
  const streetOf = async (orderId: string) =>
    (await db.select().from(orderAddresses).where(isNull(orderAddresses.replacedAt))).find(
      (row) => row.orderId === orderId && row.kind === "shipping",
    )?.line1;
  const shipping = { ...BERLIN, line1: "Kantstraße 7" };
  await changeAddress(one.shopper, { orderId: one.orderId, shipping, key });
  await changeAddress(other.shopper, { orderId: other.orderId, shipping, key });
  expect(await streetOf(other.orderId)).toBe("Kantstraße 7");
  await expect(changeAddress(guest(), { orderId: one.orderId, shipping, key })).rejects.toMatchObject({
    code: "not_found",
  });
});

it("a key restocks one variant once, and another one too", async () => {
  const [one, other] = [await shelf(world, 1), await shelf(world, 2)];
  const add = (variantId: string) => restock(world.line, { variantId, quantity: 5, key });
  expect([await add(one), await add(one), await add(other)]).toEqual(
    [6, 6, 7].map((available) => ({ available })),
  );
});
