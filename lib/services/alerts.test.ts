import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { notifications } from "@/db/schema/notifications";
import { alerts } from "@/db/schema/wishlist";
import { stockOf } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { alertKey } from "@/lib/alert-link";
import { askForAlert, priceFell, tellAllWaiting, tellWaiting, withdrawAlert, withdrawByLink } from "./alerts";
import { restock } from "./inventory/adjust";
import { setBackorder } from "./inventory/policy";
import { release } from "./inventory/reserve";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const back = async (variantId: string) =>
  (await jobs(variantId))[0] ? tellWaiting(world.system, variantId) : 0;
const jobs = (variantId: string) =>
  db.execute<{ key: string }>(
    sql`SELECT key FROM graphile_worker.jobs WHERE key = ${`inventory.back:${variantId}`}`,
  );
const mails = (variantId: string) =>
  db.execute<{ to: string; template: string }>(sql`SELECT m.to_email AS to, m.template FROM mail m
    JOIN alerts a ON m.dedupe_key LIKE '%' || a.id || '%' WHERE a.variant_id = ${variantId}
      AND m.template <> 'alert_kept' ORDER BY 1`);
const open = (variantId: string) => db.$count(alerts, sql`variant_id = ${variantId} AND sent_at IS NULL`);

describe("asking to hear when it is back", () => {
  it("is remembered once an address, whatever its case, and only while it is sold out", async () => {
    const variantId = await shelf(world, 0);
    expect(await askForAlert(guest(), { variantId, email: "Eve@example.com" })).toMatchObject({
      isWaiting: true,
    });
    expect(await askForAlert(guest(), { variantId, email: "eve@example.com" })).toMatchObject({
      isWaiting: true,
    });
    expect(await askForAlert(world.ada, { variantId })).toMatchObject({ isWaiting: true });
    expect(await open(variantId)).toBe(2);
    await restock(world.line, { variantId, quantity: 1 });
    expect(await askForAlert(world.ben, { variantId })).toMatchObject({ isWaiting: false });
    expect(await open(variantId)).toBe(2);
  });

  it("needs an address, and something that is for sale", async () => {
    const variantId = await shelf(world, 0);
    await expect(askForAlert(guest(), { variantId })).rejects.toMatchObject({ code: "invalid_input" });
    const unknown = "00000000-0000-7000-8000-000000000000";
    await expect(askForAlert(world.ada, { variantId: unknown })).rejects.toMatchObject({ code: "not_found" });
  });

  it("can be withdrawn by who asked, or by the signed link of a mail", async () => {
    const variantId = await shelf(world, 0);
    await askForAlert(world.ada, { variantId });
    await askForAlert(guest(), { variantId, email: "eve@example.com" });
    expect(await withdrawAlert(world.ben, { variantId })).toEqual({ withdrawn: false });
    expect(await withdrawAlert(guest(), { variantId })).toEqual({ withdrawn: false });
    // Who types somebody else's address takes nothing over.
    await askForAlert(world.ben, { variantId, email: "eve@example.com" });
    expect(await withdrawAlert(world.ben, { variantId })).toEqual({ withdrawn: false });
    expect(await withdrawAlert(world.ada, { variantId })).toEqual({ withdrawn: true });
    const [left] = await db.select().from(alerts).where(eq(alerts.variantId, variantId));
    const alertId = left?.id ?? "";
    const wrong = { alertId, key: alertKey("another") };
    await expect(withdrawByLink(guest(), wrong)).rejects.toMatchObject({ code: "not_found" });
    expect(await withdrawByLink(guest(), { alertId, key: alertKey(alertId) })).toEqual({ withdrawn: true });
    await restock(world.line, { variantId, quantity: 1 });
    expect(await back(variantId)).toBe(0);
  });
});

