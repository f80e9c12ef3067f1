import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderEvents } from "@/db/schema/orders";
import { returnLines, returns } from "@/db/schema/returns";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder, linesOf, paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf, stockOf } from "@/db/testing/orders";
import type { Shopper } from "@/lib/domain/actors";
import { complete, deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { approve, expireReturn, reject, withdraw } from "./decide";
import { receive } from "./receive";
import { requestReturn } from "./request";
import { seeToWaiting } from "./waiting";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function arrived(quantity = 3, shopper: Shopper = guest()) {
  const variantId = await shelf(world, 10, 5_000);
  const bought = await deliveredOrder(gateway, world.admin, shopper, [{ variantId, quantity }]);
  const [line] = bought.lines;
  if (!line) throw new Error("an order without lines");
  return { ...bought, shopper, variantId, line };
}

const wish = (orderLineId: string, quantity = 1) => ({ orderLineId, quantity, reason: "damaged" as const });

async function statusOf(returnId: string) {
  const [row] = await db.select().from(returns).where(eq(returns.id, returnId));
  return row;
}

/** The parcels of an order arrived so many days ago. */
async function age(orderId: string, days: number): Promise<void> {
  await db.execute(sql`UPDATE shipments SET delivered_at = shop_now() - make_interval(days => ${days}) - interval '1 minute'
    WHERE fulfilment_id IN (SELECT id FROM fulfilments WHERE order_id = ${orderId})`);
}

const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error("nothing there");
  return one;
};

