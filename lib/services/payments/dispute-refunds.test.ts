import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { disputes, payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder, paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import * as stripe from "@/lib/gateway/stripe";
import { complete } from "@/lib/services/orders/complete";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder } from "./cancel";
import { giveUp } from "./give-up";
import { refund } from "./refund";
import { settleRefund } from "./refund-settle";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function intentOf(orderId: string) {
  return (await paymentOf(orderId)).providerIntentId ?? "";
}

async function dispute(intentId: string, amount?: number) {
  await gateway.turn("dispute", { payment_intent: intentId, ...(amount ? { amount } : {}) });
  await gateway.settled();
}

async function end(orderId: string, status: "won" | "lost") {
  const all = await db.select().from(disputes).where(eq(disputes.orderId, orderId));
  const open = all.find((one) => one.status === "open");
  await gateway.turn("close-dispute", { dispute: open?.providerDisputeId, status });
  await gateway.settled();
}

/** What the gateway would say of a refund; it is not asked here. */
const told = (refundId: string, status: "succeeded" | "failed") =>
  settleRefund(world.system, refundId, { status, failureReason: null, id: null });

async function ledgerOf(orderId: string): Promise<Record<string, number>> {
  const rows = await db.execute<{ account: string; sum: number }>(sql`
    SELECT e.account, sum(e.amount)::float8 AS sum FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.order_id = ${orderId} AND t.kind <> 'fee' GROUP BY 1 HAVING sum(e.amount) <> 0`);
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

async function earned(orderId: string) {
  const { owner_share = 0, owner_payable = 0, commission = 0 } = await ledgerOf(orderId);
  return [owner_share, owner_payable, commission];
}

it("a refund that fails after all was lost to the bank gives owners nothing back", async () => {
  const wishes = [{ variantId: await shelf(world, 9, 3_333), quantity: 2 }];
  const { orderId, total } = await deliveredOrder(gateway, world.admin, guest(), wishes);
  await complete(world.system, orderId);
  const { refundId } = await refund(world.admin, { orderId, amount: 1_000, reason: "Sorry" });
  await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
  await dispute(await intentOf(orderId), total);
  await end(orderId, "lost");
  expect(await earned(orderId)).toEqual([0, 0, 0]);
  await told(refundId, "failed");
  expect(await earned(orderId)).toEqual([0, 0, 0]);
  expect(await wrongInTheBooks(["I10"])).toEqual([]);
});

describe("a dispute about money that came twice", () => {
  /** Delivered and completed, and paid a second time; the refund of that waits. */
  async function twice() {
    const wishes = [{ variantId: await shelf(world, 9, 2_000), quantity: 1 }];
    const placed = await deliveredOrder(gateway, world.admin, guest(), wishes);
    const { orderId, number, total } = placed;
    await complete(world.system, orderId);
    const first = await paymentOf(orderId);
    const intent = await stripe.createIntent({
      paymentId: first.id,
      orderId,
      orderNumber: number,
      amount: total,
      currency: "EUR",
      idempotencyKey: `${first.id}:stray`,
    });
    expect(await gateway.confirm(intent.clientSecret ?? "")).toBe(200);
    await gateway.settled();
    await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
    const [back] = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
    return { ...placed, intentId: intent.id, refundId: back?.id ?? "", before: await earned(orderId) };
  }

  it.each(["before", "after"] as const)(
    "is the shop's own, its refund failing %s it is lost",
    async (when) => {
      const { orderId, intentId, refundId, before } = await twice();
      await dispute(intentId);
      if (when === "before") await told(refundId, "failed");
      expect(await wrongInTheBooks(["I10"])).toEqual([]);
      await end(orderId, "lost");
      if (when === "after") await told(refundId, "failed");
      const ledger = await ledgerOf(orderId);
      expect(ledger.refunds_due).toBeUndefined();
      expect(ledger.chargebacks).toBeUndefined();
      expect(await earned(orderId)).toEqual(before);
      expect(before[0]).toBeGreaterThan(0);
      // Nor when their earnings are looked at again.
      await refund(world.admin, { orderId, amount: 119, reason: "Sorry" });
      expect((await earned(orderId))[0]).toBe((before[0] ?? 0) - 100);
      expect(await wrongInTheBooks(["I10"])).toEqual([]);
    },
  );

  it("takes off each time what that one took, and no more", async () => {
    const { orderId, intentId, refundId, total } = await twice();
    await told(refundId, "failed");
    await dispute(intentId, 500);
    await end(orderId, "lost");
    expect(await ledgerOf(orderId)).toMatchObject({ refunds_due: -(total - 500) });
    await dispute(intentId, total - 500);
    await end(orderId, "lost");
    const { refunds_due, chargebacks } = await ledgerOf(orderId);
    expect([refunds_due, chargebacks]).toEqual([undefined, undefined]);
    expect(await wrongInTheBooks(["I10"])).toEqual([]);
  });

  it("that is lost although it went back costs the shop, not the owners", async () => {
    const { orderId, intentId, refundId, before, total } = await twice();
    await dispute(intentId);
    await told(refundId, "succeeded");
    await end(orderId, "lost");
    expect(await ledgerOf(orderId)).toMatchObject({ chargebacks: total });
    expect(await earned(orderId)).toEqual(before);
    expect(await wrongInTheBooks(["I10"])).toEqual([]);
  });

  it("that is won is given back after all", async () => {
    const { orderId, intentId, refundId, total } = await twice();
    await dispute(intentId);
    await told(refundId, "failed");
    await end(orderId, "won");
    await runJobs();
    await gateway.settled();
    expect(await stateOf(orderId)).toMatchObject({ captured: 2 * total, refunded: total });
    const all = await db
      .select()
      .from(refunds)
      .where(eq(refunds.orderId, orderId))
      .orderBy(refunds.createdAt);
    expect(all).toMatchObject([
      { status: "failed", automatic: "paid_twice" },
      { status: "succeeded", automatic: "paid_twice", amount: total },
    ]);
    expect(await wrongInTheBooks(["I10"])).toEqual([]);
  });

  it("does not freeze for good what waits to be sent", async () => {
    const wishes = [{ variantId: await shelf(world, 9, 2_000), quantity: 1 }];
    const { orderId } = await paidOrder(gateway, guest(), wishes);
    const first = await paymentOf(orderId);
    const { number, total } = await db
      .select()
      .from(orders)
      .where(eq(orders.id, orderId))
      .then(([row]) => row ?? { number: "", total: 0 });
    const intent = await stripe.createIntent({
      paymentId: first.id,
      orderId,
      orderNumber: number,
      amount: total,
      currency: "EUR",
      idempotencyKey: `${first.id}:stray`,
    });
    await gateway.confirm(intent.clientSecret ?? "");
    await gateway.settled();
    await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
    await dispute(intent.id);
    await end(orderId, "lost");
    await ship(world.line, orderId, { carrier: "DHL" });
    expect(await stateOf(orderId)).toMatchObject({ status: "shipped" });
  });
});

describe("what the bank took for good", () => {
  it("does not keep the rest of an order that was partly sent from being called off, or given up", async () => {
    const variantId = await shelf(world, 9, 2_000);
    const { orderId, lines } = await paidOrder(gateway, guest(), [{ variantId, quantity: 3 }]);
    const [line] = lines;
    const parcel = [{ orderLineId: line?.id ?? "", quantity: 1 }];
    await ship(world.line, orderId, { carrier: "DHL", lines: parcel });
    await dispute(await intentOf(orderId));
    await end(orderId, "lost");
    await cancelOrder(world.admin, orderId);
    expect(await stockOf(variantId)).toEqual({ on_hand: 8, reserved: 0 });
    expect(await giveUp(world.admin, { orderId, reason: "lost" })).toEqual({
      status: "cancelled",
      refundId: null,
      amount: 0,
    });
    expect(await db.select().from(refunds).where(eq(refunds.orderId, orderId))).toEqual([]);
    expect(await wrongInTheBooks(["I10"])).toEqual([]);
  });

  it("is left out of what goes back, the rest of the money is not", async () => {
    const variantId = await shelf(world, 9, 2_000);
    const { orderId, total, lines } = await paidOrder(gateway, guest(), [{ variantId, quantity: 3 }]);
    const [line] = lines;
    const parcel = [{ orderLineId: line?.id ?? "", quantity: 1 }];
    await ship(world.line, orderId, { carrier: "DHL", lines: parcel });
    await dispute(await intentOf(orderId), total - 1_500);
    await end(orderId, "lost");
    await cancelOrder(world.admin, orderId);
    const all = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
    expect(all.map(({ amount }) => amount)).toEqual([1_500]);
    const [paid] = await db.select().from(payments).where(eq(payments.orderId, orderId));
    expect(paid?.refunded).toBe(1_500);
    await runJobs();
    expect(await wrongInTheBooks(["I10"])).toEqual([]);
  });
});
