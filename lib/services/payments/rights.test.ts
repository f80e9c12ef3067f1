import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { stateOf } from "@/db/testing/orders";
import type { Customer, Owner } from "@/lib/domain/actors";
import { cancelOrder } from "./cancel";
import { open, openHosted } from "./open";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

it("opens a payment for whoever bought the order or holds its link, and for nobody else", async () => {
  const variantId = await shelf(world);
  const buyer = guest();
  const { orderId } = await order(buyer, [{ variantId, quantity: 1 }]);
  // Line sells it; that is no right to its client secret, nor to the hosted page that carries the order's link.
  for (const stranger of [guest(), world.ada, world.line, world.ring, world.admin]) {
    await expect(open(stranger, orderId)).rejects.toMatchObject({ code: "not_found" });
    await expect(openHosted(stranger, orderId)).rejects.toMatchObject({ code: "not_found" });
  }
  const { clientSecret } = await open(buyer, orderId);
  const ada: Customer = { ...world.ada, orderId };
  const line: Owner = { ...world.line, orderId };
  for (const holder of [guest(orderId), ada, line])
    expect((await open(holder, orderId)).clientSecret).toBe(clientSecret);
});

it("cancels for the buyer, the link and an admin, not for strangers and owners of a part", async () => {
  const variantId = await shelf(world);
  const placed = () => order(guest(), [{ variantId, quantity: 1 }], { method: "cash_on_delivery" });
  const { orderId } = await placed();
  for (const stranger of [guest(), world.ada, world.ring])
    await expect(cancelOrder(stranger, orderId)).rejects.toMatchObject({ code: "not_found" });
  await expect(cancelOrder(world.line, orderId)).rejects.toMatchObject({ code: "forbidden" });
  expect(await stateOf(orderId)).toMatchObject({ status: "confirmed" });
  await cancelOrder(guest(orderId), orderId);
  expect(await stateOf(orderId)).toMatchObject({ status: "cancelled" });
  const byLink = await placed();
  const line: Owner = { ...world.line, orderId: byLink.orderId };
  await cancelOrder(line, byLink.orderId);
  const forShop = await placed();
  await cancelOrder(world.admin, forShop.orderId);
  for (const one of [byLink, forShop])
    expect(await stateOf(one.orderId)).toMatchObject({ status: "cancelled" });
});