describe("the mail that says so", () => {
  const kept = (variantId: string) =>
    db.execute<{ alertId: string }>(sql`SELECT m.data ->> 'alertId' AS "alertId" FROM mail m JOIN alerts a
      ON m.dedupe_key LIKE '%' || a.id || '%' WHERE a.variant_id = ${variantId} AND m.template = 'alert_kept'`);

  it("goes out once, and its link stops all that its address waits for, and nobody else's", async () => {
    const [one, two] = [await shelf(world, 0), await shelf(world, 0)];
    const email = `f${one}@example.com`;
    expect(await askForAlert(guest(), { variantId: one, email })).toEqual({ isWaiting: true, email });
    await askForAlert(guest(), { variantId: one, email: email.toUpperCase() });
    await askForAlert(guest(), { variantId: two, email: email.toUpperCase() });
    await askForAlert(guest(), { variantId: two, email: `g${one}@example.com` });
    const [first, ...more] = await kept(one);
    expect(more).toEqual([]);
    const alertId = first?.alertId ?? "";
    const link = { alertId, key: alertKey(alertId) };
    const others = await db.select().from(alerts).where(eq(alerts.variantId, two));
    const foreign = others.find((alert) => alert.email === `g${one}@example.com`)?.id ?? "";
    expect(await withdrawByLink(guest(), link, foreign)).toEqual({ withdrawn: false });
    expect(await withdrawByLink(guest(), link, alertId)).toEqual({ withdrawn: true });
    expect([await open(one), await open(two)]).toEqual([0, 2]);
    // Its own alert is over, and the link still knows the address.
    expect(await withdrawByLink(guest(), link)).toEqual({ withdrawn: true });
    expect([await open(one), await open(two)]).toEqual([0, 1]);
  });
});

