/** Model-based sequences: random commands on the shop and on a model of it; both must agree after each one. */
import { sql as query } from "drizzle-orm";
import fc from "fast-check";
import { guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { letExpire, stateOf, stockOf } from "@/db/testing/orders";
import type { Shopper } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import * as cart from "@/lib/services/cart";
import * as inventory from "@/lib/services/inventory/adjust";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { refund } from "@/lib/services/payments/refund";
import { type Campaign, type Ground, quiet } from "./ground";
import { giveBack, type Model, type ModelOrder, sell } from "./model-state";

const SHELVES = 3;
const STOCK = 6;
const CODE_LIMIT = 3;
const COMMANDS = 25;

export const model: Campaign = {
  name: "model",
  about: `random sequences of ${COMMANDS} commands over cart, stock, order, payment, refund and coupon, against a model`,
  short: 8,
  long: 400,
  run: async (ground) => {
    let steps = 0;
    let runs = 0;
    const property = fc.asyncProperty(fc.commands(commands, { maxCommands: COMMANDS }), async (sequence) => {
      const real = await open(ground, () => {
        steps += 1;
      });
      const shelves = Array.from({ length: SHELVES }, () => ({ onHand: STOCK, reserved: 0 }));
      await fc.asyncModelRun(
        () => ({ model: { shelves, orders: [], codeLimit: CODE_LIMIT, codeUsed: 0 } as Model, real }),
        sequence,
      );
      runs += 1;
      if (runs % 25 === 0) ground.say(`${runs} sequences, ${steps} commands`);
    });
    // A failure is made small first; the seed and the path in its message replay it.
    const told = await fc.check(property, {
      seed: ground.seed,
      numRuns: ground.trials,
      endOnFailure: ground.trials <= model.short,
    });
    ground.expect(!told.failed, fc.defaultReportMessage(told) ?? "");
    return { sequences: runs, commands: steps };
  },
};

interface Real {
  readonly ground: Ground;
  readonly variants: readonly string[];
  readonly code: string;
  readonly shoppers: Map<string, Shopper>;
  readonly step: () => void;
}

async function open(ground: Ground, step: () => void): Promise<Real> {
  const variants = await Promise.all(Array.from({ length: SHELVES }, () => shelf(ground.world, STOCK)));
  const code = `M${newId().slice(-10).toUpperCase()}`;
  await db
    .insert(discounts)
    .values({ id: newId(), title: "Model", code, kind: "fixed", value: 300, totalLimit: CODE_LIMIT });
  return { ground, variants, code, shoppers: new Map(), step };
}

type Run = (model: Model, real: Real) => Promise<void>;
type Step = fc.AsyncCommand<Model, Real>;

/** One command: always allowed, because being refused is a result too. */
function step(name: string, run: Run): Step {
  return {
    check: () => true,
    toString: () => name,
    run: async (model, real) => {
      real.step();
      await run(model, real);
      await agree(name, model, real);
    },
  };
}

const which = fc.nat({ max: 20 });
const commands: fc.Arbitrary<Step>[] = [
  fc
    .tuple(fc.nat({ max: SHELVES - 1 }), fc.integer({ min: 1, max: 4 }), fc.boolean())
    .map(([at, quantity, withCode]) =>
      step(`buy ${quantity} of ${at}${withCode ? " with code" : ""}`, buy(at, quantity, withCode)),
    ),
  which.map((n) => step(`pay ${n}`, onOrder(n, pay))),
  which.map((n) => step(`cancel ${n}`, onOrder(n, cancel))),
  which.map((n) => step(`expire ${n}`, onOrder(n, lapse))),
  fc
    .tuple(which, fc.integer({ min: 1, max: 3_000 }))
    .map(([n, sum]) => step(`refund ${sum} of ${n}`, onOrder(n, giveMoney(sum)))),
  fc
    .tuple(
      fc.nat({ max: SHELVES - 1 }),
      fc.integer({ min: -3, max: 3 }).filter((delta) => delta !== 0),
    )
    .map(([at, delta]) => step(`count ${delta} at ${at}`, adjust(at, delta))),
  fc.nat({ max: SHELVES - 1 }).map((at) => step(`change one's mind about ${at}`, changeMind(at))),
];

function buy(at: number, quantity: number, withCode: boolean): Run {
  return async (model, real) => {
    const shopper = guest();
    const [row, variantId] = [model.shelves[at], real.variants[at] ?? ""];
    if (!row) throw new Error("no such shelf");
    const isThere = row.onHand - row.reserved >= quantity && (!withCode || model.codeUsed < model.codeLimit);
    const told = withCode ? { code: real.code, email: `${newId()}@example.com` } : {};
    const placed = await refusable(order(shopper, [{ variantId, quantity }], told));
    if (Boolean(placed) !== isThere)
      throw new Error(`${placed ? "sold" : "refused"} ${quantity} of ${JSON.stringify(row)}`);
    if (!placed) return;
    const { orderId, total } = placed;
    row.reserved += quantity;
    if (withCode) model.codeUsed += 1;
    real.shoppers.set(orderId, shopper);
    const fresh = { orderId, total, quantity, shelf: at, hasCode: withCode, captured: 0, refunded: 0 };
    model.orders.push({ ...fresh, status: "pending" });
  };
}

function onOrder(n: number, run: (model: Model, real: Real, order: ModelOrder) => Promise<void>): Run {
  return async (model, real) => {
    const chosen = model.orders[n % Math.max(1, model.orders.length)];
    if (chosen) await run(model, real, chosen);
  };
}

async function pay(model: Model, real: Real, order: ModelOrder): Promise<void> {
  const paid = await refusable(real.ground.gateway.pay(shopperOf(real, order), order.orderId));
  if ((paid === 200) !== (order.status === "pending"))
    throw new Error(`paying a ${order.status} order: ${paid}`);
  if (order.status === "pending") sell(model, order);
  await quiet(real.ground);
}

async function cancel(model: Model, real: Real, order: ModelOrder): Promise<void> {
  const done = await refusable(cancelOrder(shopperOf(real, order), order.orderId).then(() => true));
  if (Boolean(done) !== (order.status !== "cancelled"))
    throw new Error(`cancelling a ${order.status} order: ${done}`);
  if (order.status !== "cancelled") giveBack(model, order);
  await quiet(real.ground);
}

async function lapse(model: Model, real: Real, order: ModelOrder): Promise<void> {
  if (order.status === "pending") await letExpire(order.orderId);
  const outcome = await expire(real.ground.world.system, order.orderId);
  if ((outcome === "expired") !== (order.status === "pending"))
    throw new Error(`expiring a ${order.status} order: ${outcome}`);
  if (order.status === "pending") giveBack(model, order);
  await quiet(real.ground);
}

function giveMoney(amount: number) {
  return async (_: Model, real: Real, order: ModelOrder): Promise<void> => {
    const { world } = real.ground;
    const wish = { orderId: order.orderId, amount, reason: "Model", key: newId() };
    const done = await refusable(refund(world.admin, wish));
    // An amount alone is spread over the lines: shipping is given back only where it is named.
    const goods = await goodsLeft(order.orderId);
    const isThere = order.status === "confirmed" && goods.before(done?.amount ?? 0) >= amount;
    if (Boolean(done) !== isThere)
      throw new Error(`refunding ${amount} of ${JSON.stringify(order)}: ${done?.amount}`);
    order.refunded += done?.amount ?? 0;
    await quiet(real.ground);
  };
}

/** What the lines of an order cost, less what was refunded of it before. */
async function goodsLeft(orderId: string) {
  const [row] = await db.execute<{ left: number }>(query`
    SELECT (o.total - o.shipping - o.refunded)::float8 - COALESCE((SELECT sum(amount) FROM refunds r
      WHERE r.order_id = o.id AND r.status IN ('reserved', 'pending')), 0)::float8 AS left
    FROM orders o WHERE o.id = ${orderId}`);
  return { before: (given: number) => (row?.left ?? 0) + given };
}

function adjust(at: number, delta: number): Run {
  return async (model, real) => {
    const [row, variantId] = [model.shelves[at], real.variants[at] ?? ""];
    if (!row) throw new Error("no such shelf");
    const isThere = row.onHand - row.reserved + delta >= 0;
    const done = await refusable(
      inventory.adjust(real.ground.world.line, { variantId, delta, reason: "model" }),
    );
    if (Boolean(done) !== isThere) throw new Error(`counting ${delta} at ${JSON.stringify(row)}: ${done}`);
    if (done) row.onHand += delta;
  };
}

function changeMind(at: number): Run {
  return async (_, real) => {
    const shopper = guest();
    const added = await refusable(cart.add(shopper, { variantId: real.variants[at] ?? "", quantity: 1 }));
    if (added) await cart.remove(shopper, { itemId: added.itemId });
  };
}

/** undefined where a person was told why not; anything else that is thrown is a fault. */
async function refusable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isShopError(error)) return undefined;
    throw error;
  }
}

function shopperOf(real: Real, { orderId }: ModelOrder): Shopper {
  const shopper = real.shoppers.get(orderId);
  if (!shopper) throw new Error("nobody bought it");
  return shopper;
}

async function agree(name: string, model: Model, real: Real): Promise<void> {
  for (const [at, { onHand, reserved }] of model.shelves.entries()) {
    const stock = await stockOf(real.variants[at] ?? "");
    if (stock?.on_hand !== onHand || stock?.reserved !== reserved)
      throw new Error(`after "${name}" shelf ${at} is ${JSON.stringify(stock)}, not ${onHand}/${reserved}`);
  }
  for (const { orderId, status, captured, refunded } of model.orders) {
    const state = await stateOf(orderId);
    if (state?.status !== status || state.captured !== captured || state.refunded !== refunded)
      throw new Error(
        `after "${name}" an order is ${JSON.stringify(state)}, not ${status}/${captured}/${refunded}`,
      );
  }
  const [used] = await db.execute<{ used: number }>(
    query`SELECT used FROM discounts WHERE code = ${real.code}`,
  );
  if (used?.used !== model.codeUsed)
    throw new Error(`after "${name}" the code counts ${used?.used}, not ${model.codeUsed}`);
}
