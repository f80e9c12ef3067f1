import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { owners, users } from "@/db/schema/accounts";
import { mail, notifications } from "@/db/schema/notifications";
import { orderEvents } from "@/db/schema/orders";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, runJobs } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { changeAddress } from "@/lib/services/orders/address";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { record } from "@/lib/services/orders/transition";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { tellOrder } from "./tell-order";

let people: Cast;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startGateway();
  people = await cast();
});
afterAll(() => gateway.close());

/** "template → address" of an order's mails, in the order in which they were written. */
async function mailsOf(orderId: string): Promise<string[]> {
  await runJobs();
  const rows = await db
    .select()
    .from(mail)
    .where(eq(mail.orderId, orderId))
    .orderBy(asc(mail.createdAt), asc(mail.id));
  return rows.map((row) => `${row.template} → ${row.toEmail}`);
}

async function notesOf(userId: string): Promise<string[]> {
  const rows = await db
    .select()
    .from(notifications)
    .where(eq(notifications.userId, userId))
    .orderBy(asc(notifications.id));
  return rows.map((row) => `${row.title} (${row.link})`);
}

test("an order by card: placed, then paid, then its owner hears of it, then parcel and arrival", async () => {
  const { orderId, number } = await order(people.ada, [{ variantId: await variantId("MUG"), quantity: 1 }]);
  expect(await mailsOf(orderId)).toEqual(["order_placed → ada@example.com"]);
  await gateway.pay(people.ada, orderId);
  await gateway.settled();
  expect((await mailsOf(orderId)).slice(1)).toEqual([
    "order_paid → ada@example.com",
    "owner_new_order → line@example.com",
  ]);
  expect(await notesOf(people.id.line)).toEqual([`New order ${number} (/admin/orders/${number})`]);
  const { shipmentId } = await ship(people.line, orderId, { carrier: "DHL", trackingNumber: "123" });
  await deliver(people.line, { orderId, shipmentId });
  expect((await mailsOf(orderId)).slice(3)).toEqual([
    "order_shipped → ada@example.com",
    "order_delivered → ada@example.com",
  ]);
  expect(await notesOf(people.id.ada)).toEqual([
    `Order ${number} is placed (/orders/${number})`,
    `Order ${number} is paid (/orders/${number})`,
    `Order ${number} is on its way (/orders/${number})`,
    `Order ${number} has arrived (/orders/${number})`,
  ]);
});

test("cash on delivery is told of once, and each owner of their own part", async () => {
  const { orderId } = await order(
    guest(),
    [
      { variantId: await variantId("PRINT-S"), quantity: 1 },
      { variantId: await variantId("TOTE"), quantity: 1 },
    ],
    { method: "cash_on_delivery", email: "grace@example.org" },
  );
  const mails = await mailsOf(orderId);
  expect(mails[0]).toBe("order_confirmed → grace@example.org");
  expect(mails.slice(1).sort()).toEqual([
    "owner_new_order → line@example.com",
    "owner_new_order → ring@example.com",
  ]);
});

test("telling an event again tells nobody twice", async () => {
  const { orderId } = await order(guest(), [{ variantId: await variantId("TOTE"), quantity: 1 }], {
    method: "cash_on_delivery",
  });
  const before = await mailsOf(orderId);
  const notes = await notesOf(people.id.ring);
  const events = await db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId));
  await Promise.all(
    [...events, ...events].map(({ id }) => tellOrder(people.system, { orderId, eventId: id })),
  );
  expect(await mailsOf(orderId)).toEqual(before);
  expect(await notesOf(people.id.ring)).toEqual(notes);
});

test("declines are told once an order, and an expiry says so instead of cancelled", async () => {
  const { orderId } = await order(people.ben, [{ variantId: await variantId("PRINT-S"), quantity: 1 }], {
    email: "ben@example.com",
  });
  expect(await gateway.pay(people.ben, orderId, DECLINED_CARD)).toBe(402);
  await gateway.settled();
  expect(await gateway.pay(people.ben, orderId, DECLINED_CARD)).toBe(402);
  await gateway.settled();
  expect(await mailsOf(orderId)).toEqual([
    "order_placed → ben@example.com",
    "payment_failed → ben@example.com",
  ]);
  await letExpire(orderId);
  await expire(people.system, orderId);
  expect((await mailsOf(orderId)).slice(2)).toEqual(["order_expired → ben@example.com"]);
});

