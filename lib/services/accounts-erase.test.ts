/** The end and the beginning of an account: erasing it, and opening it from an order that a guest placed. */
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { CAST_PASSWORD, type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { users } from "@/db/schema/accounts";
import { mail } from "@/db/schema/notifications";
import { orders } from "@/db/schema/orders";
import { reviews } from "@/db/schema/reviews";
import { alerts } from "@/db/schema/wishlist";
import { wrongInTheBooks } from "@/db/testing/books";
import { runJobs } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import type { Customer } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { exportAccount } from "@/lib/queries/accounts-export";
import { listOwnReviews } from "@/lib/queries/own-reviews";
import { create, prove } from "./accounts";
import { claim } from "./accounts-claim";
import { erase } from "./accounts-erase";
import { verifyEmail } from "./accounts-proof";
import { add as addAddress } from "./addresses";
import { askForAlert } from "./alerts";
import * as cart from "./cart";
import { notify } from "./notifications/tell";
import { attach } from "./orders/attach";
import { deliver } from "./orders/deliver";
import { ship } from "./orders/ship";
import { cancelOrder } from "./payments/cancel";
import { vote } from "./reviews/vote";
import { write } from "./reviews/write";
import * as sessions from "./sessions";
import * as wishlist from "./wishlist";

const PASSWORD = "plumb gate and tin";
const IP = "203.0.113.7";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

async function newCustomer(email: string): Promise<Customer> {
  const userId = await create(world.system, {
    name: "Mary Somerville",
    email,
    password: PASSWORD,
    role: "customer",
  });
  return mint<Customer>({ kind: "customer", userId, orderId: null });
}

const told = (email: string) => ({
  method: "cash_on_delivery" as const,
  email,
  address: { ...BERLIN, name: "Mary Somerville", line1: "Jedburgh 9" },
});

async function arrived(orderId: string): Promise<void> {
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId, shipmentId });
}

/** Somebody who has left a trace everywhere. */
async function wholeLife(email: string) {
  const mary = await newCustomer(email);
  const variantId = await shelf(world, 9);
  const soldOut = await shelf(world, 0);
  const [row] = await db.execute<{ id: string }>(
    sql`SELECT product_id AS id FROM variants WHERE id = ${variantId}`,
  );
  const productId = row?.id ?? "";
  const { orderId, number } = await order(mary, [{ variantId, quantity: 1 }], told(email));
  await write(mary, { productId, rating: 4, title: "Somerville says", comment: "Fine." });
  await db.execute(sql`UPDATE reviews SET status = 'published' WHERE product_id = ${productId}`);
  await db.execute(sql`UPDATE products SET rating_sum = 4, rating_count = 1 WHERE id = ${productId}`);
  const defaults = { isDefaultShipping: true, isDefaultBilling: true };
  await addAddress(mary, { ...BERLIN, name: "Mary Somerville" }, defaults);
  await cart.add(mary, { variantId, quantity: 1 });
  await wishlist.add(mary, { variantId });
  await askForAlert(mary, { variantId: soldOut });
  await withTx((tx) =>
    notify(tx, { userId: mary.userId, type: "order", title: "To Somerville", message: "", dedupe: newId() }),
  );
  const session = await withTx((tx) => sessions.open(tx, mary.userId, "Firefox of Somerville"));
  await runJobs();
  return { mary, orderId, number, productId, session };
}

