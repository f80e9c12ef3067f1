import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { orderAddresses, orderEvents } from "@/db/schema/orders";
import { changeAddress } from "./address";
import { startProcessing } from "./ship";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const THERE = { ...BERLIN, name: "Ben", line1: "Kantstraße 7", postalCode: "10623" };

async function bought(shopper = guest()) {
  const variantId = await shelf(world, 9);
  const { orderId } = await order(shopper, [{ variantId, quantity: 1 }], { method: "cash_on_delivery" });
  return { shopper, orderId };
}
const rowsOf = (orderId: string) =>
  db.select().from(orderAddresses).where(eq(orderAddresses.orderId, orderId)).orderBy(orderAddresses.id);
const eventsOf = async (orderId: string) =>
  (await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId))).filter(
    ({ kind }) => kind === "address_changed",
  );

it("keeps the old address as replaced and tells the timeline without personal details", async () => {
  const { shopper, orderId } = await bought();
  await changeAddress(shopper, { orderId, shipping: THERE });
  await changeAddress(shopper, { orderId, shipping: THERE });
  const rows = await rowsOf(orderId);
  expect(rows.map(({ kind, line1, replacedAt }) => [kind, line1, replacedAt !== null])).toEqual([
    ["shipping", BERLIN.line1, true],
    ["billing", BERLIN.line1, false],
    ["shipping", THERE.line1, false],
  ]);
  const events = await eventsOf(orderId);
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain("Kant");
  await changeAddress(guest(orderId), { orderId, shipping: BERLIN });
  await changeAddress(world.admin, { orderId, shipping: THERE, key: "address-1" });
  await changeAddress(world.admin, { orderId, shipping: { ...THERE, city: "Potsdam" }, key: "address-1" });
  expect(await eventsOf(orderId)).toHaveLength(3);
  expect(await db.select().from(audit).where(eq(audit.subjectId, orderId))).toHaveLength(1);
});

it("refuses another country or region, strangers and sellers, and orders that are being packed", async () => {
  const { shopper, orderId } = await bought();
  const to = (shipping: typeof THERE, actor = shopper) => changeAddress(actor, { orderId, shipping });
  await expect(to({ ...THERE, country: "IE" })).rejects.toMatchObject({
    code: "invalid_input",
    data: { fields: { "shipping.country": expect.stringContaining("country stays") } },
  });
  await expect(
    changeAddress(shopper, { orderId, shipping: { ...THERE, region: "BE" } }),
  ).rejects.toMatchObject({
    data: { fields: { "shipping.region": expect.stringContaining("region stays") } },
  });
  for (const stranger of [guest(), world.ada, world.line])
    await expect(changeAddress(stranger, { orderId, shipping: THERE })).rejects.toMatchObject({
      code: "not_found",
    });
  await startProcessing(world.line, orderId);
  await expect(to(THERE)).rejects.toMatchObject({ code: "illegal_transition" });
  expect(await rowsOf(orderId)).toHaveLength(2);
});
