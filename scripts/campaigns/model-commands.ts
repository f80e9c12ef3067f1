/** The commands of the model campaign: each does one thing to the shop, says whether the model allows it, and follows in it. */
import fc from "fast-check";
import { guest } from "@/db/cast";
import { order as buyAll } from "@/db/cast-orders";
import { newId } from "@/db/id";
import { DECLINED_CARD } from "@/db/testing/gateway";
import { letExpire } from "@/db/testing/orders";
import * as cart from "@/lib/services/cart";
import * as inventory from "@/lib/services/inventory/adjust";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { quiet } from "./ground";
import { arrive, lateCommands } from "./model-late";
import { expectThat, type Real, refusable, shopperOf } from "./model-real";
import { giveBack, type Model, type ModelOrder, payLate, sell, totalOf } from "./model-state";

type Run = (model: Model, real: Real) => Promise<void>;
type Step = fc.AsyncCommand<Model, Real>;
type Agree = (name: string, model: Model, real: Real) => Promise<void>;

/** All commands over so many shelves; `agree` is asked after each. */
export function commandsOf(shelves: number, agree: Agree): fc.Arbitrary<Step>[] {
  const at = fc.nat({ max: shelves - 1 });
  // Always allowed, because being refused is a result too.
  const step = (name: string, run: Run): Step => ({
    check: () => true,
    toString: () => name,
    run: async (model, real) => {
      await run(model, real);
      await quiet(real.ground);
      await agree(name, model, real);
    },
  });
  const ofOrder = (name: string, run: OnOrder) =>
    fc.nat({ max: 20 }).map((n) => step(`${name} ${n}`, onOrder(n, run)));
  const buying = fc
    .tuple(at, fc.integer({ min: 1, max: 4 }), fc.boolean())
    .map(([on, quantity, withCode]) =>
      step(`buy ${quantity} of ${on}${withCode ? " with code" : ""}`, buy(on, quantity, withCode)),
    );
  return [
    buying,
    buying,
    ofOrder("pay", pay),
    ofOrder("pay", pay),
    ofOrder("decline", decline),
    ofOrder("cancel", cancel),
    ofOrder("expire", lapse),
    ofOrder("pay too late", late),
    ...lateCommands.map(({ name, most, run }) =>
      fc.tuple(fc.nat({ max: 20 }), fc.integer({ min: 1, max: most })).map(([n, much]) =>
        step(
          `${name} ${much} of ${n}`,
          onOrder(n, (model, real, order) => run(model, real, order, much)),
        ),
      ),
    ),
    fc
      .tuple(
        at,
        fc.integer({ min: -3, max: 3 }).filter((delta) => delta !== 0),
      )
      .map(([on, delta]) => step(`count ${delta} at ${on}`, adjust(on, delta))),
    at.map((on) => step(`change one's mind about ${on}`, changeMind(on))),
  ];
}

/** Where every sequence begins, so that most of its commands have something to work on: sold, delivered, and waiting. */
export async function prelude(model: Model, real: Real): Promise<void> {
  for (const withCode of [false, true, false]) await buy(0, withCode ? 2 : 1, withCode)(model, real);
  const [first, second] = model.orders;
  if (!first || !second) throw new Error("nothing was bought");
  await pay(model, real, first);
  await pay(model, real, second);
  await quiet(real.ground);
  await arrive(model, real, second);
}

type OnOrder = (model: Model, real: Real, order: ModelOrder) => Promise<void>;

function onOrder(n: number, run: OnOrder): Run {
  return async (model, real) => {
    const chosen = model.orders[n % Math.max(1, model.orders.length)];
    if (chosen) await run(model, real, chosen);
  };
}

