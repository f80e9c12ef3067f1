import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orderEvents, orderLines, orders } from "@/db/schema/orders";
import { disputes } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs, stateOf } from "@/db/testing/orders";
import { complete } from "@/lib/services/orders/complete";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder } from "./cancel";
import { refund } from "./refund";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function paid(price = 2_000) {
  const variantId = await shelf(world, 10, price);
  const shopper = guest();
  const placed = await order(shopper, [{ variantId, quantity: 2 }]);
  await gateway.pay(shopper, placed.orderId);
  await gateway.settled();
  const { providerIntentId } = await paymentOf(placed.orderId);
  return { ...placed, shopper, intentId: providerIntentId ?? "" };
}

async function delivered(price?: number) {
  const placed = await paid(price);
  const { shipmentId } = await ship(world.line, placed.orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId: placed.orderId, shipmentId });
  return placed;
}

/** The bank of the shopper acts; `then` ends it. */
async function dispute(
  { orderId, intentId }: { orderId: string; intentId: string },
  { end, ...form }: { amount?: number; warning?: boolean; end?: "won" | "lost" } = {},
) {
  await gateway.turn("dispute", { payment_intent: intentId, ...form });
  await gateway.settled();
  if (end) await close(orderId, end);
}

async function close(orderId: string, status: "won" | "lost") {
  const open = (await disputesOf(orderId)).find((one) => one.status === "open");
  await gateway.turn("close-dispute", { dispute: open?.providerDisputeId, status });
  await gateway.settled();
}

const disputesOf = (orderId: string) =>
  db.select().from(disputes).where(eq(disputes.orderId, orderId)).orderBy(disputes.createdAt, disputes.id);
const isFrozen = async (orderId: string) =>
  (await db.select({ is: orders.isDisputed }).from(orders).where(eq(orders.id, orderId)))[0]?.is;
const disputeEvents = async (orderId: string) =>
  (await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId)))
    .map((event) => event.kind)
    .filter((kind) => kind.startsWith("dispute_"))
    .sort();