test("a paid order that is cancelled: shopper and owner hear of it, then the shopper of the money", async () => {
  const { orderId } = await order(people.ada, [{ variantId: await variantId("TOTE"), quantity: 1 }]);
  await gateway.pay(people.ada, orderId);
  await gateway.settled();
  const before = (await mailsOf(orderId)).length;
  await cancelOrder(people.admin, orderId, { note: "Broken in the workshop" });
  await runJobs();
  await gateway.settled();
  const mails = (await mailsOf(orderId)).slice(before);
  expect(mails.sort()).toEqual([
    "order_cancelled → ada@example.com",
    "order_refunded → ada@example.com",
    "owner_order_news → ring@example.com",
  ]);
});

test("disputes and failed refunds reach the admins; an owner is not told of what they did themselves", async () => {
  const { orderId } = await order(guest(), [{ variantId: await variantId("TOTE"), quantity: 1 }], {
    method: "cash_on_delivery",
  });
  const before = (await mailsOf(orderId)).length;
  await withTx(async (tx) => {
    await record(tx, people.system, { orderId, kind: "refund_failed", reason: "expired_card" });
    await record(tx, people.ring, {
      orderId,
      kind: "lines_cancelled",
      ownerId: people.id.ringShop,
      data: { lines: [] },
    });
    await record(tx, people.system, { orderId, kind: "hold_extended" });
  });
  expect((await mailsOf(orderId)).slice(before).sort()).toEqual([
    "admin_alert → admin@example.com",
    "order_cancelled → ada@example.com",
  ]);
});

test("what rolls back tells nobody", async () => {
  const { orderId } = await order(guest(), [{ variantId: await variantId("TOTE"), quantity: 1 }], {
    method: "cash_on_delivery",
  });
  const before = await mailsOf(orderId);
  const undone = withTx(async (tx) => {
    await record(tx, people.system, { orderId, kind: "dispute_opened" });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await mailsOf(orderId)).toEqual(before);
});

test("of a seller who is switched off an admin hears instead: the part must be packed by somebody", async () => {
  const paid = async (...skus: string[]) => {
    const wishes = await Promise.all(
      ["TOTE", ...skus].map(async (sku) => ({ variantId: await variantId(sku), quantity: 1 })),
    );
    return (await order(guest(), wishes, { method: "cash_on_delivery", email: "grace@example.org" })).orderId;
  };
  const told = async (orderId: string) =>
    (await mailsOf(orderId)).filter((line) => line.startsWith("owner_new_order"));
  const shopOff = await paid();
  await db.update(owners).set({ isActive: false }).where(eq(owners.id, people.id.ringShop));
  const before = await notesOf(people.id.ring);
  expect(await told(shopOff)).toEqual(["owner_new_order → admin@example.com"]);
  await db.update(owners).set({ isActive: true }).where(eq(owners.id, people.id.ringShop));
  const personOff = await paid();
  await db.update(users).set({ isActive: false }).where(eq(users.id, people.id.ring));
  expect(await told(personOff)).toEqual(["owner_new_order → admin@example.com"]);
  expect(await notesOf(people.id.ring)).toEqual(before);
  // An admin who stands for two sellers hears of both parts.
  const bothOff = await paid("PRINT-S");
  await db.update(owners).set({ isActive: false }).where(eq(owners.id, people.id.lineShop));
  expect(await told(bothOff)).toEqual([1, 2].map(() => "owner_new_order → admin@example.com"));
  await db.update(owners).set({ isActive: true }).where(eq(owners.id, people.id.lineShop));
  await db.update(users).set({ isActive: true }).where(eq(users.id, people.id.ring));
});

test("another address is told to the shopper; to owners only once they have heard of the order", async () => {
  const wishes = [{ variantId: await variantId("TOTE"), quantity: 1 }];
  const shopper = guest();
  const { orderId } = await order(shopper, wishes, { email: "ben@example.com" });
  await changeAddress(shopper, { orderId, shipping: { ...BERLIN, line1: "Kantstraße 7" } });
  expect((await mailsOf(orderId)).slice(1)).toEqual(["order_address_changed → ben@example.com"]);
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  const before = (await mailsOf(orderId)).length;
  await changeAddress(shopper, { orderId, shipping: BERLIN });
  expect((await mailsOf(orderId)).slice(before).sort()).toEqual([
    "order_address_changed → ben@example.com",
    "owner_order_news → ring@example.com",
  ]);
});

test("what concerns one seller's part is told to that seller alone", async () => {
  const wishes = await Promise.all(
    ["TOTE", "PRINT-S"].map(async (sku) => ({ variantId: await variantId(sku), quantity: 1 })),
  );
  const { orderId } = await order(guest(), wishes, { method: "cash_on_delivery" });
  const before = (await mailsOf(orderId)).length;
  const ownerId = people.id.ringShop;
  await withTx((tx) => record(tx, people.system, { orderId, kind: "return_withdrawn", ownerId }));
  expect((await mailsOf(orderId)).slice(before)).toEqual(["owner_order_news → ring@example.com"]);
});
