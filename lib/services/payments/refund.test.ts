import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orderEvents, orderLines, orders } from "@/db/schema/orders";
import { payments, refundLines, refunds } from "@/db/schema/payments";
import { settings } from "@/db/schema/settings";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs, runJobsWithoutGateway, stateOf, stockOf } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { lockOrder } from "@/lib/services/orders/access";
import { complete } from "@/lib/services/orders/complete";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder } from "./cancel";
import { recordPaidBack, refund, requestRefund } from "./refund";
import { refundAgain } from "./refund-again";

const REFUND_FAILS_LATER = "4000000000005126";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

/** A paid order of three things of Line's and two totes of Ring's, with shipping that costs. */
async function paid({ price = 1_999, card = undefined as string | undefined } = {}) {
  const variantId = await shelf(world, 10, price);
  const shopper = guest();
  const placed = await order(shopper, [
    { variantId, quantity: 3 },
    { variantId: world.tote.variantIds[0] ?? "", quantity: 1 },
  ]);
  await gateway.pay(shopper, placed.orderId, card);
  await gateway.settled();
  const lines = await linesOf(placed.orderId);
  const line = lines.find((one) => one.variantId === variantId);
  const tote = lines.find((one) => one.variantId !== variantId);
  if (!line || !tote) throw new Error("the order has no lines");
  return { ...placed, shopper, variantId, line, tote };
}

const linesOf = (orderId: string) =>
  db.select().from(orderLines).where(eq(orderLines.orderId, orderId)).orderBy(orderLines.position);
const refundsOf = (orderId: string) =>
  db.select().from(refunds).where(eq(refunds.orderId, orderId)).orderBy(refunds.createdAt, refunds.id);
const kindsOf = async (orderId: string) =>
  (await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId))).map((event) => event.kind);

