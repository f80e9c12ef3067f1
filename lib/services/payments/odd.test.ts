import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orderEvents } from "@/db/schema/orders";
import { payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, paymentOf, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import * as stripe from "@/lib/gateway/stripe";
import { deliver } from "@/lib/services/orders/deliver";
import { isOrderKey, openLink, orderKey } from "@/lib/services/orders/link";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder, expire } from "./cancel";
import { collectCash } from "./capture";
import { open } from "./open";
import { refund } from "./refund";
import { refundAgain } from "./refund-again";
import { settleRefund } from "./refund-settle";

const SLOW = "4000000000011116";
const THREE_DS = "4000002500003155";
const SLOW_THEN_FAILS = "4000000000022220";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function placed(method: "card" | "cash_on_delivery" = "card") {
  const variantId = await shelf(world, 5);
  const shopper = guest();
  return { variantId, shopper, ...(await order(shopper, [{ variantId, quantity: 1 }], { method })) };
}

const intentSecret = async (orderId: string) =>
  (await stripe.retrieveIntent((await paymentOf(orderId)).providerIntentId ?? "")).clientSecret;

const postingsOf = (orderId: string) =>
  db.execute<{ kind: string }>(sql`SELECT kind FROM ledger_transactions WHERE order_id = ${orderId}`);

describe("a payment that takes its time", () => {
  it("is neither paid nor failed: it holds the stock until it is settled", async () => {
    const { shopper, orderId, variantId, total } = await placed();
    await gateway.pay(shopper, orderId, SLOW);
    await gateway.settled();
    expect((await paymentOf(orderId)).status).toBe("processing");
    await expect(open(shopper, orderId)).rejects.toMatchObject({ code: "payment_closed" });
    await letExpire(orderId);
    expect(await expire(world.system, orderId)).toBe("waiting");
    expect(await stateOf(orderId)).toMatchObject({ status: "pending", captured: 0 });
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 1 });
    await gateway.turn("advance", { seconds: 86_400 });
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  });

  it("can be tried again once it failed", async () => {
    const { shopper, orderId } = await placed();
    await gateway.pay(shopper, orderId, SLOW_THEN_FAILS);
    await gateway.turn("advance", { seconds: 86_400 });
    await gateway.settled();
    expect((await paymentOf(orderId)).status).toBe("failed");
    await gateway.pay(shopper, orderId);
    await gateway.settled();
    expect(await stateOf(orderId)).toMatchObject({ status: "confirmed" });
  });
});

it("waits while the shopper's bank asks; failed there is a try that failed, and the same intent can be paid", async () => {
  const { shopper, orderId, total, variantId } = await placed();
  const { clientSecret } = await open(shopper, orderId);
  for (const passed of [false, true]) {
    expect(await gateway.confirm(clientSecret, THREE_DS)).toBe(200);
    await gateway.settled();
    expect(await stateOf(orderId)).toMatchObject({ status: "pending", captured: 0 });
    await gateway.authenticate(clientSecret, passed);
    await gateway.settled();
    if (passed) break;
    expect(await paymentOf(orderId)).toMatchObject({
      status: "failed",
      failureCode: "payment_intent_authentication_failure",
    });
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 1 });
  }
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
});

it("extends the hold while a payment is being processed, and closes one that fails after its order was cancelled", async () => {
  const { shopper, orderId } = await placed();
  await open(shopper, orderId);
  await letExpire(orderId);
  await gateway.confirm((await intentSecret(orderId)) ?? "", SLOW_THEN_FAILS);
  await gateway.settled();
  const [hold] = await db.execute(sql`SELECT o.expires_at > shop_now() + interval '14 minutes' AS long,
    r.expires_at = o.expires_at AS same FROM orders o JOIN stock_reservations r ON r.order_id = o.id WHERE o.id = ${orderId}`);
  expect(hold).toEqual({ long: true, same: true });
  await cancelOrder(shopper, orderId);
  expect((await paymentOf(orderId)).status).toBe("processing");
  await gateway.turn("advance", { seconds: 86_400 });
  await gateway.settled();
  expect((await paymentOf(orderId)).status).toBe("cancelled");
  expect(await wrongInTheBooks()).toEqual([]);
});

it("books what the gateway pays to the bank, and what the bank sends back", async () => {
  const { shopper, orderId } = await placed();
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  await gateway.turn("payout", { amount: 700 });
  await gateway.settled();
  const bank = async () => {
    const [row] = await db.execute<{ sum: number }>(
      sql`SELECT COALESCE(sum(amount), 0)::float8 AS sum FROM ledger_entries WHERE account = 'bank'`,
    );
    return row?.sum;
  };
  expect(await bank()).toBe(700);
  const event = gateway.bodies.map(({ body }) => JSON.parse(body)).find(({ type }) => type === "payout.paid");
  await gateway.turn("bounce", { payout: event.data.object.id });
  await gateway.turn("bounce", { payout: event.data.object.id });
  await gateway.settled();
  expect(await bank()).toBe(0);
});