/** Every text of the database that holds a word. */
async function tracesOf(word: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition`);
  const found: string[] = [];
  for (const { name } of tables) {
    const [hit] = await db.execute(
      sql`SELECT FROM ${sql.raw(name)} t WHERE to_jsonb(t)::text ILIKE ${`%${word}%`} LIMIT 1`,
    );
    if (hit) found.push(name);
  }
  return found;
}

describe("erasing an account", () => {
  it("waits for running orders, then takes every trace of the person and leaves the books as they were", async () => {
    const { mary, orderId, number, productId, session } = await wholeLife("mary@somerville.test");
    const { orderId: own } = await order(world.ada, [{ variantId: await shelf(world, 5), quantity: 1 }], {
      method: "cash_on_delivery",
    });
    await arrived(own);
    await expect(erase(mary, { proof: "not it" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(erase(mary, { proof: PASSWORD })).rejects.toMatchObject({ code: "in_use" });
    expect(await sessions.read(session)).not.toBeNull();
    await arrived(orderId);
    await runJobs();
    const sums = () =>
      db.execute(sql`SELECT number, total, tax, user_id FROM orders WHERE number = ${number}`);
    const before = await sums();

    await erase(mary, { proof: PASSWORD });

    expect(await tracesOf("somerville")).toEqual([]);
    expect(await tracesOf("Jedburgh")).toEqual([]);
    expect(await sums()).toEqual(before);
    expect(await sessions.read(session)).toBeNull();
    expect(await db.$count(reviews, eq(reviews.productId, productId))).toBe(0);
    await expect(prove({ email: "mary@somerville.test", password: PASSWORD, ip: IP })).rejects.toMatchObject({
      code: "wrong_credentials",
    });
    await expect(erase(mary, { proof: PASSWORD })).rejects.toMatchObject({ code: "not_found" });
    await newCustomer("mary@somerville.test");
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is not for accounts that sell or run the shop", async () => {
    for (const staff of [world.line, world.admin])
      await expect(erase(staff, { proof: CAST_PASSWORD })).rejects.toMatchObject({ code: "in_use" });
  });

  it("asks who has no password for the address", async () => {
    const only = await newCustomer("oauth@example.com");
    await db.update(users).set({ passwordHash: null }).where(eq(users.id, only.userId));
    await expect(erase(only, { proof: "else@example.com" })).rejects.toMatchObject({ code: "invalid_input" });
    await erase(only, { proof: "OAuth@example.com" });
    const [row] = await db.select().from(users).where(eq(users.id, only.userId));
    expect(row).toMatchObject({ isActive: false, passwordHash: null, firstName: "" });
  });

  it("takes nothing of the address's owner where the account never proved the address", async () => {
    const email = "nightingale@example.com";
    const stranger = await newCustomer(email);
    const [waited, other] = [await shelf(world, 0), await shelf(world, 0)];
    await askForAlert(guest(), { variantId: waited, email });
    await askForAlert(stranger, { variantId: other });
    const { orderId } = await order(
      guest(),
      [{ variantId: await shelf(world, 5), quantity: 1 }],
      told(email),
    );
    await runJobs();
    const sent = () => db.select().from(mail).where(eq(mail.toEmail, email));
    expect((await sent()).map(({ template }) => template).sort()).toMatchObject({ length: 3 });
    await erase(stranger, { proof: PASSWORD });
    expect(await db.$count(alerts, eq(alerts.variantId, waited))).toBe(1);
    expect(await db.$count(alerts, eq(alerts.variantId, other))).toBe(0);
    expect((await sent()).map(({ template, orderId: of }) => of ?? template)).toEqual(
      expect.arrayContaining([orderId, "alert_kept"]),
    );
    expect(await sent()).toHaveLength(2);
  });

  it("takes back votes", async () => {
    const eve = await newCustomer("eve@example.com");
    await write(world.ben, { productId: world.mug.id, rating: 5, title: "", comment: "" });
    await db.execute(sql`UPDATE reviews SET status = 'published' WHERE product_id = ${world.mug.id}`);
    await db.execute(sql`UPDATE products SET rating_sum = 5, rating_count = 1 WHERE id = ${world.mug.id}`);
    const [review] = await listOwnReviews(world.ben);
    await vote(eve, { reviewId: review?.id ?? "", helpful: true }, IP);
    await erase(eve, { proof: PASSWORD });
    expect(await listOwnReviews(world.ben)).toMatchObject([{ helpful: 0 }]);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

it("the export holds everything about the person, and nothing of anybody else", async () => {
  const { mary, number } = await wholeLife("mary@export.test");
  await order(world.ben, [{ variantId: await shelf(world, 5), quantity: 1 }], told("ben@example.com"));
  const out = await exportAccount(mary);
  expect(out).toMatchObject({
    profile: { email: "mary@export.test", firstName: "Mary", lastName: "Somerville" },
    addresses: [{ name: "Mary Somerville", city: "Berlin" }],
    orders: [{ number, email: "mary@export.test", lines: [{ quantity: 1 }] }],
    reviews: [{ rating: 4, title: "Somerville says" }],
    wishlist: [{}],
    cart: [{ quantity: 1 }],
    alerts: [{ kind: "back_in_stock" }],
    sessions: [{ device: "Firefox of Somerville" }],
  });
  expect(out.orders[0]?.addresses).toMatchObject([{ line1: "Jedburgh 9" }, { kind: "billing" }]);
  expect(out.notifications.map(({ title }) => title)).toContain("To Somerville");
  const text = JSON.stringify(out);
  for (const word of ["ben@example.com", "passwordHash", "$argon2"]) expect(text).not.toContain(word);
});

describe("an account after the purchase", () => {
  const orderOf = async (id: string) => (await db.select().from(orders).where(eq(orders.id, id)))[0];
  const bought = async (who = guest(), email = `${newId()}@example.com`) => {
    const placed = await order(who, [{ variantId: await shelf(world, 5), quantity: 1 }], told(email));
    return { ...placed, who, email };
  };

  it("opens by a password alone and holds this order; others of the address come with its mailbox", async () => {
    const first = await bought();
    const second = await bought(guest(), first.email.toUpperCase());
    expect(await claim(first.who, { orderId: first.orderId, password: PASSWORD }, IP)).toEqual({
      email: first.email,
    });
    const { userId } = await prove({ email: first.email, password: PASSWORD, ip: IP });
    expect(await orderOf(first.orderId)).toMatchObject({ userId });
    expect(await orderOf(second.orderId)).toMatchObject({ userId: null });
    const owner = mint<Customer>({ kind: "customer", userId, orderId: null });
    const token = async () => {
      await runJobs();
      return tokenFor(userId);
    };
    await verifyEmail(await token(), owner);
    expect(await orderOf(second.orderId)).toMatchObject({ userId });
  });

  it("gives nothing more to whoever opened it when somebody else confirms the address", async () => {
    const victim = await bought();
    const attacker = await bought(guest(), victim.email);
    await claim(attacker.who, { orderId: attacker.orderId, password: PASSWORD }, IP);
    const { userId } = await prove({ email: victim.email, password: PASSWORD, ip: IP });
    await runJobs();
    await verifyEmail(await tokenFor(userId), guest());
    expect(await orderOf(victim.orderId)).toMatchObject({ userId: null });
  });

  it("answers an address that has an account alike and changes nothing; the order's link then keeps it", async () => {
    const placed = await bought(guest(), "ada@example.com");
    expect(
      await claim(placed.who, { orderId: placed.orderId, password: "entirely other words" }, IP),
    ).toEqual({
      email: "ada@example.com",
    });
    await prove({ email: "ada@example.com", password: CAST_PASSWORD, ip: IP });
    expect(await orderOf(placed.orderId)).toMatchObject({ userId: null });
    await expect(attach(world.ada, placed)).rejects.toMatchObject({ code: "not_found" });
    const withLink = mint<Customer>({ kind: "customer", userId: world.id.ada, orderId: placed.orderId });
    await attach(withLink, placed);
    expect(await orderOf(placed.orderId)).toMatchObject({ userId: world.id.ada });
    const thief = mint<Customer>({ kind: "customer", userId: world.id.ben, orderId: placed.orderId });
    await expect(attach(thief, placed)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is not for other people's orders, nor called-off ones, nor with an easy password", async () => {
    const { orderId, who } = await bought();
    const off = await bought();
    await cancelOrder(world.admin, off.orderId);
    await expect(claim(off.who, { orderId: off.orderId, password: PASSWORD }, IP)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(claim(guest(), { orderId, password: PASSWORD }, IP)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(claim(who, { orderId, password: "somerville" }, IP)).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

/** The secret of the newest link that was mailed to a user. */
async function tokenFor(userId: string): Promise<string> {
  const { tokenOf } = await import("@/lib/mail/links");
  const [row] = await db.execute<{ seed: string }>(sql`
    SELECT data->>'seed' AS seed FROM mail
    WHERE template IN ('welcome', 'verify_email') AND lower(to_email) = (SELECT lower(email) FROM users WHERE id = ${userId})
    ORDER BY created_at DESC LIMIT 1`);
  return tokenOf("verify_email", row?.seed ?? "");
}
