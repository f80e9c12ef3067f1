import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { fulfilments } from "@/db/schema/fulfilments";
import { ledgerEntries } from "@/db/schema/ledger";
import { orderEvents } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { complete, deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder } from "./cancel";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

describe("after the payment", () => {
  it("gives all back when the shopper cancels before packing, and refuses once packing began", async () => {
    const variantId = await shelf(world, 5);
    const shopper = guest();
    const paid = async () => {
      const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
      await gateway.pay(shopper, orderId);
      await gateway.settled();
      return { orderId, total };
    };
    const first = await paid();
    await cancelOrder(shopper, first.orderId, { note: "Wrong colour" });
    await runJobs();
    await gateway.settled();
    expect(await stateOf(first.orderId)).toEqual({
      status: "cancelled",
      captured: first.total,
      refunded: first.total,
    });
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
    const second = await paid();
    await ship(world.line, second.orderId, { carrier: "DHL" });
    await expect(cancelOrder(shopper, second.orderId)).rejects.toMatchObject({ code: "illegal_transition" });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("ships per owner, delivers, completes, and lets the owner earn", async () => {
    const variantId = await shelf(world, 5, 10_000);
    const shopper = guest();
    const wishes = [
      { variantId, quantity: 1 },
      { variantId: world.tote.variantIds[0] ?? "", quantity: 1 },
    ];
    const { orderId } = await order(shopper, wishes);
    await expect(ship(world.line, orderId, { carrier: "DHL" })).rejects.toMatchObject({
      code: "illegal_transition",
    });
    await gateway.pay(shopper, orderId);
    await gateway.settled();
    const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL", trackingNumber: "00340" });
    expect(await stateOf(orderId)).toMatchObject({ status: "processing" });
    await expect(ship(world.line, orderId, { carrier: "DHL" })).rejects.toMatchObject({
      code: "illegal_transition",
    });
    const [ring] = await db.select().from(fulfilments).where(eq(fulfilments.ownerId, world.id.ringShop));
    await expect(ship(world.line, orderId, { carrier: "DHL", fulfilmentId: ring?.id })).rejects.toMatchObject(
      { code: "not_found" },
    );
    const other = await ship(world.ring, orderId, { carrier: "GLS" });
    expect(await stateOf(orderId)).toMatchObject({ status: "shipped" });
    await expect(deliver(world.ring, { orderId, shipmentId })).rejects.toMatchObject({ code: "not_found" });
    await deliver(world.line, { orderId, shipmentId });
    await deliver(world.ring, { orderId, shipmentId: other.shipmentId });
    expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
    await complete(world.system, orderId);
    await complete(world.system, orderId);
    expect(await stateOf(orderId)).toMatchObject({ status: "completed" });
    const earned = await db
      .select({ sum: sql<number>`sum(amount)`.mapWith(Number) })
      .from(ledgerEntries)
      .where(sql`account = 'owner_payable' AND owner_id = ${world.id.lineShop}`);
    // 100.00 with 19 % tax contained is 84.03 net; the shop keeps 15 %.
    expect(earned[0]?.sum).toBe(-(8_403 - 1_260));
    const way = await db
      .select({ to: orderEvents.toStatus })
      .from(orderEvents)
      .where(sql`order_id = ${orderId} AND machine = 'order'`);
    expect(way.map((event) => event.to).sort()).toEqual(
      ["completed", "confirmed", "delivered", "pending", "processing", "shipped"].sort(),
    );
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("books cash on delivery when the courier brings it", async () => {
    const variantId = await shelf(world, 5);
    const { orderId, total } = await order(guest(), [{ variantId, quantity: 1 }], {
      method: "cash_on_delivery",
    });
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: 0, refunded: 0 });
    const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
    await deliver(world.line, { orderId, shipmentId });
    await runJobs();
    expect(await stateOf(orderId)).toEqual({ status: "delivered", captured: total, refunded: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });
});
