import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orderEvents, orderLines } from "@/db/schema/orders";
import { payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs, stateOf } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import type { RefundView } from "@/lib/gateway/gateway";
import { listRefunds } from "@/lib/gateway/refunds";
import { retrieveCheckoutSession } from "@/lib/gateway/stripe";
import { openHosted } from "./open";
import { refund } from "./refund";
import { sendRefund, settleRefund } from "./refund-settle";
import { refundReported, syncRefunds } from "./reported-refund";

const REFUND_FAILS_LATER = "4000000000005126";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function paid({ card = undefined as string | undefined, price = 2_000 } = {}) {
  const variantId = await shelf(world, 10, price);
  const shopper = guest();
  const placed = await order(shopper, [{ variantId, quantity: 2 }]);
  await gateway.pay(shopper, placed.orderId, card);
  await gateway.settled();
  const { providerIntentId } = await paymentOf(placed.orderId);
  return { ...placed, shopper, intentId: providerIntentId ?? "" };
}

/** Somebody refunds in the gateway's dashboard. */
async function inDashboard(intentId: string, amount: number, more: Record<string, string> = {}) {
  const answer = await fetch(`${process.env.SANDBOX_URL}/v1/refunds`, {
    method: "POST",
    headers: { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    body: new URLSearchParams({ payment_intent: intentId, amount: String(amount), ...more }),
  });
  return (await answer.json()) as { id: string; error?: { message: string } };
}

const refundsOf = (orderId: string) =>
  db.select().from(refunds).where(eq(refunds.orderId, orderId)).orderBy(refunds.createdAt, refunds.id);
const eventsOf = async (orderId: string, kind: string) =>
  (await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId))).filter(
    (event) => event.kind === kind,
  );
/** Makes jobs that wait for another try due. */
const hurry = () => db.execute(sql`UPDATE graphile_worker._private_jobs SET run_at = now()`);

