import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orderLines, orders } from "@/db/schema/orders";
import { refundLines, refunds } from "@/db/schema/payments";
import { settings } from "@/db/schema/settings";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf } from "@/db/testing/orders";
import { isShopError } from "@/lib/domain/errors";
import { ratio } from "@/lib/domain/money";
import { complete } from "@/lib/services/orders/complete";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { refund } from "./refund";
import { settleRefund } from "./refund-settle";

const ORDERS = 8;
const STEPS = 7;

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

/** Whole numbers from 0 to `below`, the same ones for the same seed. */
function numbers(seed: number) {
  let state = (seed % 2_147_483_646) + 1;
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

async function paidOrder(pick: (below: number) => number) {
  const wishes = [
    { variantId: await shelf(world, 20, 1 + pick(9_999)), quantity: 1 + pick(5) },
    { variantId: await shelf(world, 20, 1 + pick(999)), quantity: 1 + pick(3) },
    { variantId: world.tote.variantIds[0] ?? "", quantity: 1 },
  ];
  const shopper = guest();
  const { orderId } = await order(shopper, wishes);
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  return orderId;
}

/** What the gateway would say of a refund; it is not asked here, so that it may say anything at any time. */
const told = (refundId: string, status: "succeeded" | "failed") =>
  settleRefund(world.system, refundId, { status, failureReason: null, id: null });

/** Refunds something of an order, or lets one fail that waits or was done. */
async function step(orderId: string, pick: (below: number) => number): Promise<void> {
  const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
  const line = lines[pick(lines.length)];
  const payment = await paymentOf(orderId);
  const left = payment.amount - payment.refunded;
  const wish = [
    { lines: [{ orderLineId: line?.id ?? "", quantity: 1 + pick(2) }] },
    { amount: 1 + pick(Math.max(1, Math.ceil(left / 2))) },
    { shipping: 1 + pick(200) },
    { lines: [{ orderLineId: line?.id ?? "", quantity: 1, restock: true }], shipping: pick(2) },
  ][pick(5)];
  if (wish) {
    try {
      const { refundId } = await refund(world.admin, { orderId, reason: "Random", ...wish });
      if (pick(2) === 0) await told(refundId, "succeeded");
    } catch (error) {
      if (!isShopError(error, "invalid_input")) throw error;
    }
    return;
  }
  const all = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
  const one = all[pick(Math.max(1, all.length))];
  if (one) await told(one.id, "failed");
}

async function deliverAll(orderId: string): Promise<void> {
  for (const owner of [world.line, world.ring]) {
    const { shipmentId } = await ship(owner, orderId, { carrier: "DHL" });
    await deliver(owner, { orderId, shipmentId });
  }
}

type Sums = Record<string, number>;

/** What the ledger alone says of an order. */
async function fromLedger(orderId: string): Promise<Sums> {
  const rows = await db.execute<{ account: string; owner: string | null; sum: number }>(sql`
    SELECT e.account, e.owner_id AS owner, sum(e.amount)::float8 AS sum FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.order_id = ${orderId} AND t.kind <> 'fee' GROUP BY 1, 2 HAVING sum(e.amount) <> 0`);
  return Object.fromEntries(
    rows.map(({ account, owner, sum }) => [owner ? `${account} ${owner}` : account, sum]),
  );
}

/** What the order, its lines and its live refunds say that the ledger should hold. */
async function fromRows(orderId: string): Promise<Sums> {
  const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
  if (!row) throw new Error("no such order");
  const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
  const live = (await db.select().from(refunds).where(eq(refunds.orderId, orderId))).filter(
    (one) => one.status !== "failed",
  );
  const parts = (await db.select().from(refundLines)).filter((part) =>
    live.some((one) => one.id === part.refundId),
  );
  const sums: Sums = {};
  const add = (account: string, amount: number) => {
    sums[account] = (sums[account] ?? 0) + amount;
  };
  add("clearing", row.captured - row.refunded);
  for (const one of live) if (one.status !== "succeeded") add("refunds_due", -one.amount);
  const of = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
  const backTax = of(live.map((one) => one.tax));
  add("tax_payable", -(row.tax - backTax));
  const shippingBack = of(live.map((one) => one.amount)) - of(parts.map((part) => part.amount));
  const shippingTaxBack = backTax - of(parts.map((part) => part.tax));
  const gross = row.shipping + (row.pricesIncludeTax ? 0 : row.shippingTax);
  add("shipping_income", -(gross - row.shippingTax - (shippingBack - shippingTaxBack)));
  for (const line of lines) {
    const mine = parts.filter((part) => part.orderLineId === line.id);
    const net = of(mine.map((part) => part.amount - part.tax));
    add(`sales ${line.ownerId}`, -(line.subtotal - (row.pricesIncludeTax ? line.tax : 0)));
    add(`discounts ${line.ownerId}`, line.discount);
    add(`refunds ${line.ownerId}`, net);
    if (row.status !== "completed") continue;
    const share = line.total - line.tax - net;
    const commission = ratio(share, line.commission, 1_000_000);
    add(`owner_share ${line.ownerId}`, share);
    add("commission", -commission);
    add(`owner_payable ${line.ownerId}`, -(share - commission));
  }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
}

/** Commission entries may carry an owner: they count together. */
function perAccount(sums: Sums): Sums {
  const told: Sums = {};
  for (const [name, amount] of Object.entries(sums)) {
    const key = name.startsWith("commission") ? "commission" : name;
    told[key] = (told[key] ?? 0) + amount;
  }
  return told;
}

it("rebuilds every order's sums and every owner's earnings from the ledger alone", async () => {
  const seed = Number(process.env.REFUND_SEED ?? Date.now() % 1_000_000);
  console.log(`REFUND_SEED=${seed}`);
  const pick = numbers(seed);
  for (let n = 0; n < ORDERS; n += 1) {
    await db.update(settings).set({ pricesIncludeTax: n % 2 === 0 });
    const orderId = await paidOrder(pick);
    const isDone = n % 3 > 0;
    if (isDone) await deliverAll(orderId);
    for (let i = 0; i < STEPS; i += 1) {
      if (isDone && i === 3) await complete(world.system, orderId);
      await step(orderId, pick);
      expect(perAccount(await fromLedger(orderId))).toEqual(perAccount(await fromRows(orderId)));
    }
    // The rest goes back too, and nothing is left anywhere.
    const { amount, refunded } = await paymentOf(orderId);
    if (amount > refunded)
      await refund(world.admin, { orderId, amount: amount - refunded, reason: "The rest" });
    for (const one of await db.select().from(refunds).where(eq(refunds.orderId, orderId)))
      await told(one.id, "succeeded");
    const ledger = await fromLedger(orderId);
    const left = Object.keys(ledger).filter((name) => !/^(sales|discounts|refunds) /.test(name));
    expect(left).toEqual([]);
    expect(Object.values(ledger).reduce((sum, one) => sum + one, 0)).toBe(0);
  }
  await db.update(settings).set({ pricesIncludeTax: true });
  expect(await wrongInTheBooks()).toEqual([]);
}, 60_000);