/** What an order's postings add up to, by account, in minor units. */
async function ledgerOf(orderId: string): Promise<Record<string, number>> {
  const rows = await db.execute<{ account: string; sum: number }>(sql`
    SELECT e.account, sum(e.amount)::float8 AS sum FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.order_id = ${orderId} GROUP BY 1 HAVING sum(e.amount) <> 0`);
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

async function settleAll() {
  await runJobs();
  await gateway.settled();
}

describe("an admin refunds", () => {
  it("pieces, shipping and an amount, and in the end exactly what was paid", async () => {
    const { orderId, total, line, tote } = await paid();
    const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
    const first = await refund(world.admin, {
      orderId,
      lines: [{ orderLineId: line.id, quantity: 1 }],
      reason: "Scratched",
    });
    expect(first.amount).toBe(1_999);
    const part = await refund(world.admin, { orderId, shipping: 100, reason: "Late" });
    expect(part.amount).toBe(100);
    await refund(world.admin, { orderId, amount: 1_001, reason: "Sorry" });
    await settleAll();
    expect(await stateOf(orderId)).toMatchObject({ captured: total, refunded: 3_100 });
    await refund(world.admin, {
      orderId,
      lines: [
        { orderLineId: line.id, quantity: 2 },
        { orderLineId: tote.id, quantity: 1 },
      ],
      shipping: "all",
      reason: "All of it",
    });
    await settleAll();
    expect(await stateOf(orderId)).toMatchObject({ captured: total, refunded: total });
    const rows = await refundsOf(orderId);
    expect(rows.reduce((sum, one) => sum + one.tax, 0)).toBe(row?.tax);
    expect(rows.reduce((sum, one) => sum + one.shipping, 0)).toBe(row?.shipping);
    expect(await linesOf(orderId)).toMatchObject([
      { refundedQuantity: 3, refundedAmount: line.total },
      { refundedQuantity: 1, refundedAmount: tote.total },
    ]);
    const { refunds: back = 0, sales = 0, ...rest } = await ledgerOf(orderId);
    expect(back).toBe(-sales);
    expect(rest).toEqual({});
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("never more than is left, and names the field", async () => {
    const { orderId, line, total } = await paid();
    const asked = (wish: object) => refund(world.admin, { orderId, reason: "Too much", ...wish });
    const fields = (name: string, text: RegExp) =>
      expect.objectContaining({
        code: "invalid_input",
        data: { fields: { [name]: expect.stringMatching(text) } },
      });
    await expect(asked({ lines: [{ orderLineId: line.id, quantity: 4 }] })).rejects.toEqual(
      fields("lines", /Only 3 of /),
    );
    await expect(asked({ shipping: 491 })).rejects.toEqual(fields("shipping", /At most €4.90/));
    await expect(asked({ amount: total + 1 })).rejects.toEqual(fields("amount", /At most/));
    for (const amount of [0, -1, 1.5]) await expect(asked({ amount })).rejects.toEqual(fields("amount", /./));
    await expect(asked({ shipping: -1 })).rejects.toEqual(fields("shipping", /./));
    await expect(asked({})).rejects.toEqual(fields("amount", /nothing/));
    await expect(asked({ amount: 5, reason: " " })).rejects.toEqual(fields("reason", /./));
    await expect(asked({ lines: [{ orderLineId: orderId, quantity: 1 }] })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await refundsOf(orderId)).toEqual([]);
  });

  it("but no owner does, and nobody an order that was not paid", async () => {
    const { orderId } = await paid();
    await expect(refund(world.line, { orderId, amount: 1, reason: "Mine" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const open = await order(guest(), [{ variantId: await shelf(world), quantity: 1 }]);
    await expect(
      refund(world.admin, { orderId: open.orderId, amount: 1, reason: "Early" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("once per key, and never too much by many at once", async () => {
    const { orderId, line, total } = await paid();
    const same = { orderId, key: `refund-${orderId}`, amount: 500, reason: "Double click" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => refund(world.admin, same)));
    expect(new Set(answers.map((answer) => answer.refundId)).size).toBe(1);
    const third = { orderId, amount: Math.ceil(total / 3), reason: "Race" };
    const race = await Promise.allSettled([
      ...Array.from({ length: 12 }, () => refund(world.admin, third)),
      refund(world.admin, { orderId, lines: [{ orderLineId: line.id, quantity: 3 }], reason: "Race" }),
    ]);
    expect(race.filter((one) => one.status === "fulfilled").length).toBeLessThanOrEqual(3);
    await settleAll();
    const { refunded } = (await stateOf(orderId)) ?? { refunded: -1 };
    expect(refunded).toBeLessThanOrEqual(total);
    expect((await paymentOf(orderId)).refunded).toBe(refunded);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("what went back before", () => {
  it("is left out when the order is cancelled, taxes too", async () => {
    const { orderId, total, line, shopper } = await paid({ price: 1_333 });
    await refund(world.admin, { orderId, lines: [{ orderLineId: line.id, quantity: 1 }], reason: "One" });
    await refund(world.admin, { orderId, amount: 777, reason: "Some" });
    await cancelOrder(shopper, orderId);
    await settleAll();
    const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
    expect(row).toMatchObject({ status: "cancelled", refunded: total });
    expect((await refundsOf(orderId)).reduce((sum, one) => sum + one.tax, 0)).toBe(row?.tax);
    const { refunds: back = 0, sales = 0, ...rest } = await ledgerOf(orderId);
    expect([back, rest]).toEqual([-sales, {}]);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("restocking", () => {
  it("takes unsent pieces off the order, counts sent ones as returned, and puts none back twice", async () => {
    const { orderId, line, variantId } = await paid();
    const restock = (quantity: number) =>
      refund(world.admin, {
        orderId,
        lines: [{ orderLineId: line.id, quantity, restock: true }],
        reason: "Back",
      });
    expect(await stockOf(variantId)).toMatchObject({ on_hand: 7 });
    await restock(1);
    expect(await stockOf(variantId)).toMatchObject({ on_hand: 8 });
    await ship(world.line, orderId, { carrier: "DHL", lines: [{ orderLineId: line.id, quantity: 2 }] });
    await restock(1);
    expect(await stockOf(variantId)).toMatchObject({ on_hand: 9 });
    expect((await linesOf(orderId))[0]).toMatchObject({ cancelledQuantity: 1, returnedQuantity: 1 });
    // The last piece came back by another way already.
    await db.update(orderLines).set({ returnedQuantity: 2 }).where(eq(orderLines.id, line.id));
    await restock(1);
    expect(await stockOf(variantId)).toMatchObject({ on_hand: 9 });
    const rows = await db.select().from(refundLines).where(eq(refundLines.orderLineId, line.id));
    expect(rows.map((one) => one.restock)).toEqual([true, true, true]);
  });

  it("of all that is left ends the order, and the rest of its money goes back", async () => {
    const { orderId, line, tote, total, variantId } = await paid();
    const lines = [
      { orderLineId: line.id, quantity: 3, restock: true },
      { orderLineId: tote.id, quantity: 1, restock: true },
    ];
    await refund(world.admin, { orderId, lines, reason: "Recalled" });
    await settleAll();
    expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
    expect(await stockOf(variantId)).toMatchObject({ on_hand: 10 });
    expect(await kindsOf(orderId)).toEqual(expect.arrayContaining(["part_cancelled", "cancelled"]));
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("leaves the shelf alone where it is not asked for, or the cancel did it", async () => {
    const { orderId, line, variantId, shopper } = await paid();
    await refund(world.admin, { orderId, lines: [{ orderLineId: line.id, quantity: 1 }], reason: "Keep it" });
    expect(await stockOf(variantId)).toMatchObject({ on_hand: 7 });
    await cancelOrder(shopper, orderId);
    expect(await stockOf(variantId)).toMatchObject({ on_hand: 10 });
    await withTx(async (tx) => {
      const row = await lockOrder(tx, world.system, orderId);
      const lines = [{ orderLineId: line.id, quantity: 0, restock: true }];
      await requestRefund(tx, world.system, row, { lines, shipping: 0, reason: "Nothing left" });
    });
    expect(await stockOf(variantId)).toMatchObject({ on_hand: 10 });
  });
});

describe("a refund on its way", () => {
  it("stays reserved while the gateway does not answer, and is made once after that", async () => {
    const { orderId, total } = await paid();
    await refund(world.admin, { orderId, amount: 300, reason: "Slow" });
    await gateway.turn("fault", { kind: "error", when: "after", path: "/v1/refunds", count: 9 });
    await runJobsWithoutGateway();
    expect(await refundsOf(orderId)).toMatchObject([{ amount: 300 }]);
    await gateway.turn("clear");
    expect((await paymentOf(orderId)).refunded).toBe(300);
    await db.execute(sql`UPDATE graphile_worker._private_jobs SET run_at = now()`);
    await settleAll();
    expect(await refundsOf(orderId)).toMatchObject([{ status: "succeeded" }]);
    expect(await stateOf(orderId)).toMatchObject({ captured: total, refunded: 300 });
  });

  it("fails after it succeeded: everything is refundable again, and a person tries again", async () => {
    const { orderId, line } = await paid({ card: REFUND_FAILS_LATER });
    const before = await ledgerOf(orderId);
    const wish = { orderId, lines: [{ orderLineId: line.id, quantity: 2 }], shipping: 90, reason: "Two" };
    const { refundId, amount } = await refund(world.admin, wish);
    await settleAll();
    expect(await stateOf(orderId)).toMatchObject({ refunded: amount });
    await gateway.turn("advance", { seconds: 86_400 });
    await gateway.settled();
    expect(await refundsOf(orderId)).toMatchObject([{ status: "failed" }]);
    expect(await ledgerOf(orderId)).toEqual(before);
    expect(await kindsOf(orderId)).toEqual(
      expect.arrayContaining(["refund_requested", "refunded", "refund_failed"]),
    );
    await refundAgain(world.admin, { refundId });
    expect(await refundsOf(orderId)).toMatchObject([
      { status: "failed" },
      { status: "reserved", amount, shipping: 90 },
    ]);
    expect((await linesOf(orderId))[0]).toMatchObject({ refundedQuantity: 2, refundedAmount: amount - 90 });
    await expect(refundAgain(world.line, { refundId })).rejects.toMatchObject({ code: "forbidden" });
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

it("goes back by hand where cash came, out of the bank", async () => {
  const variantId = await shelf(world);
  const { orderId, total } = await order(guest(), [{ variantId, quantity: 1 }], {
    method: "cash_on_delivery",
  });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId, shipmentId });
  await runJobs();
  const { refundId } = await refund(world.admin, { orderId, amount: 700, reason: "Dented" });
  await runJobs();
  expect(await refundsOf(orderId)).toMatchObject([{ status: "reserved" }]);
  await expect(recordPaidBack(world.line, { refundId })).rejects.toMatchObject({ code: "forbidden" });
  await recordPaidBack(world.admin, { refundId });
  await expect(recordPaidBack(world.admin, { refundId })).rejects.toMatchObject({ code: "not_found" });
  expect(await stateOf(orderId)).toMatchObject({ captured: total, refunded: 700 });
  expect(await ledgerOf(orderId)).toMatchObject({ bank: -700, cod_receivable: total });
  expect(await wrongInTheBooks()).toEqual([]);
});

describe("owners' earnings", () => {
  it("fall with each refund after completion, to exactly nothing, and rise where one fails", async () => {
    const { orderId, line, tote, total } = await paid({ price: 1_111, card: REFUND_FAILS_LATER });
    const early = await refund(world.admin, { orderId, amount: 501, reason: "Before it was completed" });
    for (const owner of [world.line, world.ring]) {
      const { shipmentId } = await ship(owner, orderId, { carrier: "DHL" });
      await deliver(owner, { orderId, shipmentId });
    }
    await complete(world.system, orderId);
    const earned = async () => {
      const { owner_share = 0, owner_payable = 0, commission = 0 } = await ledgerOf(orderId);
      return [owner_share, owner_payable, commission];
    };
    const [n = 0, payable = 0, c = 0] = await earned();
    expect([payable, c]).toEqual([-(n - Math.abs(c)), -Math.abs(c)]);
    for (const wish of [
      { lines: [{ orderLineId: line.id, quantity: 1 }] },
      { amount: 333 },
      { lines: [{ orderLineId: tote.id, quantity: 1 }] },
    ])
      await refund(world.admin, { orderId, reason: "After", ...wish });
    const [left = 0] = await earned();
    expect(left).toBeLessThan(n);
    await refund(world.admin, {
      orderId,
      lines: [{ orderLineId: line.id, quantity: 2 }],
      shipping: "all",
      reason: "The rest",
    });
    expect(await earned()).toEqual([0, 0, 0]);
    await settleAll();
    expect(await stateOf(orderId)).toMatchObject({ refunded: total });
    // All of them fail in the end: the owners have earned as if there had been none.
    await gateway.turn("advance", { seconds: 86_400 });
    await gateway.settled();
    expect((await refundsOf(orderId)).map((one) => one.status)).toEqual(Array(5).fill("failed"));
    const lines = await linesOf(orderId);
    const net = lines.reduce((sum, one) => sum + one.total - one.tax, 0);
    expect((await earned())[0]).toBe(net);
    expect(early.amount).toBe(501);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("taxes on top of prices", () => {
  it("go back with the goods and with the shipping, exactly", async () => {
    await db.update(settings).set({ pricesIncludeTax: false });
    const { orderId, total, line } = await paid({ price: 1_237 });
    await db.update(settings).set({ pricesIncludeTax: true });
    const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
    expect(row?.pricesIncludeTax).toBe(false);
    for (const wish of [
      { amount: 11 },
      { shipping: 333 },
      { lines: [{ orderLineId: line.id, quantity: 2 }] },
    ])
      await refund(world.admin, { orderId, reason: "Part", ...wish });
    const left = total - (await paymentOf(orderId)).refunded;
    await refund(world.admin, { orderId, amount: left, reason: "Rest" });
    await settleAll();
    const rows = await refundsOf(orderId);
    const sum = (of: "amount" | "tax" | "shipping") => rows.reduce((all, one) => all + one[of], 0);
    expect([sum("amount"), sum("tax"), sum("shipping")]).toEqual([total, row?.tax, row?.shipping]);
    const { refunds: back = 0, sales = 0, ...rest } = await ledgerOf(orderId);
    expect([back, rest]).toEqual([-sales, {}]);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

it("refuses to reserve more than a payment, whatever the books of the lines say", async () => {
  const { orderId, total } = await paid();
  await db
    .update(payments)
    .set({ refunded: total - 5 })
    .where(eq(payments.orderId, orderId));
  await expect(refund(world.admin, { orderId, amount: 6, reason: "Check" })).rejects.toMatchObject({
    code: "invalid_input",
    data: { fields: { amount: expect.stringContaining("€0.05") } },
  });
  await db.update(payments).set({ refunded: 0 }).where(eq(payments.orderId, orderId));
});
