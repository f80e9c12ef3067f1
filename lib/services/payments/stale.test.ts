/** What is told of an intent that was given up, and of payments whose order was given up while they were in the works. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs, stateOf } from "@/db/testing/orders";
import * as stripe from "@/lib/gateway/stripe";
import { cancelOrder, closeLeft } from "./cancel";
import { open } from "./open";

const SLOW = "4000000000011116";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function placed() {
  const shopper = guest();
  return { shopper, ...(await order(shopper, [{ variantId: await shelf(world, 5), quantity: 1 }])) };
}

it("a decline of an intent that was given up says nothing of the one that is open", async () => {
  const { shopper, orderId, number, total } = await placed();
  await open(shopper, orderId);
  const { id, providerIntentId } = await paymentOf(orderId);
  const stale = await stripe.createIntent({
    paymentId: id,
    orderId,
    orderNumber: number,
    amount: total,
    currency: "EUR",
    idempotencyKey: `${id}:stale`,
  });
  for (const card of [DECLINED_CARD, SLOW]) {
    expect(stale.id).not.toBe(providerIntentId);
    await gateway.confirm(stale.clientSecret ?? "", card);
    await gateway.settled();
    expect(await paymentOf(orderId)).toMatchObject({
      status: "pending",
      failureCode: null,
      providerIntentId,
    });
  }
});

it("money that was in the works when its order was cancelled goes back, though nobody tells of it", async () => {
  const { shopper, orderId, total } = await placed();
  await gateway.pay(shopper, orderId, SLOW);
  await gateway.settled();
  await cancelOrder(shopper, orderId);
  await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
  await expect(closeLeft(world.system, orderId)).rejects.toThrow(/still being processed/);
  await gateway.turn("lose", { count: 9 });
  await gateway.turn("advance", { seconds: 86_400 });
  await gateway.settled();
  await gateway.turn("lose", { count: 0 });
  expect((await db.select().from(payments).where(eq(payments.orderId, orderId)))[0]?.status).toBe(
    "processing",
  );
  await closeLeft(world.system, orderId);
  await runJobs();
  await gateway.settled();
  expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
  expect(await db.select().from(refunds).where(eq(refunds.orderId, orderId))).toMatchObject([
    { automatic: "late_success", status: "succeeded" },
  ]);
  expect(await wrongInTheBooks(["I10"])).toEqual([]);
});
