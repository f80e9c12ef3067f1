/** The books against themselves: random days of a shop, then every figure from the ledger alone and from all but it. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, product, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { owners } from "@/db/schema/accounts";
import { discounts } from "@/db/schema/discounts";
import { fulfilments } from "@/db/schema/fulfilments";
import { disputes, refunds } from "@/db/schema/payments";
import { payouts } from "@/db/schema/payouts";
import { wrongInTheBooks } from "@/db/testing/books";
import { type Delivered, linesOf, paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs } from "@/db/testing/orders";
import {
  balancesFromLedger,
  balancesFromTables,
  clearingFromLedger,
  ordersFromLedger,
  ordersFromTables,
} from "@/db/testing/rebuilt";
import type { Guest } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { call } from "@/lib/gateway/stripe";
import { complete, deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { recordPaidBack, refund } from "@/lib/services/payments/refund";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { approve } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { createPayout } from "./create";
import { remitCash } from "./remit";
import { markFailed, markPaid } from "./settle";

const SEEDS = (process.env.SCENARIO_SEEDS ?? "1,2").split(",").map(Number);
const STEPS = Number(process.env.SCENARIO_STEPS ?? 60);
const REFUND_FAILS_LATER = "4000000000005126";

let world: Cast;
let gateway: TestGateway;
let goods: string[];
let ofRing: string;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  const { id } = await call((api) => api.accounts.create({ type: "express" }));
  await db.update(owners).set({ stripeAccountId: id }).where(eq(owners.id, world.id.ringShop));
  await db
    .insert(discounts)
    .values({ id: newId(), title: "A third", code: "THIRD", kind: "percentage", value: 33 });
  const { variantIds } = await product({
    ownerId: world.id.ringShop,
    categoryId: world.id.category,
    taxClassId: world.id.taxClass,
    name: "Ring's own",
    variants: [{ sku: "RING", price: 2_467, stock: 5_000 }],
  });
  ofRing = variantIds[0] ?? "";
  goods = [
    await shelf(world, 5_000, 333),
    await shelf(world, 5_000, 12_901),
    await shelf(world, 5_000, 1_999),
  ];
});
afterAll(() => gateway.close());

interface Known extends Delivered {
  readonly shopper: Guest;
  readonly method: "card" | "cash_on_delivery";
  /** Its refunds fail a day later: nobody disputes it, nobody calls it off. */
  readonly failsLater: boolean;
  hasArrived: boolean;
}

/** The same numbers for the same seed. */
function chance(seed: number) {
  let state = (seed * 2_654_435_761) % 2_147_483_647 || 1;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  };
  return { below, pick };
}

