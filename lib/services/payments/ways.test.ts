import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, paymentOf, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import * as stripe from "@/lib/gateway/stripe";
import { cancelOrder, expire } from "./cancel";
import { open, openHosted } from "./open";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function placed() {
  const variantId = await shelf(world, 5);
  const shopper = guest();
  return { variantId, shopper, ...(await order(shopper, [{ variantId, quantity: 1 }])) };
}

/** Waits until so many faults were met; `ordered` of them were ordered. */
async function untilMet(met: number, ordered = met): Promise<void> {
  while ((await gateway.faultsLeft()) > ordered - met) await new Promise((done) => setTimeout(done, 10));
}

describe("the hosted page and the card form exclude each other", () => {
  it("lets the shopper go to the hosted page, whenever the old intent's cancel is told", async () => {
    const { shopper, orderId, total } = await placed();
    const { clientSecret } = await open(shopper, orderId);
    const { url } = await openHosted(shopper, orderId);
    await gateway.settled();
    expect((await paymentOf(orderId)).status).toBe("pending");
    expect(await openHosted(shopper, orderId)).toEqual({ url });
    expect(await gateway.confirm(clientSecret)).toBe(400);
    expect(await gateway.payHosted(url)).toBe(303);
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  });

  it("lets the shopper come back from the hosted page after a decline there", async () => {
    const { shopper, orderId, total } = await placed();
    const { url } = await openHosted(shopper, orderId);
    await gateway.payHosted(url, DECLINED_CARD);
    const { clientSecret } = await open(shopper, orderId);
    await gateway.settled();
    expect((await paymentOf(orderId)).status).toBe("pending");
    await gateway.payHosted(url);
    expect(await gateway.confirm(clientSecret)).toBe(200);
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  });

  it("leaves one that can be paid when both are opened at once", async () => {
    for (let round = 0; round < 6; round += 1) {
      const { shopper, orderId, total } = await placed();
      const [intent, page] = await Promise.allSettled([open(shopper, orderId), openHosted(shopper, orderId)]);
      const { providerIntentId, providerSessionId } = await paymentOf(orderId);
      expect([providerIntentId, providerSessionId].filter(Boolean)).toHaveLength(1);
      const paid = [
        intent.status === "fulfilled" && (await gateway.confirm(intent.value.clientSecret)) === 200,
        page.status === "fulfilled" &&
          (await gateway.payHosted(page.value.url)) === 303 &&
          (await stripe.retrieveCheckoutSession(new URL(page.value.url).pathname.split("/").at(-1) ?? ""))
            .status === "complete",
      ];
      expect(paid.filter(Boolean)).toHaveLength(1);
      await gateway.settled();
      expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    }
  });

  it("does not open a payment while the hosted page has just been paid", async () => {
    const { shopper, orderId, total } = await placed();
    const { url } = await openHosted(shopper, orderId);
    await gateway.turn("hold");
    await gateway.payHosted(url);
    await expect(open(shopper, orderId)).rejects.toMatchObject({ code: "payment_closed" });
    await gateway.turn("release");
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  });

  it("heals a crash between closing one way at the gateway and opening the other", async () => {
    const one = await placed();
    await open(one.shopper, one.orderId);
    await stripe.cancelIntent((await paymentOf(one.orderId)).providerIntentId ?? "");
    await gateway.settled();
    expect(await gateway.pay(one.shopper, one.orderId)).toBe(200);
    const two = await placed();
    await openHosted(two.shopper, two.orderId);
    await stripe.expireCheckoutSession((await paymentOf(two.orderId)).providerSessionId ?? "");
    await gateway.settled();
    expect(await gateway.payHosted((await openHosted(two.shopper, two.orderId)).url)).toBe(303);
    await gateway.settled();
    for (const { orderId } of [one, two])
      expect(await stateOf(orderId)).toMatchObject({ status: "confirmed" });
  });

  it("closes an intent that was still being opened while the order was cancelled", async () => {
    const { shopper, orderId } = await placed();
    // Two answers are cut off, so the call is made again a second or two later; the cancel comes in between.
    await gateway.turn("fault", { kind: "cut", method: "POST", path: "/v1/payment_intents", count: 2 });
    const opening = open(shopper, orderId);
    opening.catch(() => {});
    await untilMet(1, 2);
    await cancelOrder(shopper, orderId);
    await expect(opening).rejects.toMatchObject({ code: "payment_closed" });
    for await (const intent of stripe.listIntents({ createdAfter: new Date(Date.now() - 60_000) }))
      if (intent.metadata.order_id === orderId) expect(intent.status).toBe("canceled");
    await gateway.turn("clear");
  });
});

it("closes what another tab opened while the order was being cancelled", async () => {
  const { shopper, orderId } = await placed();
  await open(shopper, orderId);
  // Its call to the gateway takes a while; the other tab is done before.
  const slow = { kind: "slow", when: "before", method: "POST", path: "/v1/payment_intents/", ms: 3_000 };
  await gateway.turn("fault", slow);
  const cancelling = cancelOrder(shopper, orderId);
  cancelling.catch(() => {});
  await untilMet(1);
  const { url } = await openHosted(shopper, orderId);
  await cancelling;
  const id = new URL(url).pathname.split("/").at(-1) ?? "";
  expect((await stripe.retrieveCheckoutSession(id)).status).toBe("expired");
  expect(await stateOf(orderId)).toMatchObject({ status: "cancelled", captured: 0 });
  await gateway.turn("clear");
});

describe("money that came twice", () => {
  it("goes back by itself, however often it is told", async () => {
    const { shopper, orderId, number, total, variantId } = await placed();
    const payment = await paymentOf(orderId);
    await gateway.pay(shopper, orderId);
    const stray = await stripe.createIntent({
      paymentId: payment.id,
      orderId,
      orderNumber: number,
      amount: total,
      currency: "EUR",
      idempotencyKey: `${payment.id}:stray`,
    });
    await gateway.turn("duplicate", { count: 2 });
    expect(await gateway.confirm(stray.clientSecret ?? "")).toBe(200);
    await gateway.settled();
    await gateway.turn("clear");
    await runJobs();
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: 2 * total, refunded: total });
    expect(await db.select().from(refunds).where(eq(refunds.orderId, orderId))).toMatchObject([
      { status: "succeeded", amount: total, automatic: "paid_twice" },
    ]);
    expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("the hold of an order on the hosted page", () => {
  it("lasts as long as the page, for its reservations too", async () => {
    const { shopper, orderId } = await placed();
    await openHosted(shopper, orderId);
    const [hold] = await db.execute(sql`
      SELECT o.expires_at > shop_now() + interval '29 minutes' AS long, r.expires_at = o.expires_at AS same
      FROM orders o JOIN stock_reservations r ON r.order_id = o.id WHERE o.id = ${orderId}`);
    expect(hold).toEqual({ long: true, same: true });
    expect(await expire(world.system, orderId)).toBe("waiting");
  });

  it("ends with the order confirmed when the page was paid in the last moment", async () => {
    const { shopper, orderId, total } = await placed();
    const { url } = await openHosted(shopper, orderId);
    await gateway.turn("hold");
    await gateway.payHosted(url);
    await letExpire(orderId);
    expect(await expire(world.system, orderId)).toBe("paid");
    await gateway.turn("release");
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("closes the page when the window is over", async () => {
    const { shopper, orderId } = await placed();
    const { url } = await openHosted(shopper, orderId);
    await letExpire(orderId);
    expect(await expire(world.system, orderId)).toBe("expired");
    await gateway.payHosted(url);
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: 0, refunded: 0 });
  });
});