describe("a refund made in the gateway's dashboard", () => {
  it("is recorded once, spread over the lines, however often and in whatever order it is told", async () => {
    for (const order of ["fifo", "reverse", "shuffle"]) {
      const { orderId, intentId, total } = await paid();
      await gateway.turn("hold");
      await inDashboard(intentId, 1_500);
      await gateway.turn("release", { order, copies: 2, seed: 7 });
      await runJobs();
      await gateway.settled();
      expect(await refundsOf(orderId)).toMatchObject([
        { status: "succeeded", automatic: "dashboard", amount: 1_500, shipping: 0, requestedBy: null },
      ]);
      expect(await stateOf(orderId)).toMatchObject({ captured: total, refunded: 1_500 });
      expect((await paymentOf(orderId)).refunded).toBe(1_500);
      const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
      expect(line).toMatchObject({ refundedAmount: 1_500, refundedQuantity: 0 });
      expect(await eventsOf(orderId, "refunded")).toHaveLength(1);
    }
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("of everything takes the shipping too, and leaves nothing for us to refund", async () => {
    const { orderId, intentId, total } = await paid();
    await inDashboard(intentId, total);
    await gateway.settled();
    expect(await refundsOf(orderId)).toMatchObject([{ amount: total, shipping: 490 }]);
    await expect(refund(world.admin, { orderId, amount: 1, reason: "More" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("fails later, or is told as failed before it is told as made: the same in the end", async () => {
    for (const way of ["fifo", "reverse"]) {
      const { orderId, intentId } = await paid({ card: REFUND_FAILS_LATER });
      await gateway.turn("hold");
      await inDashboard(intentId, 900);
      await gateway.turn("advance", { seconds: 86_400 });
      await gateway.turn("release", { order: way });
      await runJobs();
      await gateway.settled();
      expect(await refundsOf(orderId)).toMatchObject([{ status: "failed", automatic: "dashboard" }]);
      expect(await stateOf(orderId)).toMatchObject({ refunded: 0 });
      expect((await paymentOf(orderId)).refunded).toBe(0);
    }
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is found by the charge alone where its own events were lost", async () => {
    const { orderId, intentId } = await paid();
    await gateway.turn("lose", { count: 1 });
    await inDashboard(intentId, 650);
    await gateway.settled();
    expect(await refundsOf(orderId)).toEqual([]);
    await runJobs();
    expect(await refundsOf(orderId)).toMatchObject([{ status: "succeeded", amount: 650 }]);
    await syncRefunds(world.system, (await paymentOf(orderId)).id);
    expect(await refundsOf(orderId)).toHaveLength(1);
  });

  it("races with one of ours: ours is refused there, theirs is taken in", async () => {
    const { orderId, intentId, total } = await paid();
    const ours = await refund(world.admin, { orderId, amount: total - 500, reason: "Ours" });
    await inDashboard(intentId, 2_000);
    await gateway.settled();
    // Ours reserves the sum, so that theirs does not fit yet.
    expect(await refundsOf(orderId)).toMatchObject([{ id: ours.refundId, status: "reserved" }]);
    for (let i = 0; i < 3; i += 1) {
      await runJobs();
      await hurry();
    }
    await gateway.settled();
    const rows = await refundsOf(orderId);
    expect(rows.map(({ status, automatic, amount }) => ({ status, automatic, amount }))).toEqual([
      { status: "failed", automatic: null, amount: total - 500 },
      { status: "succeeded", automatic: "dashboard", amount: 2_000 },
    ]);
    expect(await stateOf(orderId)).toMatchObject({ refunded: 2_000 });
    expect(await eventsOf(orderId, "refund_mismatch")).toEqual([]);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("that fits beside one of ours goes through with it, told at the same moment", async () => {
    const { orderId, intentId, total } = await paid();
    await gateway.turn("hold");
    await refund(world.admin, { orderId, amount: 1_000, reason: "Ours" });
    await Promise.all([runJobs(), inDashboard(intentId, 700)]);
    await gateway.turn("release", { order: "shuffle", copies: 2, seed: 3 });
    await runJobs();
    await gateway.settled();
    expect(await stateOf(orderId)).toMatchObject({ captured: total, refunded: 1_700 });
    expect(await refundsOf(orderId)).toHaveLength(2);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("a refund that the books cannot believe", () => {
  const view = (intentId: string, more: Partial<RefundView> = {}): RefundView => ({
    id: `re_${intentId}`,
    status: "succeeded",
    amount: 1,
    currency: "EUR",
    intentId,
    chargeId: null,
    failureReason: null,
    metadata: {},
    response: {},
    ...more,
  });
  const told = (one: RefundView) => withTx((tx) => refundReported(tx, world.system, one));

  it("is told once on the timeline and changes nothing", async () => {
    const { orderId, intentId, total } = await paid();
    for (const wrong of [{ amount: total + 1 }, { currency: "USD" }]) {
      expect(await told(view(intentId, wrong))).toEqual({ outcome: "mismatch", orderId });
      expect((await told(view(intentId, wrong))).outcome).toBe("mismatch");
    }
    expect((await told(view(intentId, { amount: total + 1, status: "failed" }))).outcome).toBe("ignored");
    expect(await eventsOf(orderId, "refund_mismatch")).toHaveLength(1);
    expect(await stateOf(orderId)).toMatchObject({ refunded: 0 });
    expect(await refundsOf(orderId)).toEqual([]);
  });

  it("waits for a payment that is not captured yet", async () => {
    const { orderId, intentId } = await paid();
    const open = await order(guest(), [{ variantId: await shelf(world), quantity: 1 }]);
    await db
      .update(payments)
      .set({ providerIntentId: `${intentId}_open` })
      .where(eq(payments.orderId, open.orderId));
    expect((await told(view(`${intentId}_open`))).outcome).toBe("asked_later");
    expect(await refundsOf(orderId)).toEqual([]);
    await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
  });

  it("is not taken for one of ours by what somebody typed into its metadata", async () => {
    const { orderId, intentId } = await paid();
    const ours = await refund(world.admin, { orderId, amount: 300, reason: "Ours" });
    const liar = view(intentId, { amount: 120, metadata: { refund_id: ours.refundId } });
    expect((await told(liar)).outcome).toBe("refund_reported");
    expect(await refundsOf(orderId)).toMatchObject([
      { id: ours.refundId, status: "reserved" },
      { amount: 120, automatic: "dashboard" },
    ]);
    expect((await told(view("pi_unknown"))).outcome).toBe("ignored");
  });
});

it("of a hosted page, told before anybody knew whose intent it was, is asked for once it is paid", async () => {
  const variantId = await shelf(world, 10, 2_000);
  const shopper = guest();
  const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
  const { url } = await openHosted(shopper, orderId);
  await gateway.turn("hold");
  expect(await gateway.payHosted(url)).toBe(303);
  const { intentId } = await retrieveCheckoutSession(new URL(url).pathname.split("/").at(-1) ?? "");
  // All that is told of the refund comes before the success, and is lost on us.
  await gateway.turn("lose", { count: 9 });
  await inDashboard(intentId ?? "", 300);
  await gateway.turn("lose", { count: 0 });
  await gateway.turn("release");
  await gateway.settled();
  await runJobs();
  await gateway.settled();
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 300 });
});

describe("an answer that was lost", () => {
  it("is looked for before a refund is sent long after", async () => {
    const { orderId, intentId } = await paid();
    const { refundId } = await refund(world.admin, { orderId, amount: 700, reason: "Sorry" });
    await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
    await gateway.turn("lose", { count: 9 });
    const made = await inDashboard(intentId, 700, { "metadata[refund_id]": refundId });
    await gateway.settled();
    await gateway.turn("clear");
    await db.execute(
      sql`UPDATE refunds SET created_at = shop_now() - interval '2 days' WHERE id = ${refundId}`,
    );
    await sendRefund(world.system, refundId);
    expect(await refundsOf(orderId)).toMatchObject([{ status: "succeeded", providerRefundId: made.id }]);
    expect(await listRefunds(intentId)).toHaveLength(1);
  });

  it("and comes after we gave up is money that left: it counts, and nobody can give it back again", async () => {
    const { orderId, intentId, total } = await paid();
    const { refundId } = await refund(world.admin, { orderId, amount: 700, reason: "Sorry" });
    await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
    await settleRefund(world.system, refundId, { status: "failed", failureReason: "refused", id: null });
    const made = await inDashboard(intentId, 700, { "metadata[refund_id]": refundId });
    await gateway.settled();
    expect(await refundsOf(orderId)).toMatchObject([
      { id: refundId, status: "failed", providerRefundId: null },
      { status: "succeeded", amount: 700, providerRefundId: made.id },
    ]);
    expect(await stateOf(orderId)).toMatchObject({ captured: total, refunded: 700 });
    expect(await wrongInTheBooks(["I10"])).toEqual([]);
  });
});
