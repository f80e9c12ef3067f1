import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { users } from "@/db/schema/accounts";
import { audit } from "@/db/schema/audit";
import { carts } from "@/db/schema/cart";
import { discounts } from "@/db/schema/discounts";
import { orderEvents, orders } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, stateOf, stockOf } from "@/db/testing/orders";
import * as cart from "@/lib/services/cart";
import { expire } from "@/lib/services/payments/cancel";
import { createManual, type ManualOrder } from "./manual";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const told = (lines: ManualOrder["lines"], more: Partial<ManualOrder> = {}): ManualOrder => ({
  email: "walk-in@example.com",
  lines,
  address: BERLIN,
  shippingRateId: world.id.standard,
  method: "card",
  ...more,
});
const orderOf = async (orderId: string) => (await db.select().from(orders).where(eq(orders.id, orderId)))[0];

it("makes an order that the customer pays by its link, with the prices and stock of the checkout", async () => {
  const variantId = await shelf(world, 5);
  await db.insert(discounts).values({ id: newId(), title: "Five", code: "FIVE", kind: "fixed", value: 500 });
  const wishes = [1, 1].map((quantity) => ({ variantId, quantity }));
  const placed = await createManual(world.admin, told(wishes, { discountCode: "five", note: "By phone" }));
  expect(placed).toMatchObject({ method: "card", total: 2 * 2_000 - 500 + 490 });
  expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 2 });
  expect(await orderOf(placed.orderId)).toMatchObject({
    userId: null,
    guestTokenHash: null,
    email: "walk-in@example.com",
    note: "By phone",
    discountCode: "FIVE",
    status: "pending",
  });
  const [event] = await db.select().from(orderEvents).where(eq(orderEvents.orderId, placed.orderId));
  expect(event).toMatchObject({ kind: "placed", actorKind: "admin", actorId: world.id.admin });
  expect(await db.select().from(audit).where(eq(audit.subjectId, placed.orderId))).toHaveLength(1);
  await gateway.pay(guest(placed.orderId), placed.orderId);
  await gateway.settled();
  expect(await stateOf(placed.orderId)).toMatchObject({ status: "confirmed", captured: placed.total });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("happens once per key, and keeps no key of the link", async () => {
  const variantId = await shelf(world, 5);
  const wish = told([{ variantId, quantity: 1 }], { method: "cash_on_delivery", key: "manual-0001" });
  const made = await Promise.all([1, 2, 3].map(() => createManual(world.admin, wish)));
  expect(new Set(made.map(({ orderId, key }) => `${orderId} ${key}`)).size).toBe(1);
  expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
  const kept = await db.execute(sql`SELECT result FROM request_keys WHERE key = 'manual-0001'`);
  expect(JSON.stringify(kept)).not.toContain(made[0]?.key);
});

it("belongs to the account of a verified address, whose own cart stays as it is", async () => {
  const [variantId, other] = await Promise.all([shelf(world, 5), shelf(world, 5)]);
  await cart.add(world.ada, { variantId: other, quantity: 1 });
  const wish = told([{ variantId, quantity: 2 }], { email: "ADA@example.com" });
  expect(await orderOf((await createManual(world.admin, wish)).orderId)).toMatchObject({ userId: null });
  await db.update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.id, world.id.ada));
  const { orderId } = await createManual(world.admin, wish);
  expect(await orderOf(orderId)).toMatchObject({ userId: world.id.ada });
  expect(await cart.count(world.ada)).toEqual({ count: 1 });
  await letExpire(orderId);
  expect(await expire(world.system, orderId)).toBe("expired");
  expect(await cart.count(world.ada)).toEqual({ count: 3 });
});

it("refuses what is not there in full, and leaves nothing behind", async () => {
  const [few, gone] = await Promise.all([shelf(world, 1), shelf(world, 5)]);
  await db.execute(sql`UPDATE variants SET is_active = false WHERE id = ${gone}`);
  const before = await db.$count(carts);
  const some = { variantId: await shelf(world, 5), quantity: 1 };
  for (const [wish, code] of [
    [told([some, { variantId: few, quantity: 2 }]), "sold_out"],
    [told([some, { variantId: gone, quantity: 1 }]), "unavailable"],
    [told([some, { variantId: newId(), quantity: 1 }]), "not_found"],
    [told([{ ...some, quantity: 0 }]), "cart_empty"],
    [told([{ ...some, quantity: 1_000 }]), "quantity_limit"],
    [told([some], { shippingRateId: newId() }), "checkout_incomplete"],
    [told([some], { discountCode: "NONE" }), "discount_refused"],
    [told([some], { method: "none" }), "checkout_incomplete"],
  ] as const)
    await expect(createManual(world.admin, wish), code).rejects.toMatchObject({ code });
  expect(await db.$count(carts)).toBe(before);
  expect(await stockOf(few)).toEqual({ on_hand: 1, reserved: 0 });
});