/** What an order's postings add up to, by account, in minor units. */
async function ledgerOf(orderId: string): Promise<Record<string, number>> {
  const rows = await db.execute<{ account: string; sum: number }>(sql`
    SELECT e.account, sum(e.amount)::float8 AS sum FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.order_id = ${orderId} AND t.kind <> 'fee' GROUP BY 1 HAVING sum(e.amount) <> 0`);
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

describe("an open dispute", () => {
  it("freezes shipping, holds the money and the fee, and blocks refunds of it", async () => {
    const placed = await paid();
    const { orderId, total } = placed;
    await dispute(placed);
    expect(await disputesOf(orderId)).toMatchObject([
      { status: "open", amount: total, reason: "fraudulent", dueBy: expect.any(Date), closedAt: null },
    ]);
    expect(await isFrozen(orderId)).toBe(true);
    expect(await ledgerOf(orderId)).toMatchObject({
      disputes_held: total,
      gateway_fees: 2_000,
      clearing: -2_000,
    });
    await expect(ship(world.line, orderId, { carrier: "DHL" })).rejects.toMatchObject({ code: "conflict" });
    await expect(refund(world.admin, { orderId, amount: 1, reason: "Now" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("holds completion; won, the order goes on as if nothing had been", async () => {
    const placed = await delivered();
    const { orderId } = placed;
    const before = await ledgerOf(orderId);
    await dispute(placed);
    await complete(world.system, orderId);
    expect(await stateOf(orderId)).toMatchObject({ status: "delivered" });
    await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
    await close(orderId, "won");
    expect(await disputeEvents(orderId)).toEqual(["dispute_opened", "dispute_won"]);
    expect(await isFrozen(orderId)).toBe(false);
    expect(await ledgerOf(orderId)).toEqual(before);
    const jobs = await db.execute<{ key: string }>(sql`SELECT key FROM graphile_worker._private_jobs`);
    expect(jobs.map((job) => job.key)).toContain(`orders.complete:${orderId}`);
    await complete(world.system, orderId);
    expect(await stateOf(orderId)).toMatchObject({ status: "completed" });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it.each([
    ["fifo", "won"],
    ["reverse", "won"],
    ["shuffle", "won"],
    ["fifo", "lost"],
    ["reverse", "lost"],
    ["shuffle", "lost"],
  ] as const)("told %s and twice each ends as %s", async (way, end) => {
    const { orderId, intentId, total } = await delivered();
    const before = await ledgerOf(orderId);
    await gateway.turn("hold");
    await gateway.turn("dispute", { payment_intent: intentId });
    const made = await disputeOfGateway(intentId);
    await gateway.turn("close-dispute", { dispute: made, status: end });
    await gateway.turn("release", { order: way, copies: 2, seed: 11 });
    await gateway.settled();
    expect(await disputesOf(orderId)).toMatchObject([{ status: end, closedAt: expect.any(Date) }]);
    expect(await disputeEvents(orderId)).toEqual(["dispute_opened", `dispute_${end}`].sort());
    expect(await isFrozen(orderId)).toBe(false);
    const after = await ledgerOf(orderId);
    if (end === "won") expect(after).toEqual(before);
    else {
      expect(after).toMatchObject({ chargebacks: total });
      expect(after.disputes_held).toBeUndefined();
    }
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

it("may be told before the payment itself is: the order is confirmed, and frozen", async () => {
  const variantId = await shelf(world, 10);
  const shopper = guest();
  const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
  await gateway.turn("hold");
  await gateway.pay(shopper, orderId);
  const intentId = (await paymentOf(orderId)).providerIntentId ?? "";
  await gateway.turn("dispute", { payment_intent: intentId });
  await gateway.turn("release", { order: "reverse" });
  await gateway.settled();
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  expect(await isFrozen(orderId)).toBe(true);
  expect(await ledgerOf(orderId)).toMatchObject({ disputes_held: total });
  expect(await wrongInTheBooks()).toEqual([]);
});

/** The id of the newest dispute of an intent, as the gateway lists it. */
async function disputeOfGateway(intentId: string): Promise<string> {
  const answer = await fetch(`${process.env.SANDBOX_URL}/v1/disputes?payment_intent=${intentId}`, {
    headers: { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
  });
  const { data } = (await answer.json()) as { data: { id: string }[] };
  return data[0]?.id ?? "";
}

describe("a lost dispute", () => {
  const earned = async (orderId: string) => {
    const { owner_share = 0, owner_payable = 0, commission = 0 } = await ledgerOf(orderId);
    return [owner_share, owner_payable, commission];
  };

  it("takes what the owner earned, whether it was completed before or after", async () => {
    const early = await delivered();
    await complete(world.system, early.orderId);
    expect((await earned(early.orderId))[0]).toBeGreaterThan(0);
    await dispute(early, { end: "lost" });
    expect(await earned(early.orderId)).toEqual([0, 0, 0]);
    const late = await delivered();
    await dispute(late, { end: "lost" });
    await complete(world.system, late.orderId);
    expect(await stateOf(late.orderId)).toMatchObject({ status: "completed" });
    expect(await earned(late.orderId)).toEqual([0, 0, 0]);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("of a part takes a part; what is left can be refunded, and no more", async () => {
    const placed = await delivered(5_000);
    const { orderId, total } = placed;
    await complete(world.system, orderId);
    const [whole = 0] = await earned(orderId);
    await dispute(placed, { amount: 2_500, end: "lost" });
    const [left = 0, payable = 0, commission = 0] = await earned(orderId);
    expect(left).toBe(whole - Math.round((2_500 * 100) / 119));
    expect(payable).toBe(-(left + commission));
    const more = { orderId, amount: total - 2_499, reason: "More" };
    await expect(refund(world.admin, more)).rejects.toMatchObject({ code: "invalid_input" });
    await refund(world.admin, { orderId, amount: total - 2_500, reason: "The rest" });
    expect(await earned(orderId)).toEqual([0, 0, 0]);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("keeps frozen what was not sent; an admin cancels it, and nothing goes back twice", async () => {
    const placed = await paid();
    const { orderId, total } = placed;
    await dispute(placed, { end: "lost" });
    expect(await isFrozen(orderId)).toBe(true);
    await expect(ship(world.line, orderId, { carrier: "DHL" })).rejects.toMatchObject({ code: "conflict" });
    await cancelOrder(world.admin, orderId);
    await runJobs();
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: 0 });
    const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    expect(line?.refundedAmount).toBe(0);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

it("gives the money of an order that was cancelled meanwhile back once the dispute is won", async () => {
  const placed = await paid();
  const { orderId, total } = placed;
  await dispute(placed);
  await cancelOrder(world.admin, orderId);
  await runJobs();
  expect(await stateOf(orderId)).toMatchObject({ status: "cancelled", refunded: 0 });
  await close(orderId, "won");
  await runJobs();
  await gateway.settled();
  expect(await stateOf(orderId)).toMatchObject({ refunded: total });
  expect(await wrongInTheBooks()).toEqual([]);
});

describe("an inquiry", () => {
  it("freezes the order but moves no money until it becomes a dispute", async () => {
    const placed = await paid();
    const { orderId, total } = placed;
    const before = await ledgerOf(orderId);
    await dispute(placed, { warning: true });
    expect(await isFrozen(orderId)).toBe(true);
    expect(await ledgerOf(orderId)).toEqual(before);
    const [open] = await disputesOf(orderId);
    await gateway.turn("escalate-dispute", { dispute: open?.providerDisputeId });
    await gateway.settled();
    expect(await ledgerOf(orderId)).toMatchObject({ disputes_held: total });
    expect(await disputesOf(orderId)).toHaveLength(1);
  });

  it("that is closed leaves no trace in the books", async () => {
    const placed = await paid();
    const before = await ledgerOf(placed.orderId);
    await dispute(placed, { warning: true, end: "lost" });
    expect(await disputesOf(placed.orderId)).toMatchObject([{ status: "won" }]);
    expect(await isFrozen(placed.orderId)).toBe(false);
    expect(await ledgerOf(placed.orderId)).toEqual(before);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

it("counts several disputes of one order each for itself", async () => {
  const placed = await delivered(3_000);
  const { orderId } = placed;
  await dispute(placed, { amount: 1_000 });
  await dispute(placed, { amount: 500 });
  await close(orderId, "won");
  expect(await isFrozen(orderId)).toBe(true);
  await close(orderId, "lost");
  expect(await isFrozen(orderId)).toBe(false);
  expect((await disputesOf(orderId)).map((one) => one.status).sort()).toEqual(["lost", "won"]);
  expect(await wrongInTheBooks()).toEqual([]);
});