describe("when it is back", () => {
  it("tells everybody who asked, once, by mail and in the shop", async () => {
    const variantId = await shelf(world, 0);
    await askForAlert(world.ada, { variantId });
    await askForAlert(guest(), { variantId, email: "eve@example.com" });
    await restock(world.line, { variantId, quantity: 5 });
    expect(await back(variantId)).toBe(2);
    expect(await back(variantId)).toBe(0);
    expect(await mails(variantId)).toEqual([
      { to: "ada@example.com", template: "back_in_stock" },
      { to: "eve@example.com", template: "back_in_stock" },
    ]);
    const told = await db.select().from(notifications).where(eq(notifications.userId, world.id.ada));
    expect(told.filter(({ type }) => type === "stock")).toHaveLength(1);
  });

  it("tells once under two restocks and two workers at once", async () => {
    const variantId = await shelf(world, 0);
    for (let i = 0; i < 20; i += 1) await askForAlert(guest(), { variantId, email: `w${i}@example.com` });
    await Promise.all([1, 2].map((quantity) => restock(world.line, { variantId, quantity })));
    expect(await jobs(variantId)).toHaveLength(1);
    const told = await Promise.all([1, 2, 3, 4].map(() => tellWaiting(world.system, variantId)));
    expect(told.reduce((sum, each) => sum + each, 0)).toBe(20);
    expect(await mails(variantId)).toHaveLength(20);
  });

  it("loses nobody who asks while it is restocked", async () => {
    for (let round = 0; round < 10; round += 1) {
      const variantId = await shelf(world, 0);
      const asks = ["x", "y", "z"].map((name) =>
        askForAlert(guest(), { variantId, email: `${name}${round}@example.com` }),
      );
      const [answers] = await Promise.all([
        Promise.all(asks),
        restock(world.line, { variantId, quantity: 1 }),
      ]);
      const waiting = answers.filter(({ isWaiting }) => isWaiting).length;
      expect(await back(variantId)).toBe(waiting);
    }
  });

  it("is when an order lets go of the last one, and when backorder begins; not when more come to some", async () => {
    const variantId = await shelf(world, 1);
    const { orderId } = await order(guest(), [{ variantId, quantity: 1 }]);
    await askForAlert(world.ada, { variantId });
    await withTx((tx) => release(tx, orderId));
    expect(await stockOf(variantId)).toEqual({ on_hand: 1, reserved: 0 });
    expect(await back(variantId)).toBe(1);

    const other = await shelf(world, 0);
    await askForAlert(world.ada, { variantId: other });
    await setBackorder(world.line, { variantId: other, backorder: true });
    expect(await back(other)).toBe(1);

    const full = await shelf(world, 1);
    await restock(world.line, { variantId: full, quantity: 1 });
    expect(await jobs(full)).toHaveLength(0);
  });

  it("is not while all that may be owed is owed, and is when some of it is there again", async () => {
    const variantId = await shelf(world, 0);
    await setBackorder(world.line, { variantId, backorder: true, limit: 2 });
    expect(await askForAlert(world.ada, { variantId })).toMatchObject({ isWaiting: false });
    const { orderId } = await order(guest(), [{ variantId, quantity: 2 }]);
    expect(await askForAlert(world.ada, { variantId })).toMatchObject({ isWaiting: true });
    expect(await tellWaiting(world.system, variantId)).toBe(0);
    await withTx((tx) => release(tx, orderId));
    expect(await back(variantId)).toBe(1);
  });

  it("is the account's own, whoever asked for its address before", async () => {
    const variantId = await shelf(world, 0);
    await askForAlert(guest(), { variantId, email: "ADA@example.com" });
    await askForAlert(world.ada, { variantId });
    await askForAlert(world.ben, { variantId, email: "ada@example.com" });
    expect(await open(variantId)).toBe(1);
    expect(await withdrawAlert(world.ben, { variantId })).toEqual({ withdrawn: false });
    expect(await withdrawAlert(world.ada, { variantId })).toEqual({ withdrawn: true });
  });

  it("stays silent while its seller is switched off", async () => {
    const variantId = await shelf(world, 0);
    await askForAlert(world.ada, { variantId });
    await restock(world.line, { variantId, quantity: 1 });
    const sells = (isActive: boolean) =>
      db.update(owners).set({ isActive }).where(eq(owners.id, world.id.lineShop));
    await sells(false);
    expect(await tellWaiting(world.system, variantId)).toBe(0);
    await expect(askForAlert(world.ben, { variantId, kind: "price_drop" })).rejects.toMatchObject({
      code: "not_found",
    });
    await sells(true);
    expect(await tellWaiting(world.system, variantId)).toBe(1);
  });

  it("stays silent where it sold out again before the job ran, and tells the next time", async () => {
    const variantId = await shelf(world, 0);
    await askForAlert(world.ada, { variantId });
    await restock(world.line, { variantId, quantity: 1 });
    await order(guest(), [{ variantId, quantity: 1 }]);
    expect(await back(variantId)).toBe(0);
    expect(await open(variantId)).toBe(1);
    await restock(world.line, { variantId, quantity: 1 });
    expect(await back(variantId)).toBe(1);
  });
});

it("tells of a lower price than the one that was seen, once", async () => {
  const variantId = await shelf(world, 5, 2_000);
  const priced = (price: number) =>
    withTx(async (tx) => {
      await tx.execute(sql`UPDATE variants SET price = ${price} WHERE id = ${variantId}`);
      await priceFell(tx, variantId);
    });
  expect(await askForAlert(world.ada, { variantId, kind: "price_drop" })).toMatchObject({ isWaiting: true });
  await priced(2_500);
  expect(await tellWaiting(world.system, variantId)).toBe(0);
  await tellAllWaiting(world.system);
  await priced(1_900);
  expect(await tellAllWaiting(world.system)).toBe(1);
  expect(await tellWaiting(world.system, variantId)).toBe(0);
  expect(await mails(variantId)).toEqual([{ to: "ada@example.com", template: "price_drop" }]);
});

it("forgets addresses long after they were told", async () => {
  const variantId = await shelf(world, 0);
  await askForAlert(world.ada, { variantId });
  await askForAlert(world.ben, { variantId });
  await restock(world.line, { variantId, quantity: 1 });
  await back(variantId);
  await db.execute(sql`UPDATE alerts SET sent_at = sent_at - interval '91 days'
    WHERE variant_id = ${variantId} AND user_id = ${world.id.ada}`);
  await tellAllWaiting(world.system);
  expect(await db.$count(alerts, eq(alerts.variantId, variantId))).toBe(1);
});