function buy(at: number, quantity: number, withCode: boolean): Run {
  return async (model, real) => {
    const shopper = guest();
    const [row, variantId] = [model.shelves[at], real.variants[at] ?? ""];
    if (!row) throw new Error("no such shelf");
    const isThere = row.onHand - row.reserved >= quantity && (!withCode || model.codeUsed < model.codeLimit);
    const told = withCode ? { code: real.code, email: `${newId()}@example.com` } : {};
    const placed = await refusable(buyAll(shopper, [{ variantId, quantity }], told));
    expectThat("buying", Boolean(placed), isThere, row);
    if (!placed) return;
    row.reserved += quantity;
    if (withCode) model.codeUsed += 1;
    real.shoppers.set(placed.orderId, shopper);
    const nothing = { captured: 0, refunded: 0, goodsBack: 0, piecesBack: 0, paidOut: 0, returns: [] };
    const bought = { orderId: placed.orderId, quantity, shelf: at, hasCode: withCode };
    const fresh: ModelOrder = { ...bought, ...nothing, status: "pending", dispute: "none" };
    model.orders.push(fresh);
    if (placed.total !== totalOf(fresh)) throw new Error(`it costs ${placed.total}, not ${totalOf(fresh)}`);
  };
}

async function pay(model: Model, real: Real, order: ModelOrder): Promise<void> {
  const paid = await refusable(real.ground.gateway.pay(shopperOf(real, order), order.orderId));
  expectThat("paying", paid === 200, order.status === "pending", order);
  if (order.status === "pending") sell(model, order);
}

async function decline(_: Model, real: Real, order: ModelOrder): Promise<void> {
  const paid = await refusable(real.ground.gateway.pay(shopperOf(real, order), order.orderId, DECLINED_CARD));
  expectThat("declining", paid === 402, order.status === "pending", order);
}

async function cancel(model: Model, real: Real, order: ModelOrder): Promise<void> {
  const done = await refusable(cancelOrder(shopperOf(real, order), order.orderId).then(() => true));
  const may = order.status === "pending" || order.status === "confirmed";
  expectThat("cancelling", Boolean(done), may, order);
  if (may) giveBack(model, order);
}

async function lapse(model: Model, real: Real, order: ModelOrder): Promise<void> {
  if (order.status === "pending") await letExpire(order.orderId);
  const outcome = await expire(real.ground.world.system, order.orderId);
  expectThat("expiring", outcome === "expired", order.status === "pending", order);
  if (order.status === "pending") giveBack(model, order);
}

/** The window ends while the gateway is silent, and the shopper pays in the tab that is still open. */
async function late(model: Model, real: Real, order: ModelOrder): Promise<void> {
  if (order.status !== "pending") return;
  const { gateway, world } = real.ground;
  const { clientSecret } = await open(shopperOf(real, order), order.orderId);
  await letExpire(order.orderId);
  await gateway.turn("fault", { kind: "limit", when: "before", count: 9 });
  const outcome = await expire(world.system, order.orderId, true);
  await gateway.turn("clear");
  expectThat("expiring in silence", outcome === "expired", true, order);
  giveBack(model, order);
  const paid = await gateway.confirm(clientSecret);
  expectThat("paying too late", paid === 200, true, order);
  payLate(model, order);
}

function adjust(at: number, delta: number): Run {
  return async (model, real) => {
    const [row, variantId] = [model.shelves[at], real.variants[at] ?? ""];
    if (!row) throw new Error("no such shelf");
    const { line } = real.ground.world;
    const done = await refusable(inventory.adjust(line, { variantId, delta, reason: "model" }));
    expectThat(`counting ${delta}`, Boolean(done), row.onHand - row.reserved + delta >= 0, row);
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

/** Ends what the bank has not decided, so that the next sequence begins with a balance that nothing holds. */
export async function decideDisputes(model: Model, real: Real): Promise<void> {
  const decide = lateCommands.find(({ name }) => name === "decide");
  for (const order of model.orders) if (order.dispute === "open") await decide?.run(model, real, order, 1);
  await quiet(real.ground);
}