it("gives money back by itself that does not fit the order, and lets the shopper pay what does", async () => {
  for (const change of [{ amount: 1 }, { currency: "USD" }, { isLive: true }]) {
    const { shopper, orderId, total, variantId } = await placed();
    await open(shopper, orderId);
    await db.update(payments).set(change).where(eq(payments.orderId, orderId));
    await gateway.turn("duplicate", { count: 2 });
    await gateway.pay(shopper, orderId);
    await gateway.settled();
    await gateway.turn("clear");
    expect(await stateOf(orderId)).toEqual({ status: "pending", captured: total, refunded: 0 });
    const told = await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId));
    expect(told.filter((event) => event.kind === "payment_mismatch")).toHaveLength(1);
    expect([...(await postingsOf(orderId))]).toEqual([{ kind: "late_success" }]);
    await runJobs();
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "pending", captured: total, refunded: total });
    expect(await gateway.pay(shopper, orderId)).toBe(200);
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: 2 * total, refunded: total });
    expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
    const back = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
    expect(back).toMatchObject([{ status: "succeeded", amount: total, automatic: "mismatch" }]);
  }
  expect(await wrongInTheBooks()).toEqual([]);
});

it("keeps money of another currency out of the order's sums, and refunds what was paid for it", async () => {
  const { shopper, orderId, number, total } = await placed();
  const payment = await paymentOf(orderId);
  const foreign = await stripe.createIntent({
    paymentId: payment.id,
    orderId,
    orderNumber: number,
    amount: total + 7,
    currency: "USD",
    idempotencyKey: `${payment.id}:foreign`,
  });
  expect(await gateway.confirm(foreign.clientSecret ?? "")).toBe(200);
  await gateway.settled();
  expect(await stateOf(orderId)).toEqual({ status: "pending", captured: 0, refunded: 0 });
  expect(await gateway.pay(shopper, orderId)).toBe(200);
  await gateway.settled();
  // The first row holds the dollars: what is refunded of the order is refunded of what paid it.
  const { refundId } = await refund(world.admin, { orderId, amount: 100, reason: "Sorry" });
  await runJobs();
  await gateway.settled();
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 100 });
  const all = await db
    .select({ id: refunds.id, amount: refunds.amount, currency: payments.currency, status: refunds.status })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(eq(refunds.orderId, orderId))
    .orderBy(refunds.createdAt);
  expect(all).toMatchObject([
    { amount: total + 7, currency: "USD", status: "succeeded" },
    { id: refundId, amount: 100, currency: "EUR", status: "succeeded" },
  ]);
  expect(await wrongInTheBooks()).toEqual([]);
  await settleRefund(world.system, all[0]?.id ?? "", { status: "failed", failureReason: "x", id: null });
  expect(await stateOf(orderId)).toMatchObject({ captured: total, refunded: 100 });
  // Somebody has to send it again, and is told so.
  expect(await wrongInTheBooks()).toEqual([expect.stringContaining("came for no sale")]);
  await refundAgain(world.admin, { refundId: all[0]?.id ?? "" });
  expect(await wrongInTheBooks()).toEqual([]);
});

describe("cash on delivery", () => {
  it("is booked once, and only after the courier brought it", async () => {
    const { orderId, total } = await placed("cash_on_delivery");
    await collectCash(world.system, orderId);
    expect(await stateOf(orderId)).toMatchObject({ captured: 0 });
    const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
    await deliver(world.line, { orderId, shipmentId });
    await Promise.all([1, 2, 3].map(() => collectCash(world.system, orderId)));
    expect(await stateOf(orderId)).toMatchObject({ status: "delivered", captured: total });
    expect([...(await postingsOf(orderId))]).toEqual([{ kind: "captured" }]);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("leaves nothing in the books when the order is cancelled before", async () => {
    const { orderId, shopper, variantId } = await placed("cash_on_delivery");
    await cancelOrder(shopper, orderId);
    await collectCash(world.system, orderId);
    expect((await paymentOf(orderId)).status).toBe("cancelled");
    expect(await postingsOf(orderId)).toHaveLength(0);
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
  });
});

it("opens an order by its own key alone", async () => {
  const [one, two] = [await placed(), await placed()];
  expect(await openLink(one.number, one.key)).toBe(one.orderId);
  for (const key of [two.key, "", `${one.key}A`, orderKey(two.orderId), "A".repeat(one.key.length)]) {
    expect(isOrderKey(one.orderId, key)).toBe(false);
    expect(await openLink(one.number, key)).toBeNull();
  }
  expect(await openLink("MR-2222222", one.key)).toBeNull();
});
