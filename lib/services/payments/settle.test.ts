import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, product } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { ledgerEntries } from "@/db/schema/ledger";
import { fulfilments, orderEvents, orders } from "@/db/schema/orders";
import { paymentAttempts, payments, refunds, webhookEvents } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobsOnce } from "@/lib/jobs/worker";
import { complete, deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder, expire } from "./cancel";
import { open } from "./open";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function shelf(stock = 10, price = 2_000): Promise<string> {
  const name = `Thing ${newId()}`;
  const { lineShop: ownerId, category: categoryId, taxClass: taxClassId } = world.id;
  const { variantIds } = await product({
    ownerId,
    categoryId,
    taxClassId,
    name,
    variants: [{ sku: name, price, stock }],
  });
  return variantIds[0] ?? "";
}

async function stateOf(orderId: string) {
  const [row] = await db
    .select({ status: orders.status, captured: orders.captured, refunded: orders.refunded })
    .from(orders)
    .where(eq(orders.id, orderId));
  return row;
}

async function stockOf(variantId: string) {
  const [row] = await db.execute(
    sql`SELECT on_hand, reserved FROM inventory WHERE variant_id = ${variantId}`,
  );
  return row;
}

/** Ends an order's payment window, by the database's clock. */
const letExpire = (orderId: string) =>
  db
    .update(orders)
    .set({ expiresAt: sql`shop_now() - interval '1 second'` as unknown as Date })
    .where(eq(orders.id, orderId));

const runJobs = () => runJobsOnce(process.env.DATABASE_URL ?? "");

