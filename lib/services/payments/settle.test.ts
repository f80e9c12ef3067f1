import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { paymentAttempts, payments, refunds, webhookEvents } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import * as stripe from "@/lib/gateway/stripe";
import * as cart from "@/lib/services/cart";
import { cancelOrder, expire } from "./cancel";
import { open } from "./open";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

describe("paying by card", () => {
  it("confirms the order, sells its stock and books the sale", async () => {
    const variantId = await shelf(world, 5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 2 }]);
    expect(await gateway.pay(shopper, orderId)).toBe(200);
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    expect(await stockOf(variantId)).toEqual({ on_hand: 3, reserved: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is one payment when the same event comes five times, at once and later", async () => {
    const variantId = await shelf(world, 5);
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
    expect(gateway.outcomes.slice(-5)).toEqual(Array.from({ length: 5 }, () => "duplicate"));
    const { id } = JSON.parse(sent.body) as { id: string };
    const inbox = await db.select().from(webhookEvents).where(eq(webhookEvents.providerEventId, id));
    expect(inbox).toHaveLength(1);
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    expect(await db.select().from(payments).where(eq(payments.orderId, orderId))).toHaveLength(1);
    const postings = await db.execute(sql`SELECT FROM ledger_transactions WHERE order_id = ${orderId}`);
    expect(postings).toHaveLength(1);
    expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
  });

  it("ends the same in whatever order a decline and a success arrive", async () => {
    for (const turned of ["fifo", "reverse"]) {
      const variantId = await shelf(world, 5);
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
    const variantId = await shelf(world, 5);
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

  it("lets nobody go on testing cards: after five declines the order ends, its intent is closed and the cart is back", async () => {
    const variantId = await shelf(world, 5);
    const shopper = guest();
    const { orderId } = await order(shopper, [{ variantId, quantity: 1 }]);
    for (let i = 0; i < 5; i += 1) {
      expect(await gateway.pay(shopper, orderId, DECLINED_CARD)).toBe(402);
      await gateway.settled();
    }
    await expect(open(shopper, orderId)).rejects.toMatchObject({ code: "payment_closed" });
    await runJobs();
    const [payment] = await db.select().from(payments).where(eq(payments.orderId, orderId));
    expect((await stripe.retrieveIntent(payment?.providerIntentId ?? "")).status).toBe("canceled");
    expect(await stateOf(orderId)).toMatchObject({ status: "cancelled", captured: 0 });
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
    expect((await cart.count(shopper)).count).toBe(1);
    // Nor through the next order of the cart; another way to pay, and other people's cards, stay open.
    const again = [{ variantId, quantity: 1 }];
    await expect(order(shopper, again)).rejects.toMatchObject({
      code: "cards_declined",
      data: { retryAfterSeconds: expect.any(Number) },
    });
    await order(guest(), again);
    await order(shopper, again, { method: "cash_on_delivery" });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("asks the gateway for one intent however often and at once it is opened", async () => {
    const variantId = await shelf(world);
    const shopper = guest();
    const { orderId } = await order(shopper, [{ variantId, quantity: 1 }]);
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(shopper, orderId)));
    expect(new Set(opened.map((one) => one.clientSecret)).size).toBe(1);
  });

  it("is not confirmed by the browser's return: without its webhook an order stays pending", async () => {
    const variantId = await shelf(world);
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
    const variantId = await shelf(world, 5);
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
    const variantId = await shelf(world, 5);
    const { orderId } = await order(guest(), [{ variantId, quantity: 2 }]);
    await letExpire(orderId);
    await db.execute(
      sql`SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM graphile_worker.jobs WHERE key = ${`orders.expire:${orderId}`}), run_at := now())`,
    );
    await runJobs();
    expect(await stateOf(orderId)).toMatchObject({ status: "cancelled" });
  });

  it("confirms instead when the money came in the last moment", async () => {
    const variantId = await shelf(world, 5);
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
    const variantId = await shelf(world, 5);
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
