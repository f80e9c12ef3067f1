import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { fulfilments, shipments } from "@/db/schema/fulfilments";
import { orderLines, orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { loseParcel, returnParcel } from "@/lib/services/orders/astray";
import { complete, deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { giveUp } from "./give-up";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

/** Two of Line's for 20.00 each, and with `both` one tote of Ring's for 24.00; standard delivery 4.90. All of it sent. */
async function sent(method: "card" | "cash_on_delivery" = "card", both = false, parcels = 1) {
  const variantId = await shelf(world, 9);
  const shopper = guest();
  const wishes = [{ variantId, quantity: 2 }];
  if (both) wishes.push({ variantId: world.tote.variantIds[0] ?? "", quantity: 1 });
  const { orderId, total } = await order(shopper, wishes, { method });
  if (method === "card") {
    await gateway.pay(shopper, orderId);
    await gateway.settled();
  }
  const [line] = await db
    .select()
    .from(orderLines)
    .where(sql`order_id = ${orderId} AND owner_id = ${world.id.lineShop}`);
  const ids: string[] = [];
  for (let i = 0; i < parcels; i += 1) {
    const lines = [{ orderLineId: line?.id ?? "", quantity: 2 / parcels }];
    ids.push((await ship(world.line, orderId, { carrier: "DHL", lines })).shipmentId);
  }
  const ring = both ? (await ship(world.ring, orderId, { carrier: "GLS" })).shipmentId : "";
  return { shopper, orderId, total, variantId, parcels: ids, ring };
}
const settle = async () => {
  await runJobs();
  await gateway.settled();
};
const reasonOf = async (orderId: string) =>
  (await db.select().from(orders).where(eq(orders.id, orderId)))[0]?.cancelReason;
const movedBy = async (variantId: string) =>
  (
    await db.execute(
      sql`SELECT kind, on_hand_delta AS by FROM stock_movements WHERE variant_id = ${variantId} AND kind IN ('return', 'adjustment') ORDER BY created_at, id`,
    )
  ).map(({ kind, by }) => `${kind} ${by}`);

it("a parcel is refused: its goods are on the shelf again, the money goes back, the order ends", async () => {
  const { orderId, total, variantId, parcels } = await sent();
  const told = { orderId, reason: "refused", key: "give-up-1" } as const;
  const done = await giveUp(world.admin, told);
  expect(await giveUp(world.admin, told)).toEqual(done);
  expect(done).toMatchObject({ status: "cancelled", amount: total });
  await settle();
  expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
  expect(await reasonOf(orderId)).toBe("refused");
  expect(await stockOf(variantId)).toEqual({ on_hand: 9, reserved: 0 });
  const [parcel] = await db
    .select()
    .from(shipments)
    .where(eq(shipments.id, parcels[0] ?? ""));
  expect(parcel?.status).toBe("returned");
  await expect(giveUp(world.admin, { orderId, reason: "lost" })).rejects.toMatchObject({
    code: "illegal_transition",
  });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("a lost parcel is written off, once, and waits for an admin", async () => {
  const { orderId, total, variantId, parcels } = await sent();
  const lost = { orderId, shipmentId: parcels[0] ?? "", key: "lost-0001" };
  await expect(loseParcel(world.ring, lost)).rejects.toMatchObject({ code: "not_found" });
  await loseParcel(world.line, lost);
  await loseParcel(world.line, lost);
  await expect(loseParcel(world.line, { ...lost, key: "lost-0002" })).rejects.toMatchObject({
    code: "illegal_transition",
  });
  await expect(deliver(world.line, lost)).rejects.toMatchObject({ code: "illegal_transition" });
  expect(await stateOf(orderId)).toEqual({ status: "shipped", captured: total, refunded: 0 });
  expect(await movedBy(variantId)).toEqual(["return 2", "adjustment -2"]);
  expect(await giveUp(world.admin, { orderId, reason: "lost" })).toMatchObject({ amount: total });
  await settle();
  expect(await stockOf(variantId)).toEqual({ on_hand: 7, reserved: 0 });
  expect(await movedBy(variantId)).toHaveLength(2);
  expect(await wrongInTheBooks()).toEqual([]);
});

it("one part is given up: the other arrives, and only its owner earns", async () => {
  const { orderId, total, parcels, ring } = await sent("card", true);
  const [part] = await db
    .select()
    .from(fulfilments)
    .where(sql`order_id = ${orderId} AND owner_id = ${world.id.lineShop}`);
  await deliver(world.ring, { orderId, shipmentId: ring });
  expect(await giveUp(world.admin, { orderId, fulfilmentId: part?.id, reason: "lost" })).toMatchObject({
    status: "delivered",
    amount: 4_000,
  });
  await settle();
  expect(await stateOf(orderId)).toEqual({ status: "delivered", captured: total, refunded: 4_000 });
  expect(await complete(world.system, orderId)).toBe(true);
  const shares =
    await db.execute(sql`SELECT e.owner_id FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.order_id = ${orderId} AND e.account = 'owner_share'`);
  expect([...shares]).toEqual([{ owner_id: world.id.ringShop }]);
  expect(parcels).toHaveLength(1);
  expect(await wrongInTheBooks()).toEqual([]);
});

it("one of two parcels comes back: the part arrives with the other, and cannot be given up any more", async () => {
  const { orderId, variantId, parcels, total } = await sent("cash_on_delivery", false, 2);
  const [first = "", second = ""] = parcels;
  await returnParcel(world.line, { orderId, shipmentId: first, damaged: true });
  expect(await stateOf(orderId)).toMatchObject({ status: "shipped" });
  await deliver(world.line, { orderId, shipmentId: second });
  expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
  expect(await movedBy(variantId)).toEqual(["return 1", "adjustment -1"]);
  await expect(giveUp(world.admin, { orderId, reason: "lost" })).rejects.toMatchObject({
    code: "illegal_transition",
  });
  await settle();
  // The courier asked for the piece that arrived.
  expect(await stateOf(orderId)).toEqual({ status: "delivered", captured: total, refunded: 2_000 });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("a part whose last parcel comes back after another arrived is delivered then", async () => {
  const { orderId, parcels, variantId } = await sent("card", false, 2);
  const [first = "", second = ""] = parcels;
  await deliver(world.line, { orderId, shipmentId: first });
  await expect(giveUp(world.admin, { orderId, reason: "refused" })).rejects.toMatchObject({
    code: "illegal_transition",
  });
  expect(await returnParcel(world.line, { orderId, shipmentId: second })).toEqual({ status: "delivered" });
  expect(await stockOf(variantId)).toEqual({ on_hand: 8, reserved: 0 });
});

it("cash that was refused at the door is not waited for", async () => {
  const { orderId, variantId } = await sent("cash_on_delivery");
  expect(await giveUp(world.admin, { orderId, reason: "refused" })).toMatchObject({
    amount: 0,
    refundId: null,
  });
  expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: 0, refunded: 0 });
  const [payment] = await db.select().from(payments).where(eq(payments.orderId, orderId));
  expect(payment?.status).toBe("cancelled");
  expect(await stockOf(variantId)).toEqual({ on_hand: 9, reserved: 0 });
  expect(await wrongInTheBooks()).toEqual([]);
});