/** What may happen in the shop; each is refused as often as not, which must change nothing. */
function happenings({ below, pick }: ReturnType<typeof chance>, orders: Known[]) {
  const settle = async () => {
    await runJobs();
    await gateway.settled();
  };
  const sell = async () => {
    const shopper = guest();
    const wishes = goods
      .filter(() => below(2) === 0)
      .concat(below(3) === 0 ? [ofRing] : [])
      .map((variantId) => ({ variantId, quantity: 1 + below(3) }));
    if (wishes.length === 0) wishes.push({ variantId: pick(goods), quantity: 2 });
    const method = below(4) === 0 ? ("cash_on_delivery" as const) : ("card" as const);
    const card = below(4) === 0 ? REFUND_FAILS_LATER : undefined;
    const how = { method, ...(card ? { card } : {}), ...(below(3) === 0 ? { code: "THIRD" } : {}) };
    const bought = await paidOrder(gateway, shopper, wishes, { ...how, email: `${newId()}@example.com` });
    orders.push({ ...bought, shopper, method, failsLater: card !== undefined, hasArrived: false });
  };
  const arrive = async () => {
    const chosen = pick(orders.filter((one) => !one.hasArrived));
    const { orderId } = chosen;
    for (const { id: fulfilmentId } of await db
      .select({ id: fulfilments.id })
      .from(fulfilments)
      .where(eq(fulfilments.orderId, orderId))) {
      const { shipmentId } = await ship(world.admin, orderId, { carrier: "DHL", fulfilmentId });
      await deliver(world.admin, { orderId, shipmentId });
    }
    chosen.hasArrived = true;
    await settle();
  };
  const end = () => complete(world.system, pick(orders.filter((one) => one.hasArrived)).orderId);
  const piecesOf = async (orderId: string) =>
    (await linesOf(orderId))
      .filter(() => below(2) === 0)
      .map(({ id, quantity }) => ({ id, quantity: 1 + below(quantity) }));
  const giveBack = async () => {
    const { orderId } = pick(orders);
    const pieces = await piecesOf(orderId);
    const what =
      below(2) === 0
        ? { amount: 1 + below(4_000) }
        : {
            lines: pieces.map(({ id, quantity }) => ({ orderLineId: id, quantity, restock: below(2) === 0 })),
            ...(below(3) === 0 ? { shipping: "all" as const } : {}),
          };
    await refund(world.admin, { orderId, reason: "Goodwill", ...what });
  };
  const sendBack = async () => {
    const { orderId, shopper } = pick(orders.filter((one) => one.hasArrived));
    const lines = (await piecesOf(orderId)).map(({ id, quantity }) => ({
      orderLineId: id,
      quantity,
      reason: "other" as const,
    }));
    for (const { returnId, ownerId } of await requestReturn(shopper, { orderId, lines })) {
      await approve(world.admin, { returnId });
      const own = (await linesOf(orderId)).filter((line) => line.ownerId === ownerId).map(({ id }) => id);
      const came = lines.filter((line) => own.includes(line.orderLineId));
      await receive(world.admin, {
        returnId,
        lines: came.map(({ orderLineId, quantity }) => {
          const writeOff = below(quantity + 1);
          return { orderLineId, writeOff, restock: quantity - writeOff };
        }),
      });
      await refundReturn(world.admin, { returnId, shipping: below(3) === 0 });
    }
  };
  const dispute = async () => {
    const { orderId, method, failsLater } = pick(orders);
    if (failsLater || method !== "card") return false;
    await settle();
    const [before] = await db.select().from(disputes).where(eq(disputes.orderId, orderId));
    const { providerIntentId, amount, refunded } = await paymentOf(orderId);
    if (before || refunded === amount) return false;
    await gateway.turn("dispute", { payment_intent: providerIntentId });
    await gateway.settled();
    return true;
  };
  const decide = async () => {
    const open = await db.select().from(disputes).where(eq(disputes.status, "open"));
    if (open.length === 0) return false;
    await gateway.turn("close-dispute", {
      dispute: pick(open).providerDisputeId,
      status: below(2) === 0 ? "won" : "lost",
    });
    await gateway.settled();
    return true;
  };
  const payOut = async () => {
    const ownerId = pick([world.id.lineShop, world.id.ringShop]);
    await createPayout(world.admin, { ownerId });
  };
  const bank = async () => {
    const open = await db.select().from(payouts).where(sql`status = 'pending' AND method = 'manual'`);
    if (open.length === 0) return false;
    const { id: payoutId } = pick(open);
    if (below(3) === 0) await markFailed(world.admin, { payoutId, reason: "IBAN closed" });
    else await markPaid(world.admin, { payoutId, reference: "SEPA" });
    return true;
  };
  const courier = async () => {
    const { orderId } = pick(orders.filter((one) => one.method === "cash_on_delivery"));
    await remitCash(world.admin, { orderIds: [orderId], reference: "DHL" });
  };
  const cashBack = async () => {
    const waiting = await db.select().from(refunds).where(eq(refunds.status, "reserved"));
    if (waiting.length === 0) return false;
    await recordPaidBack(world.admin, { refundId: pick(waiting).id, isDone: below(3) > 0 });
    return true;
  };
  const callOff = () => {
    const { orderId, shopper } = pick(orders.filter((one) => !one.failsLater));
    return cancelOrder(shopper, orderId);
  };
  const later = async () => {
    await settle();
    await gateway.turn("advance", { seconds: 86_400 });
    await gateway.settled();
  };
  return {
    sell,
    arrive,
    end,
    giveBack,
    sendBack,
    dispute,
    decide,
    payOut,
    bank,
    courier,
    cashBack,
    callOff,
    later,
    settle,
  };
}

it.each(SEEDS)(
  "figures of the ledger alone equal all others after random days, seed %i",
  async (seed) => {
    const orders: Known[] = [];
    const luck = chance(seed);
    const all = happenings(luck, orders);
    const done: Record<string, number> = {};
    const weighted = [
      ...([
        "sell",
        "sell",
        "arrive",
        "arrive",
        "arrive",
        "end",
        "end",
        "giveBack",
        "sendBack",
        "sendBack",
      ] as const),
      ...(["dispute", "decide", "payOut", "bank", "courier", "cashBack", "callOff", "later"] as const),
    ];
    for (let i = 0; i < 4; i += 1) await all.sell();
    for (let step = 0; step < STEPS; step += 1) {
      const what = luck.pick(weighted);
      try {
        if ((await all[what]()) !== false) done[what] = (done[what] ?? 0) + 1;
      } catch (error) {
        // Refused, or picked from nothing: it must have changed nothing.
        if (!isShopError(error) && !(error instanceof Error && error.message === "nothing to pick from"))
          throw new Error(`seed ${seed}, step ${step}, ${what}`, { cause: error });
      }
      if (luck.below(2) === 0) await all.settle();
    }
    await all.later();
    await all.settle();
    if (process.env.SCENARIO_SEEDS) console.log(seed, JSON.stringify(done));
    expect(await ordersFromLedger()).toEqual(await ordersFromTables());
    expect(await balancesFromLedger()).toEqual(await balancesFromTables());
    const [held] = (await call((api) => api.balance.retrieve())).pending;
    expect(await clearingFromLedger()).toBe(held?.amount ?? 0);
    expect(await wrongInTheBooks()).toEqual([]);
  },
  120_000,
);
