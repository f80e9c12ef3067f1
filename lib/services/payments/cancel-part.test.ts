import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderEvents, orderLines, orders } from "@/db/schema/orders";
import { payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { lockOrder } from "@/lib/services/orders/access";
import { complete, deliver } from "@/lib/services/orders/deliver";
import { ship, startProcessing } from "@/lib/services/orders/ship";
import { cancelOrder } from "./cancel";
import { cancelLines, cancelPart } from "./cancel-part";
import { cashToCollect } from "./uncollected";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

/** Three pieces of Line's for 20.00 each and one tote of Ring's for 24.00, standard delivery 4.90. */
async function bought(method: "card" | "cash_on_delivery" = "card", code?: string) {
  const variantId = await shelf(world, 9);
  const tote = world.tote.variantIds[0] ?? "";
  const shopper = guest();
  const wishes = [
    { variantId, quantity: 3 },
    { variantId: tote, quantity: 1 },
  ];
  const { orderId, total } = await order(shopper, wishes, { method, ...(code ? { code } : {}) });
  if (method === "card") {
    await gateway.pay(shopper, orderId);
    await gateway.settled();
  }
  const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
  const mine = lines.find((line) => line.variantId === variantId)?.id ?? "";
  const other = lines.find((line) => line.variantId === tote)?.id ?? "";
  return { shopper, orderId, total, variantId, tote, mine, other };
}
const settle = async () => {
  await runJobs();
  await gateway.settled();
};
const lineOf = async (id: string) => (await db.select().from(orderLines).where(eq(orderLines.id, id)))[0];
const partsOf = async (orderId: string) =>
  Object.fromEntries(
    (await db.select().from(fulfilments).where(eq(fulfilments.orderId, orderId))).map((part) => [
      part.ownerId === world.id.lineShop ? "line" : "ring",
      part.status,
    ]),
  );
const kindsOf = async (orderId: string) =>
  (await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId))).map(({ kind }) => kind);

