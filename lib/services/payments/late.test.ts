/** Money that comes after an order expired: it revives the order if everything succeeds again, or goes back whole. */
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderEvents, orders } from "@/db/schema/orders";
import { payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, paymentOf, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import type { Shopper } from "@/lib/domain/actors";
import * as cart from "@/lib/services/cart";
import { cancelOrder, expire } from "./cancel";
import { open } from "./open";
import { sync } from "./sync";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

interface Late {
  readonly shopper: Shopper;
  readonly orderId: string;
  readonly variantId: string;
  readonly total: number;
}

/** An order that expired without its intent being closed, and was paid all the same; nothing is told yet. */
async function late({
  stock = 5,
  quantity = 2,
  code,
}: {
  stock?: number;
  quantity?: number;
  code?: string;
} = {}) {
  const variantId = await shelf(world, stock);
  const shopper = guest();
  const told = code ? { code } : {};
  const { orderId, total } = await order(shopper, [{ variantId, quantity }], told);
  const { clientSecret } = await open(shopper, orderId);
  // As after a crash between making the intent and keeping its id.
  const { id, providerIntentId } = await paymentOf(orderId);
  const keep = (known: string | null) =>
    db.update(payments).set({ providerIntentId: known }).where(eq(payments.id, id));
  await keep(null);
  await letExpire(orderId);
  expect(await expire(world.system, orderId)).toBe("expired");
  await keep(providerIntentId);
  await gateway.turn("hold");
  expect(await gateway.confirm(clientSecret)).toBe(200);
  return { shopper, orderId, variantId, total };
}

/** The success arrives, its effects run, and their own webhooks arrive too. */
async function arrive(copies = 2): Promise<void> {
  await gateway.turn("release", { copies });
  await gateway.settled();
  await runJobs();
  await gateway.settled();
}

async function linesOf(shopper: Shopper): Promise<number[]> {
  const token = shopper.kind === "guest" ? shopper.tokenHash : null;
  const rows = await db.execute<{ quantity: number }>(sql`
    SELECT ci.quantity FROM cart_items ci JOIN carts c ON c.id = ci.cart_id
    WHERE c.status = 'active' AND c.guest_token_hash = ${token} ORDER BY ci.quantity`);
  return rows.map(({ quantity }) => quantity);
}

async function coupon(limits: { totalLimit?: number; perCustomerLimit?: number }) {
  const [id, code] = [newId(), `LATE${Math.random().toString(36).slice(2, 8).toUpperCase()}`];
  await db.insert(discounts).values({ id, title: code, code, kind: "fixed", value: 100, ...limits });
  const used = async () =>
    (await db.select({ used: discounts.used }).from(discounts).where(eq(discounts.id, id)))[0]?.used;
  return { id, code, used };
}

async function wentBack({ orderId, total }: Late): Promise<void> {
  expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
  const back = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
  expect(back).toMatchObject([{ status: "succeeded", amount: total, automatic: "late_success" }]);
  const parts = await db.select().from(fulfilments).where(eq(fulfilments.orderId, orderId));
  expect(parts.map((part) => part.status)).toEqual(["cancelled"]);
  expect(await wrongInTheBooks()).toEqual([]);
}

async function isBack({ orderId, total }: Late): Promise<void> {
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  expect((await paymentOf(orderId)).status).toBe("paid");
  expect(await db.select().from(refunds).where(eq(refunds.orderId, orderId))).toHaveLength(0);
  expect(await wrongInTheBooks()).toEqual([]);
}

describe("everything succeeds again", () => {
  it("is revived too when the gateway was silent at its expiry", async () => {
    const variantId = await shelf(world, 5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
    const { clientSecret } = await open(shopper, orderId);
    await letExpire(orderId);
    await gateway.turn("fault", { kind: "error", when: "before", count: 3 });
    expect(await expire(world.system, orderId, true)).toBe("expired");
    await gateway.turn("clear");
    expect(await gateway.confirm(clientSecret)).toBe(200);
    await arrive(1);
    await isBack({ shopper, orderId, variantId, total });
  });

  it("is revived once: stock, parts, sale, cart and timeline", async () => {
    const it = await late();
    expect(await linesOf(it.shopper)).toEqual([2]);
    await arrive(3);
    await isBack(it);
    expect(await stockOf(it.variantId)).toEqual({ on_hand: 3, reserved: 0 });
    expect(await linesOf(it.shopper)).toEqual([]);
    const [row] = await db.select().from(orders).where(eq(orders.id, it.orderId));
    expect(row).toMatchObject({ cancelReason: null, cancelledAt: null, expiresAt: null });
    const parts = await db.select().from(fulfilments).where(eq(fulfilments.orderId, it.orderId));
    expect(parts.map((part) => part.status)).toEqual(["open"]);
    const kinds = await db
      .select({ kind: orderEvents.kind })
      .from(orderEvents)
      .where(eq(orderEvents.orderId, it.orderId));
    expect(kinds.filter(({ kind }) => kind === "revived")).toHaveLength(1);
    const sold = await db.execute(
      sql`SELECT kind FROM ledger_transactions WHERE order_id = ${it.orderId} ORDER BY 1`,
    );
    expect([...sold]).toEqual([{ kind: "captured" }]);
  });

  it("takes out of the cart only what the expiry put there", async () => {
    const it = await late({ quantity: 2 });
    await cart.add(it.shopper, { variantId: it.variantId, quantity: 1 });
    const other = await shelf(world);
    await cart.add(it.shopper, { variantId: other, quantity: 7 });
    await arrive();
    await isBack(it);
    expect(await linesOf(it.shopper)).toEqual([1, 7]);
  });

  it("follows the lines into the account's cart", async () => {
    const it = await late({ quantity: 2 });
    if (it.shopper.kind !== "guest" || !it.shopper.tokenHash) throw new Error("a guest has a token");
    await cart.merge(world.ben, it.shopper.tokenHash);
    await arrive();
    await isBack(it);
    const left = await db.execute(
      sql`SELECT FROM cart_items ci JOIN carts c ON c.id = ci.cart_id WHERE c.user_id = ${world.id.ben} AND c.status = 'active'`,
    );
    expect(left).toHaveLength(0);
  });

  it("is revived although the shopper threw the restored lines away", async () => {
    const it = await late();
    await db.execute(sql`DELETE FROM cart_items ci USING carts c WHERE c.id = ci.cart_id AND c.status = 'active'
      AND ci.variant_id = ${it.variantId}`);
    await arrive();
    await isBack(it);
    expect(await linesOf(it.shopper)).toEqual([]);
  });

  it("counts its discount again, and gives it back again when a person cancels", async () => {
    const { code, used } = await coupon({ totalLimit: 1, perCustomerLimit: 1 });
    const it = await late({ code });
    expect(await used()).toBe(0);
    await arrive();
    await isBack(it);
    expect(await used()).toBe(1);
    await cancelOrder(it.shopper, it.orderId);
    await runJobs();
    await gateway.settled();
    expect(await used()).toBe(0);
    expect(await stateOf(it.orderId)).toMatchObject({ status: "cancelled", refunded: it.total });
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("something does not succeed again: all the money goes back, and nothing else changes", () => {
  it("the goods are sold out", async () => {
    const it = await late({ stock: 2, quantity: 2 });
    await order(guest(), [{ variantId: it.variantId, quantity: 1 }]);
    await arrive();
    await wentBack(it);
    expect(await stockOf(it.variantId)).toEqual({ on_hand: 2, reserved: 1 });
    expect(await linesOf(it.shopper)).toEqual([2]);
  });

  it.each([{ totalLimit: 1 }, { perCustomerLimit: 1 }])("the discount is used up: %j", async (limits) => {
    const { code, used } = await coupon(limits);
    const it = await late({ code });
    await order(guest(), [{ variantId: await shelf(world), quantity: 1 }], { code });
    await arrive();
    await wentBack(it);
    expect(await used()).toBe(1);
    expect(await stockOf(it.variantId)).toEqual({ on_hand: 5, reserved: 0 });
  });

  it("the shopper ordered the restored cart again: the second order stands", async () => {
    const it = await late();
    const again = await order(it.shopper, []);
    expect(again.orderId).not.toBe(it.orderId);
    await arrive();
    await wentBack(it);
    expect(await stateOf(again.orderId)).toMatchObject({ status: "pending" });
    expect(await stockOf(it.variantId)).toEqual({ on_hand: 5, reserved: 2 });
  });

  it("a person cancelled it", async () => {
    const variantId = await shelf(world, 5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 2 }]);
    await gateway.turn("hold");
    await gateway.pay(shopper, orderId);
    await cancelOrder(shopper, orderId);
    await arrive();
    await wentBack({ shopper, orderId, variantId, total });
    expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
  });
});

describe("at the same moment", () => {
  it("two late events and others who ask: one revival", async () => {
    const it = await late();
    gateway.outcomes.length = 0;
    const asked = [1, 2, 3].map(() => sync(world.system, it.orderId));
    const outcomes = await Promise.all([...asked, gateway.turn("release", { copies: 2 })]);
    expect([...outcomes, ...gateway.outcomes].filter((one) => one === "revived")).toHaveLength(1);
    await arrive(1);
    await isBack(it);
  });

  it("the last piece: either the new order has it or the revived one, never both", async () => {
    for (let round = 0; round < 4; round += 1) {
      const it = await late({ stock: 2, quantity: 2 });
      const [bought] = await Promise.allSettled([
        order(guest(), [{ variantId: it.variantId, quantity: 1 }]),
        gateway.turn("release"),
      ]);
      await arrive(1);
      if (bought.status === "fulfilled") await wentBack(it);
      else await isBack(it);
      expect(await stockOf(it.variantId)).toEqual(
        bought.status === "fulfilled" ? { on_hand: 2, reserved: 1 } : { on_hand: 0, reserved: 0 },
      );
    }
  });

  it("expiry against payment: paid and confirmed, whoever is first", async () => {
    for (let round = 0; round < 6; round += 1) {
      const variantId = await shelf(world, 5);
      const shopper = guest();
      const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
      const { clientSecret } = await open(shopper, orderId);
      await letExpire(orderId);
      const [status] = await Promise.all([gateway.confirm(clientSecret), expire(world.system, orderId)]);
      await arrive(1);
      const state = await stateOf(orderId);
      if (status === 200) expect(state).toEqual({ status: "confirmed", captured: total, refunded: 0 });
      else expect(state).toEqual({ status: "cancelled", captured: 0, refunded: 0 });
    }
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("cancel against webhook: never cancelled and kept the money", async () => {
    for (let round = 0; round < 6; round += 1) {
      const variantId = await shelf(world, 5);
      const shopper = guest();
      const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
      await gateway.turn("hold");
      await gateway.pay(shopper, orderId);
      await Promise.allSettled([cancelOrder(shopper, orderId), gateway.turn("release")]);
      await arrive(1);
      expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
      expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
    }
    const open = await db
      .select()
      .from(refunds)
      .where(and(eq(refunds.status, "reserved")));
    expect(open).toHaveLength(0);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});
