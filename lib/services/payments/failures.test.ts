import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orderLines, orders } from "@/db/schema/orders";
import { paymentAttempts, payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, paymentOf, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import * as stripe from "@/lib/gateway/stripe";
import { cancelOrder, expire } from "./cancel";
import { open } from "./open";
import { receive } from "./receive";
import { refundAll } from "./refund";
import { sendRefund } from "./refund-settle";

const REFUND_FAILS_LATER = "4000000000005126";

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

/** What an order's postings add up to, by account, in minor units. */
async function ledgerOf(orderId: string): Promise<Record<string, number>> {
  const rows = await db.execute<{ account: string; sum: number }>(sql`
    SELECT e.account, sum(e.amount)::float8 AS sum FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.order_id = ${orderId} GROUP BY 1 HAVING sum(e.amount) <> 0`);
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

/** An id as the gateway makes them, of an intent that it does not have. */
const goneId = (orderId: string) => `pi_${orderId.replaceAll("-", "")}`;

/** Every try of the next call fails, its repeats included. */
const silence = () => gateway.turn("fault", { kind: "error", when: "before", count: 3 });

describe("a gateway that does not answer", () => {
  it("prolongs the hold once, with its reservations, then lets go and closes the intent later", async () => {
    const { shopper, orderId, variantId } = await placed();
    await open(shopper, orderId);
    await letExpire(orderId);
    await silence();
    expect(await expire(world.system, orderId)).toBe("waiting");
    const [hold] = await db.execute(sql`
      SELECT o.expires_at > shop_now() + interval '14 minutes' AS long, r.expires_at = o.expires_at AS same
      FROM orders o JOIN stock_reservations r ON r.order_id = o.id WHERE o.id = ${orderId}`);
    expect(hold).toEqual({ long: true, same: true });
    await letExpire(orderId);
    await silence();
    expect(await expire(world.system, orderId, true)).toBe("expired");
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
    const { providerIntentId } = await paymentOf(orderId);
    expect((await stripe.retrieveIntent(providerIntentId ?? "")).status).not.toBe("canceled");
    await runJobs();
    expect((await stripe.retrieveIntent(providerIntentId ?? "")).status).toBe("canceled");
  });

  it("knows no such intent: the order can still be paid, and still expires", async () => {
    const one = await placed();
    const two = await placed();
    for (const { orderId } of [one, two])
      await db
        .update(payments)
        .set({ providerIntentId: goneId(orderId) })
        .where(eq(payments.orderId, orderId));
    expect(await gateway.pay(one.shopper, one.orderId)).toBe(200);
    await gateway.settled();
    expect(await stateOf(one.orderId)).toMatchObject({ status: "confirmed" });
    await letExpire(two.orderId);
    expect(await expire(world.system, two.orderId)).toBe("expired");
  });
});

it("gives money back although its webhook was lost, when a person cancelled meanwhile", async () => {
  const { shopper, orderId, total } = await placed();
  await open(shopper, orderId);
  await gateway.turn("lose", { count: 10 });
  await gateway.pay(shopper, orderId);
  await cancelOrder(shopper, orderId);
  await gateway.settled();
  await gateway.turn("clear");
  expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: 0, refunded: 0 });
  await runJobs();
  await gateway.settled();
  expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("writes every decline of an intent down, once each", async () => {
  const { shopper, orderId } = await placed();
  const { clientSecret } = await open(shopper, orderId);
  await gateway.turn("duplicate", { count: 1 });
  for (let i = 0; i < 3; i += 1) expect(await gateway.confirm(clientSecret, DECLINED_CARD)).toBe(402);
  await gateway.settled();
  await gateway.turn("clear");
  const { id } = await paymentOf(orderId);
  expect(await db.select().from(paymentAttempts).where(eq(paymentAttempts.paymentId, id))).toHaveLength(3);
});

it("takes a refund of somebody else's for granted instead of failing for ever", async () => {
  const refund = {
    id: "re_other",
    status: "succeeded",
    amount: 1,
    currency: "EUR",
    intentId: null,
    chargeId: null,
    failureReason: null,
    metadata: { refund_id: "7", order_id: "A-7" },
    response: {},
  } as const;
  const outcome = await receive(world.system, {
    id: "evt_other",
    type: "refund.updated",
    createdAt: new Date(),
    livemode: false,
    apiVersion: null,
    intentId: null,
    paymentId: null,
    subject: { kind: "refund", refund },
    payload: {},
  });
  expect(outcome).toBe("ignored");
});

describe("a refund that fails", () => {
  it("takes its request off the books and off the lines, so that the next one counts once", async () => {
    const { shopper, orderId, total } = await placed();
    await gateway.pay(shopper, orderId, REFUND_FAILS_LATER);
    await gateway.settled();
    const sold = await ledgerOf(orderId);
    await cancelOrder(shopper, orderId);
    await runJobs();
    expect(await stateOf(orderId)).toMatchObject({ refunded: total });
    await gateway.turn("advance", { seconds: 86_400 });
    await gateway.settled();
    expect(await db.select().from(refunds).where(eq(refunds.orderId, orderId))).toMatchObject([
      { status: "failed" },
    ]);
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: 0 });
    expect(await ledgerOf(orderId)).toEqual(sold);
    expect(await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))).toMatchObject([
      { refundedQuantity: 0, refundedAmount: 0 },
    ]);
    // Somebody tries again.
    const payment = await paymentOf(orderId);
    await withTx(async (tx) => {
      const [row] = await tx.select().from(orders).where(eq(orders.id, orderId));
      if (row) await refundAll(tx, world.admin, row, payment, { reason: "Again" });
    });
    await runJobs();
    const { refunds: net = 0, refunds_due: due = 0, clearing = 0 } = await ledgerOf(orderId);
    expect({ due, clearing }).toEqual({ due: 0, clearing: 0 });
    expect(net).toBe(-(sold.sales ?? 0));
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is told as failed where the gateway will never do it, instead of being tried for ever", async () => {
    const { shopper, orderId } = await placed();
    await gateway.pay(shopper, orderId);
    await gateway.settled();
    await db
      .update(payments)
      .set({ providerIntentId: goneId(orderId) })
      .where(eq(payments.orderId, orderId));
    await cancelOrder(shopper, orderId);
    const [refund] = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
    await sendRefund(world.system, refund?.id ?? "");
    const [after] = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
    expect(after).toMatchObject({ status: "failed", failureCode: "resource_missing" });
    expect((await paymentOf(orderId)).refunded).toBe(0);
  });
});