describe("paying by card", () => {
  it("confirms the order, sells its stock and books the sale", async () => {
    const variantId = await shelf(5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 2 }]);
    expect(await gateway.pay(shopper, orderId)).toBe(200);
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    expect(await stockOf(variantId)).toEqual({ on_hand: 3, reserved: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is one payment when the same event comes five times, at once and later", async () => {
    const variantId = await shelf(5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
    const before = gateway.bodies.length;
    await gateway.pay(shopper, orderId);
    await gateway.settled();
    const sent = gateway.bodies.slice(before).find(({ body }) => body.includes('"payment_intent.succeeded"'));
    if (!sent) throw new Error("no success was sent");
    const again = await Promise.all(
      Array.from({ length: 5 }, () => gateway.deliver(sent.body, sent.signature)),
    );
    expect(again).toEqual([200, 200, 200, 200, 200]);
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    expect(await db.select().from(payments).where(eq(payments.orderId, orderId))).toHaveLength(1);
    const postings = await db.execute(sql`SELECT FROM ledger_transactions WHERE order_id = ${orderId}`);
    expect(postings).toHaveLength(1);
    expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
  });

  it("ends the same in whatever order a decline and a success arrive", async () => {
    for (const turned of ["fifo", "reverse"]) {
      const variantId = await shelf(5);
      const shopper = guest();
      const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
      await gateway.turn("hold");
      expect(await gateway.pay(shopper, orderId, DECLINED_CARD)).toBe(402);
      expect(await gateway.pay(shopper, orderId)).toBe(200);
      await gateway.turn("release", { order: turned, copies: 2 });
      await gateway.settled();
      expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
      expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
    }
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("keeps a declined order, writes the attempt down and lets the shopper try again on the same intent", async () => {
    const variantId = await shelf(5);
    const shopper = guest();
    const { orderId } = await order(shopper, [{ variantId, quantity: 1 }]);
    await gateway.pay(shopper, orderId, DECLINED_CARD);
    await gateway.settled();
    const [payment] = await db.select().from(payments).where(eq(payments.orderId, orderId));
    expect(payment?.status).toBe("failed");
    expect(
      await db
        .select()
        .from(paymentAttempts)
        .where(eq(paymentAttempts.paymentId, payment?.id ?? "")),
    ).toHaveLength(1);
    expect(await stateOf(orderId)).toMatchObject({ status: "pending" });
    await gateway.pay(shopper, orderId);
    await gateway.settled();
    const [after] = await db.select().from(payments).where(eq(payments.orderId, orderId));
    expect(after).toMatchObject({ status: "paid", providerIntentId: payment?.providerIntentId });
  });

  it("asks the gateway for one intent however often and at once it is opened", async () => {
    const variantId = await shelf();
    const shopper = guest();
    const { orderId } = await order(shopper, [{ variantId, quantity: 1 }]);
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(shopper, orderId)));
    expect(new Set(opened.map((one) => one.clientSecret)).size).toBe(1);
  });

  it("is not confirmed by the browser's return: without its webhook an order stays pending", async () => {
    const variantId = await shelf();
    const shopper = guest();
    const { orderId } = await order(shopper, [{ variantId, quantity: 1 }]);
    await gateway.turn("hold");
    await gateway.pay(shopper, orderId);
    expect(await stateOf(orderId)).toMatchObject({ status: "pending", captured: 0 });
    await gateway.turn("release");
    await gateway.settled();
    expect(await stateOf(orderId)).toMatchObject({ status: "confirmed" });
  });

  it("stores neither the client secret nor a card number", async () => {
    const stored = JSON.stringify(await db.select({ payload: webhookEvents.payload }).from(webhookEvents));
    expect(stored).not.toMatch(/_secret_/);
    expect(stored).not.toMatch(/4242424242424242/);
  });
});

describe("the end of the payment window", () => {
  it("releases the stock once, cancels with the reason and gives the cart back", async () => {
    const variantId = await shelf(5);
    const shopper = guest();
    const { orderId } = await order(shopper, [{ variantId, quantity: 2 }]);
    await open(shopper, orderId);
    expect(await expire(world.system, orderId)).toBe("waiting");
    await letExpire(orderId);
    const outcomes = await Promise.all([expire(world.system, orderId), expire(world.system, orderId)]);
    expect(outcomes.filter((outcome) => outcome === "expired")).toHaveLength(1);
    expect(await expire(world.system, orderId)).toBe("closed");
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
    const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
    expect(row).toMatchObject({ status: "cancelled", cancelReason: "expired" });
    const back = await db.execute(sql`SELECT ci.quantity FROM cart_items ci JOIN carts c ON c.id = ci.cart_id
      WHERE c.status = 'active' AND c.guest_token_hash = ${shopper.tokenHash}`);
    expect([...back]).toEqual([{ quantity: 2 }]);
    await gateway.settled();
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is brought about by the job that placing enqueued", async () => {
    const [{ queued } = { queued: 0 }] = (await db.execute(
      sql`SELECT count(*)::int AS queued FROM graphile_worker.jobs WHERE key LIKE 'orders.expire:%'`,
    )) as unknown as { queued: number }[];
    expect(queued).toBeGreaterThan(0);
    const variantId = await shelf(5);
    const { orderId } = await order(guest(), [{ variantId, quantity: 2 }]);
    await letExpire(orderId);
    await db.execute(
      sql`SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM graphile_worker.jobs WHERE key = ${`orders.expire:${orderId}`}), run_at := now())`,
    );
    await runJobs();
    expect(await stateOf(orderId)).toMatchObject({ status: "cancelled" });
  });

  it("confirms instead when the money came in the last moment", async () => {
    const variantId = await shelf(5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
    await gateway.turn("hold");
    await gateway.pay(shopper, orderId);
    await letExpire(orderId);
    expect(await expire(world.system, orderId)).toBe("paid");
    await gateway.turn("release");
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("gives money back that comes after the order was cancelled", async () => {
    const variantId = await shelf(5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
    await gateway.turn("hold");
    await gateway.pay(shopper, orderId);
    // The shopper cancels in the other tab while the success is still on its way.
    await cancelOrder(shopper, orderId);
    expect(await stateOf(orderId)).toMatchObject({ status: "cancelled", captured: 0 });
    await gateway.turn("release");
    await gateway.settled();
    await runJobs();
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
    expect(await db.select().from(refunds).where(eq(refunds.orderId, orderId))).toMatchObject([
      { status: "succeeded" },
    ]);
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("after the payment", () => {
  it("gives all back when the shopper cancels before packing, and refuses once packing began", async () => {
    const variantId = await shelf(5);
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
    const variantId = await shelf(5, 10_000);
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
    const variantId = await shelf(5);
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