describe("a return", () => {
  it("goes its whole way: asked for, approved, received in part, refunded with shipping, stock and books right", async () => {
    const { orderId, shopper, line, variantId, total } = await arrived(3);
    const { returnId, number } = first(
      await requestReturn(shopper, { orderId, lines: [wish(line.id, 3)], note: " It hums. " }),
    );
    expect(number).toMatch(/^RT-[0-9A-Z]{7}$/);
    expect(await complete(world.system, orderId)).toBe(false);
    await approve(world.line, { returnId, note: "Use the old box" });
    expect((await statusOf(returnId))?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    await receive(world.line, { returnId, lines: [{ orderLineId: line.id, restock: 1, writeOff: 1 }] });
    // 10 − 3 sold + 2 back − 1 written off.
    expect(await stockOf(variantId)).toEqual({ on_hand: 8, reserved: 0 });
    expect(first(await linesOf(orderId)).returnedQuantity).toBe(2);
    const refunded = await refundReturn(world.admin, { returnId, shipping: true });
    const shipping = total - line.total;
    expect(refunded.amount).toBe(10_000 + shipping);
    await runJobs();
    await gateway.settled();
    expect(await stateOf(orderId)).toMatchObject({ refunded: refunded.amount });
    expect(await statusOf(returnId)).toMatchObject({ status: "refunded", refundId: refunded.refundId });
    const events = await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId));
    const told = events.filter((event) => event.machine === "return");
    expect(told.map(({ kind, ownerId, data }) => [kind, ownerId, data?.number]).sort()).toEqual(
      ["return_approved", "return_received", "return_refunded", "return_requested"].map((kind) => [
        kind,
        world.id.lineShop,
        number,
      ]),
    );
    expect(await complete(world.system, orderId)).toBe(true);
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is one per owner, and each owner acts on theirs only", async () => {
    const variantId = await shelf(world, 5, 5_000);
    const shopper = guest();
    const wishes = [
      { variantId, quantity: 1 },
      { variantId: world.tote.variantIds[0] ?? "", quantity: 1 },
    ];
    const { orderId, lines } = await deliveredOrder(gateway, world.admin, shopper, wishes);
    const made = await requestReturn(shopper, { orderId, lines: lines.map(({ id }) => wish(id)) });
    expect(made.map(({ ownerId }) => ownerId).sort()).toEqual([world.id.lineShop, world.id.ringShop].sort());
    const ofRing = made.find(({ ownerId }) => ownerId === world.id.ringShop)?.returnId ?? "";
    const gone = { code: "not_found" };
    await expect(approve(world.line, { returnId: ofRing })).rejects.toMatchObject(gone);
    await expect(reject(world.line, { returnId: ofRing, note: "No" })).rejects.toMatchObject(gone);
    await expect(withdraw(guest(), { returnId: ofRing })).rejects.toMatchObject(gone);
    await expect(withdraw(world.ben, { returnId: ofRing })).rejects.toMatchObject(gone);
    // Selling the goods gives no right to speak for who bought them.
    await expect(withdraw(world.ring, { returnId: ofRing })).rejects.toMatchObject(gone);
    await approve(world.ring, { returnId: ofRing });
    const lineOfRing = lines.find(({ ownerId }) => ownerId === world.id.ringShop)?.id ?? "";
    const ofLine = lines.find(({ ownerId }) => ownerId === world.id.lineShop)?.id ?? "";
    await expect(
      receive(world.line, {
        returnId: ofRing,
        lines: [{ orderLineId: lineOfRing, restock: 1, writeOff: 0 }],
      }),
    ).rejects.toMatchObject(gone);
    await expect(
      receive(world.ring, { returnId: ofRing, lines: [{ orderLineId: ofLine, restock: 1, writeOff: 0 }] }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await receive(world.ring, {
      returnId: ofRing,
      lines: [{ orderLineId: lineOfRing, restock: 1, writeOff: 0 }],
    });
    await expect(refundReturn(world.line, { returnId: ofRing })).rejects.toMatchObject(gone);
    await expect(refundReturn(world.ring, { returnId: ofRing, shipping: true })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await refundReturn(world.ring, { returnId: ofRing })).toMatchObject({ amount: 2_400 });
  });

  it("opens by the buyer's account and by the link, not by anybody else", async () => {
    const { orderId, line } = await arrived(1, world.ada);
    const lines = [wish(line.id)];
    for (const other of [guest(), world.ben, world.line])
      await expect(requestReturn(other, { orderId, lines })).rejects.toMatchObject({ code: "not_found" });
    expect(await requestReturn(guest(orderId), { orderId, lines })).toHaveLength(1);
  });

  it("takes what arrived, not what is on its way, each piece once", async () => {
    const variantId = await shelf(world, 10, 5_000);
    const shopper = guest();
    const { orderId, lines: bought } = await paidOrder(gateway, shopper, [{ variantId, quantity: 4 }]);
    const orderLineId = first(bought).id;
    const ask = (quantity: number) =>
      requestReturn(shopper, { orderId, lines: [wish(orderLineId, quantity)] });
    const refused = (reason: string) => ({ code: "return_refused", data: { reason } });
    await expect(ask(1)).rejects.toMatchObject(refused("not_delivered"));
    const { shipmentId } = await ship(world.line, orderId, {
      carrier: "DHL",
      lines: [{ orderLineId, quantity: 2 }],
    });
    await expect(ask(1)).rejects.toMatchObject(refused("not_delivered"));
    await deliver(world.line, { orderId, shipmentId });
    await expect(ask(3)).rejects.toMatchObject(refused("too_many"));
    const one = first(await ask(2));
    await expect(ask(1)).rejects.toMatchObject(refused("too_many"));
    await withdraw(shopper, { returnId: one.returnId });
    const two = first(await ask(1));
    await reject(world.line, { returnId: two.returnId, note: "Worn" });
    // What may be sent by now is on its way: nobody gets it back a second time.
    const sent = first(await ask(2));
    await approve(world.line, { returnId: sent.returnId });
    await expect(ask(1)).rejects.toMatchObject(refused("too_many"));
    await db.update(returns).set({ status: "expired" }).where(eq(returns.id, sent.returnId));
    const three = first(await ask(2));
    await approve(world.line, { returnId: three.returnId });
    await receive(world.line, {
      returnId: three.returnId,
      lines: [{ orderLineId, restock: 1, writeOff: 0 }],
    });
    // Of two only one came: the other may be asked for again.
    await expect(ask(2)).rejects.toMatchObject(refused("too_many"));
    await ask(1);
    for (const quantity of [0, -1, 1.5, Number.NaN])
      await expect(ask(quantity)).rejects.toMatchObject({ code: "invalid_input" });
    const twice = [wish(orderLineId), wish(orderLineId)];
    await expect(requestReturn(shopper, { orderId, lines: twice })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(requestReturn(shopper, { orderId, lines: [] })).rejects.toMatchObject({
      code: "invalid_input",
    });
    const other = await arrived(1);
    await expect(requestReturn(shopper, { orderId, lines: [wish(other.line.id)] })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("counts the window from the delivery of the owner's own part", async () => {
    const { orderId, shopper, line } = await arrived(2);
    const lines = [wish(line.id)];
    await age(orderId, 30);
    await expect(requestReturn(shopper, { orderId, lines })).rejects.toMatchObject({
      code: "return_refused",
      data: { reason: "too_late" },
    });
    await age(orderId, 29);
    await requestReturn(shopper, { orderId, lines });
  });

  it("has as many days as the settings say", async () => {
    const { orderId, shopper, line } = await arrived(1);
    const lines = [wish(line.id)];
    await db.execute(sql`UPDATE settings SET return_window_days = 7`);
    try {
      await age(orderId, 7);
      await expect(requestReturn(shopper, { orderId, lines })).rejects.toMatchObject({
        data: { reason: "too_late" },
      });
      await age(orderId, 6);
      await requestReturn(shopper, { orderId, lines });
    } finally {
      await db.execute(sql`UPDATE settings SET return_window_days = 30`);
    }
  });

  it("is not possible for a part that was given up", async () => {
    const { orderId, shopper, line } = await arrived(1);
    const stand = async (status: "cancelled" | "delivered") => {
      await db.execute(sql`ALTER TABLE fulfilments DISABLE TRIGGER USER`);
      await db.update(fulfilments).set({ status }).where(eq(fulfilments.orderId, orderId));
      await db.execute(sql`ALTER TABLE fulfilments ENABLE TRIGGER USER`);
    };
    await stand("cancelled");
    await expect(requestReturn(shopper, { orderId, lines: [wish(line.id)] })).rejects.toMatchObject({
      code: "return_refused",
    });
    await stand("delivered");
  });

  it("expires when nothing comes in time, and the order completes", async () => {
    const { orderId, shopper, line } = await arrived(1);
    const { returnId } = first(await requestReturn(shopper, { orderId, lines: [wish(line.id)] }));
    await approve(world.admin, { returnId });
    expect(await expireReturn(world.system, returnId)).toBe(false);
    await db.execute(sql`UPDATE returns SET expires_at = shop_now() WHERE id = ${returnId}`);
    await db.execute(
      sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = ${`returns.expire:${returnId}`}`,
    );
    await age(orderId, 40);
    await db.execute(
      sql`UPDATE orders SET delivered_at = shop_now() - interval '40 days' WHERE id = ${orderId}`,
    );
    await runJobs();
    expect(await statusOf(returnId)).toMatchObject({ status: "expired" });
    // Its end planned the completion, whose time had come.
    expect(await stateOf(orderId)).toMatchObject({ status: "completed" });
  });

  it("pays less where less is due, nothing where nothing is, and never more than the pieces cost", async () => {
    const { orderId, shopper, line } = await arrived(3);
    const make = async () => {
      const { returnId } = first(await requestReturn(shopper, { orderId, lines: [wish(line.id)] }));
      await approve(world.line, { returnId });
      await receive(world.line, { returnId, lines: [{ orderLineId: line.id, restock: 0, writeOff: 1 }] });
      return returnId;
    };
    const returnId = await make();
    for (const amount of [5_001, -1, 0.5])
      await expect(refundReturn(world.line, { returnId, amount })).rejects.toMatchObject({
        code: "invalid_input",
      });
    expect(await refundReturn(world.line, { returnId, amount: 4_000 })).toMatchObject({ amount: 4_000 });
    expect(await refundReturn(world.line, { returnId: await make(), amount: 0 })).toEqual({
      refundId: null,
      amount: 0,
    });
    await runJobs();
    await gateway.settled();
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("answers a repeated form the same, and writes once", async () => {
    const { orderId, shopper, line } = await arrived(3);
    const form = { orderId, lines: [wish(line.id)], key: "form-key-1" };
    const one = await requestReturn(shopper, form);
    expect(await requestReturn(shopper, form)).toEqual(one);
    const { returnId } = first(one);
    expect(await db.select().from(returnLines).where(eq(returnLines.returnId, returnId))).toHaveLength(1);
    await approve(world.line, { returnId });
    await receive(world.line, { returnId, lines: [{ orderLineId: line.id, restock: 1, writeOff: 0 }] });
    const key = "refund-key-1";
    const paid = await refundReturn(world.line, { returnId, key });
    expect(await refundReturn(world.line, { returnId, key })).toEqual(paid);
    await expect(refundReturn(world.line, { returnId })).rejects.toMatchObject({
      code: "illegal_transition",
    });
  });

  it("does not count pieces twice that a refund put back on the shelf already", async () => {
    const { orderId, shopper, line } = await arrived(2);
    const { returnId } = first(await requestReturn(shopper, { orderId, lines: [wish(line.id, 2)] }));
    await approve(world.line, { returnId });
    await db.execute(sql`UPDATE order_lines SET returned_quantity = 1 WHERE id = ${line.id}`);
    const take = (restock: number) =>
      receive(world.line, { returnId, lines: [{ orderLineId: line.id, restock, writeOff: 0 }] });
    await expect(take(2)).rejects.toMatchObject({ code: "return_refused" });
    await expect(take(3)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(take(0)).rejects.toMatchObject({ code: "invalid_input" });
    await take(1);
  });
});

describe("a return that waits", () => {
  const waits = (returnId: string, days: number) =>
    db.execute(
      sql`UPDATE returns SET updated_at = shop_now() - make_interval(days => ${days}) WHERE id = ${returnId}`,
    );
  const toldOf = (returnId: string) =>
    db.execute<{ email: string; kind: string }>(
      sql`SELECT to_email AS email, split_part(dedupe_key, ':', 3) AS kind FROM mail WHERE dedupe_key LIKE ${`%waits:%${returnId}%`} ORDER BY created_at`,
    );

  it("is reminded of once, and approved by the shop when nobody answers", async () => {
    const { orderId, shopper, line } = await arrived(1);
    const { returnId } = first(await requestReturn(shopper, { orderId, lines: [wish(line.id)] }));
    await waits(returnId, 2);
    await seeToWaiting(world.system);
    expect(await toldOf(returnId)).toEqual([]);
    await waits(returnId, 4);
    await seeToWaiting(world.system);
    await seeToWaiting(world.system);
    expect(await toldOf(returnId)).toEqual([{ email: "line@example.com", kind: "requested" }]);
    expect(await statusOf(returnId)).toMatchObject({ status: "requested" });
    await waits(returnId, 15);
    await seeToWaiting(world.system);
    const stands = await statusOf(returnId);
    expect(stands).toMatchObject({ status: "approved" });
    expect(stands?.expiresAt).not.toBeNull();
    await receive(world.line, { returnId, lines: [{ orderLineId: line.id, restock: 1, writeOff: 0 }] });
    await waits(returnId, 4);
    await seeToWaiting(world.system);
    expect((await toldOf(returnId)).map(({ kind }) => kind)).toEqual(["requested", "received"]);
  });
});

describe("at the same moment", () => {
  const outcomes = async (work: readonly Promise<unknown>[]) => {
    const all = await Promise.allSettled(work);
    return all
      .map((one) => (one.status === "fulfilled" ? "ok" : (one.reason as { code: string }).code))
      .sort();
  };

  it("two requests for the same pieces make one return", async () => {
    const { orderId, shopper, line } = await arrived(2);
    const ask = () => requestReturn(shopper, { orderId, lines: [wish(line.id, 2)] });
    expect(await outcomes([ask(), ask(), ask(), ask()])).toEqual([
      "ok",
      "return_refused",
      "return_refused",
      "return_refused",
    ]);
  });

  it("is received once and refunded once", async () => {
    const { orderId, shopper, line, variantId } = await arrived(1);
    const { returnId } = first(await requestReturn(shopper, { orderId, lines: [wish(line.id)] }));
    await approve(world.line, { returnId });
    const take = () =>
      receive(world.line, { returnId, lines: [{ orderLineId: line.id, restock: 1, writeOff: 0 }] });
    const once = ["illegal_transition", "illegal_transition", "illegal_transition", "ok"];
    expect(await outcomes([take(), take(), take(), take()])).toEqual(once);
    expect(await stockOf(variantId)).toEqual({ on_hand: 10, reserved: 0 });
    const pay = () => refundReturn(world.line, { returnId });
    expect(await outcomes([pay(), pay(), pay(), pay()])).toEqual(once);
    await runJobs();
    await gateway.settled();
    expect(await stateOf(orderId)).toMatchObject({ refunded: 5_000 });
    expect(await wrongInTheBooks()).toEqual([]);
  });
});