describe("an owner calls off", () => {
  it("their own part: its goods are back, its money goes back, the other part goes on", async () => {
    const { orderId, variantId, mine, total } = await bought();
    await expect(
      cancelLines(world.ring, { orderId, lines: [{ orderLineId: mine, quantity: 1 }] }),
    ).rejects.toMatchObject({ code: "not_found" });
    const done = await cancelPart(world.line, { orderId, note: "The glaze cracked", key: "part-0001" });
    const again = await cancelPart(world.line, { orderId, note: "The glaze cracked", key: "part-0001" });
    expect(again).toEqual(done);
    expect(done).toMatchObject({ status: "confirmed", amount: 6_000 });
    await settle();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 6_000 });
    expect(await lineOf(mine)).toMatchObject({
      cancelledQuantity: 3,
      refundedQuantity: 3,
      refundedAmount: 6_000,
    });
    expect(await stockOf(variantId)).toEqual({ on_hand: 9, reserved: 0 });
    expect(await partsOf(orderId)).toEqual({ line: "cancelled", ring: "open" });
    expect((await kindsOf(orderId)).filter((kind) => kind.endsWith("_cancelled"))).toEqual([
      "part_cancelled",
    ]);
    await expect(cancelPart(world.line, { orderId })).rejects.toMatchObject({ code: "invalid_input" });
    await ship(world.ring, orderId, { carrier: "GLS" });
    expect(await stateOf(orderId)).toMatchObject({ status: "shipped" });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("the last live part: the order ends, its shipping and its code go back too", async () => {
    await db
      .insert(discounts)
      .values({ id: newId(), title: "Code", code: "PART", kind: "fixed", value: 100 });
    const { orderId, total } = await bought("card", "PART");
    await cancelPart(world.line, { orderId });
    await startProcessing(world.ring, orderId);
    expect(await cancelPart(world.ring, { orderId })).toMatchObject({ status: "cancelled" });
    await settle();
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
    const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
    expect(row?.cancelReason).toBe("owner");
    const [code] = await db.select().from(discounts).where(eq(discounts.code, "PART"));
    expect(code?.used).toBe(0);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("single pieces: a part whose others are all sent moves on", async () => {
    const { orderId, mine, other, variantId } = await bought();
    await ship(world.line, orderId, { carrier: "DHL", lines: [{ orderLineId: mine, quantity: 1 }] });
    const off = (quantity: number, orderLineId = mine) =>
      cancelLines(world.line, { orderId, lines: [{ orderLineId, quantity }] });
    for (const quantity of [3, 0])
      await expect(off(quantity)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(off(1, other)).rejects.toMatchObject({ code: "not_found" });
    expect(await off(1)).toMatchObject({ amount: 2_000, status: "processing" });
    expect(await partsOf(orderId)).toEqual({ line: "processing", ring: "open" });
    await off(1);
    expect(await partsOf(orderId)).toEqual({ line: "shipped", ring: "open" });
    expect(await stockOf(variantId)).toEqual({ on_hand: 8, reserved: 0 });
    await settle();
    expect(await stateOf(orderId)).toMatchObject({ refunded: 4_000 });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("nothing of an unpaid, a finished or another owner's order", async () => {
    const variantId = await shelf(world);
    const unpaid = await order(guest(), [{ variantId, quantity: 1 }]);
    await expect(cancelPart(world.line, { orderId: unpaid.orderId })).rejects.toMatchObject({
      code: "illegal_transition",
    });
    await expect(cancelPart(world.ring, { orderId: unpaid.orderId })).rejects.toMatchObject({
      code: "not_found",
    });
    await cancelOrder(world.admin, unpaid.orderId);
    await expect(cancelPart(world.line, { orderId: unpaid.orderId })).rejects.toMatchObject({
      code: "illegal_transition",
    });
  });
});

describe("an admin calls off", () => {
  it("the rest of an order that was partly sent: what was sent stays sold, also of the cancel after a line", async () => {
    const { orderId, mine, variantId, total } = await bought();
    const { shipmentId } = await ship(world.line, orderId, {
      carrier: "DHL",
      lines: [{ orderLineId: mine, quantity: 1 }],
    });
    await cancelOrder(world.admin, orderId, { note: "No longer made" });
    await settle();
    expect(await stateOf(orderId)).toEqual({
      status: "shipped",
      captured: total,
      refunded: 2 * 2_000 + 2_400,
    });
    expect(await partsOf(orderId)).toEqual({ line: "shipped", ring: "cancelled" });
    expect(await stockOf(variantId)).toEqual({ on_hand: 8, reserved: 0 });
    await deliver(world.line, { orderId, shipmentId });
    expect(await complete(world.system, orderId)).toBe(true);
    // One of three pieces was sold: 20.00 with 19 % tax contained is 16.81 net. Nothing of the others is earned.
    const shares = await db.execute(sql`SELECT e.owner_id, sum(e.amount)::int AS share FROM ledger_entries e
      JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.order_id = ${orderId} AND e.account = 'owner_share' GROUP BY 1`);
    expect([...shares]).toEqual([{ owner_id: world.id.lineShop, share: 1_681 }]);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("all of an order after a line of it: each piece comes back once", async () => {
    const { orderId, mine, variantId, total } = await bought();
    await cancelLines(world.admin, { orderId, lines: [{ orderLineId: mine, quantity: 1 }] });
    await cancelOrder(world.admin, orderId);
    await settle();
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
    expect(await stockOf(variantId)).toEqual({ on_hand: 9, reserved: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("cash on delivery", () => {
  it("is collected without what was called off", async () => {
    const { orderId, mine, total } = await bought("cash_on_delivery");
    const due = () => withTx(async (tx) => cashToCollect(tx, await lockOrder(tx, world.system, orderId)));
    expect(await due()).toBe(total);
    expect(
      await cancelLines(world.line, { orderId, lines: [{ orderLineId: mine, quantity: 2 }] }),
    ).toMatchObject({ refundId: null, amount: 0 });
    await cancelPart(world.ring, { orderId });
    expect(await due()).toBe(total - 4_000 - 2_400);
    const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
    await deliver(world.line, { orderId, shipmentId });
    expect(await complete(world.system, orderId)).toBe(false);
    await settle();
    expect(await stateOf(orderId)).toEqual({ status: "delivered", captured: total, refunded: 6_400 });
    expect(await due()).toBe(0);
    const [held] = await db.execute(sql`SELECT sum(e.amount)::int AS cash FROM ledger_entries e
      JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.order_id = ${orderId} AND e.account = 'cod_receivable'`);
    expect(held).toEqual({ cash: total - 6_400 });
    const [refund] = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
    expect(refund).toMatchObject({ status: "succeeded", automatic: "not_collected" });
    expect(await complete(world.system, orderId)).toBe(true);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is not waited for once the last part is called off", async () => {
    const { orderId } = await bought("cash_on_delivery");
    await cancelPart(world.line, { orderId });
    await cancelPart(world.ring, { orderId });
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: 0, refunded: 0 });
    const [payment] = await db.select().from(payments).where(eq(payments.orderId, orderId));
    expect(payment?.status).toBe("cancelled");
    expect(await wrongInTheBooks()).toEqual([]);
  });
});
