/** A lost webhook loses nothing: what the gateway knows and the shop does not is settled by asking, once. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { disputes, payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, paymentOf, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import * as stripe from "@/lib/gateway/stripe";
import { exitCodeOf, optionsOf, textOf } from "@/scripts/reconcile";
import { cancelOrder, expire } from "./cancel";
import { open } from "./open";
import { reconcile } from "./reconcile";

const SLOW = "4000000000011116";
const REFUND_PENDING = "4000000000007726";
/** Everything at once, as by hand. */
const ALL = { sinceMinutes: 60, afterMinutes: 0 };

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const lose = () => gateway.turn("lose", { count: 1_000 });

async function placed() {
  const variantId = await shelf(world, 5);
  const shopper = guest();
  return { variantId, shopper, ...(await order(shopper, [{ variantId, quantity: 1 }])) };
}

async function settledByAsking(scope = ALL) {
  const report = await reconcile(world.system, scope);
  expect(report.isComplete).toBe(true);
  expect(report.findings.filter(({ differs }) => differs)).toEqual([]);
  return report;
}

describe("with every webhook lost", () => {
  it("an order stays pending until somebody asks, then is confirmed once", async () => {
    const { shopper, orderId, total, number, variantId } = await placed();
    await lose();
    expect(await gateway.pay(shopper, orderId)).toBe(200);
    await gateway.settled();
    expect(await stateOf(orderId)).toEqual({ status: "pending", captured: 0, refunded: 0 });
    const reports = await Promise.all([settledByAsking(), settledByAsking()]);
    const captured = reports.flatMap(({ findings }) =>
      findings.filter(({ result }) => /captured/.test(result)),
    );
    expect(captured).toHaveLength(1);
    await gateway.turn("clear");
    expect(captured[0]?.order ?? number).toBe(number);
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
    expect((await settledByAsking()).findings.filter(({ what }) => what !== "fee")).toEqual([]);
    expect((await settledByAsking()).findings).toEqual([]);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("heals by its own rows too, without the gateway's lists", async () => {
    const { shopper, orderId } = await placed();
    await lose();
    await gateway.pay(shopper, orderId);
    await gateway.turn("clear");
    await db.execute(
      sql`UPDATE payments SET created_at = shop_now() - interval '10 minutes' WHERE order_id = ${orderId}`,
    );
    const early = await reconcile(world.system, { sinceMinutes: -1, afterMinutes: 30 });
    expect(early.findings).toEqual([]);
    expect(await stateOf(orderId)).toMatchObject({ status: "pending" });
    const { findings } = await settledByAsking({ sinceMinutes: -1, afterMinutes: 5 });
    expect(findings).toMatchObject([{ what: "payment", result: "captured" }]);
    expect(await stateOf(orderId)).toMatchObject({ status: "confirmed" });
  });

  it("asks the longest waiting first, and does not ask again at once", async () => {
    const { shopper, orderId } = await placed();
    await open(shopper, orderId);
    await db.execute(
      sql`UPDATE payments SET created_at = shop_now() - interval '2 hours' WHERE order_id = ${orderId}`,
    );
    const scope = { sinceMinutes: -1, afterMinutes: 5 };
    expect((await reconcile(world.system, scope)).asked).toBeGreaterThan(0);
    expect((await paymentOf(orderId)).checkedAt).not.toBeNull();
    expect((await reconcile(world.system, scope)).asked).toBe(0);
    await db.execute(
      sql`UPDATE payments SET checked_at = shop_now() - interval '31 minutes' WHERE order_id = ${orderId}`,
    );
    expect((await reconcile(world.system, scope)).asked).toBe(1);
    await letExpire(orderId);
    await expire(world.system, orderId);
  });

  it("a crash between making an intent and keeping it: paid is settled, open of a closed order is closed", async () => {
    const [paid, left] = [await placed(), await placed()];
    await lose();
    await gateway.pay(paid.shopper, paid.orderId);
    await open(left.shopper, left.orderId);
    const leftIntent = (await paymentOf(left.orderId)).providerIntentId ?? "";
    await db.update(payments).set({ providerIntentId: null }).where(eq(payments.status, "pending"));
    await cancelOrder(left.shopper, left.orderId);
    await gateway.turn("clear");
    const { findings } = await settledByAsking();
    expect(findings.map(({ result }) => result)).toEqual(expect.arrayContaining(["closed"]));
    expect(await stateOf(paid.orderId)).toMatchObject({ status: "confirmed" });
    expect((await stripe.retrieveIntent(leftIntent)).status).toBe("canceled");
  });

  it("a slow payment: told as processing, then as paid", async () => {
    const { shopper, orderId, total } = await placed();
    await lose();
    await gateway.pay(shopper, orderId, SLOW);
    await settledByAsking();
    expect((await paymentOf(orderId)).status).toBe("processing");
    await gateway.turn("advance", { seconds: 86_400 });
    await gateway.turn("clear");
    await settledByAsking();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  });

  it("a refund that stays pending, and one that nobody sent", async () => {
    const { shopper, orderId, total } = await placed();
    await gateway.pay(shopper, orderId, REFUND_PENDING);
    await gateway.settled();
    await lose();
    await cancelOrder(shopper, orderId);
    await settledByAsking();
    const statusOf = async () =>
      (await db.select().from(refunds).where(eq(refunds.orderId, orderId))).map(({ status }) => status);
    expect(await statusOf()).toEqual(["pending"]);
    await gateway.turn("advance", { seconds: 86_400 });
    await gateway.turn("clear");
    await settledByAsking();
    expect(await statusOf()).toEqual(["succeeded"]);
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
  });

  it("a dispute that nobody told", async () => {
    const { shopper, orderId } = await placed();
    await gateway.pay(shopper, orderId);
    await gateway.settled();
    await lose();
    await gateway.turn("dispute", { payment_intent: (await paymentOf(orderId)).providerIntentId ?? "" });
    await gateway.turn("clear");
    await settledByAsking();
    expect(await db.select().from(disputes).where(eq(disputes.orderId, orderId))).toMatchObject([
      { status: "open" },
    ]);
  });
});

it("tells what it cannot heal: money of a payment that the shop does not have", async () => {
  const { orderId, number, total } = await placed();
  const stray = await stripe.createIntent({
    paymentId: orderId,
    orderId,
    orderNumber: number,
    amount: total,
    currency: "EUR",
    idempotencyKey: `${orderId}:stray`,
  });
  expect(await gateway.confirm(stray.clientSecret ?? "")).toBe(200);
  await gateway.settled();
  const report = await reconcile(world.system, ALL);
  expect(report.findings.filter(({ differs }) => differs)).toMatchObject([{ what: "intent", id: stray.id }]);
  expect(exitCodeOf(report)).toBe(1);
  expect(textOf(report)).toMatch(/✗ {2}intent.*took money[\s\S]*1 differs/);
});

it("stops at once when the gateway does not answer, and says so", async () => {
  await gateway.turn("fault", { kind: "error", when: "before", count: 3 });
  const report = await reconcile(world.system, ALL);
  expect(report).toMatchObject({ asked: 0, isComplete: false });
  expect(exitCodeOf(report)).toBe(2);
  await gateway.turn("clear");
});

it("the books agree with the gateway's balance after all of this, fees and the payout to the bank included", async () => {
  await gateway.turn("payout", { amount: 1_000 });
  await gateway.settled();
  await runJobs();
  await settledAfterJobs();
  const [ours] = await db.execute<{ clearing: number; bank: number; fees: number }>(sql`
    SELECT sum(amount) FILTER (WHERE account = 'clearing')::float8 AS clearing,
      sum(amount) FILTER (WHERE account = 'bank')::float8 AS bank,
      sum(amount) FILTER (WHERE account = 'gateway_fees')::float8 AS fees FROM ledger_entries`);
  // The payment that the shop does not have is the gateway's alone.
  const foreign = await foreignNet();
  expect(ours?.bank).toBe(1_000);
  expect(ours?.fees).toBeGreaterThan(0);
  expect(await gateway.balance()).toBe((ours?.clearing ?? 0) + foreign);
  expect(await wrongInTheBooks()).toEqual([]);
});

async function settledAfterJobs(): Promise<void> {
  await reconcile(world.system, ALL);
  await gateway.settled();
}

/** What the stray intent brought, after its fee. */
async function foreignNet(): Promise<number> {
  for await (const intent of stripe.listIntents({ createdAfter: new Date(Date.now() - 3_600_000) })) {
    if (intent.metadata.payment_id === intent.metadata.order_id)
      return intent.amountReceived - (Math.floor((intent.amountReceived * 15 + 500) / 1000) + 25);
  }
  return 0;
}

it("reads how far back to look", () => {
  expect(optionsOf([])).toMatchObject({ scope: { sinceMinutes: 1_440 }, json: false });
  expect(optionsOf(["--since", "7d", "--json"])).toMatchObject({
    scope: { sinceMinutes: 10_080 },
    json: true,
  });
  expect(optionsOf(["--help"])).toBeNull();
  for (const wrong of ["", "0h", "x", "99d", "-1h"])
    expect(() => optionsOf([`--since=${wrong}`])).toThrow(/no time back/);
});
