import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { membershipTiers, users } from "@/db/schema/accounts";
import { audit } from "@/db/schema/audit";
import { formerOrders } from "@/db/schema/former-orders";
import { orders } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs } from "@/db/testing/orders";
import { exportAccount, exportGuest } from "@/lib/queries/accounts-export";
import { giveMembership, noteCustomer, noteExport, noteGuest } from "@/lib/services/accounts-care";
import { eraseFor, eraseGuest } from "@/lib/services/accounts-erase";
import { refund } from "@/lib/services/payments/refund";
import { fillBuyers } from "@/lib/services/reports";
import { requestReturn } from "@/lib/services/returns/request";
import { getCustomer } from "./customer";
import { listCustomers } from "./customers";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const all = { search: "", view: "all", sort: "last", dir: "", page: 1, pageSize: 50 } as const;
type Asked = Partial<Parameters<typeof listCustomers>[1]>;
const listed = async (staff: Parameters<typeof listCustomers>[0], more: Asked = {}) =>
  (await listCustomers(staff, { ...all, ...more })).rows;
const wish = async (price = 2_000) => [{ variantId: await shelf(world, 9, price), quantity: 1 }];
const buy = async (email: string, price?: number) => {
  const shopper = guest();
  return { shopper, ...(await deliveredOrder(gateway, world.admin, shopper, await wish(price), { email })) };
};

it("lists accounts and guests with what they spent; owners see the buyers of their goods by name alone", async () => {
  const first = await buy("Grace@example.com", 2_000);
  const second = await buy("grace@example.com", 3_000);
  await refund(world.admin, { orderId: second.orderId, amount: 500, reason: "A scratch" });
  await runJobs();
  const tote = world.tote.variantIds[0] ?? "";
  const adas = await deliveredOrder(gateway, world.admin, world.ada, [
    ...(await wish(1_000)),
    { variantId: tote, quantity: 1 },
  ]);
  await order(guest(), await wish(), { email: "never-paid@example.com" });
  await gateway.settled();

  const rows = await listed(world.admin);
  const grace = rows.find(({ email }) => email === "grace@example.com");
  expect(grace).toMatchObject({ isGuest: true, orders: 2, value: first.total + second.total - 500 });
  expect(rows.find(({ key }) => key === world.id.ada)).toMatchObject({
    isGuest: false,
    orders: 1,
    value: adas.total,
  });
  expect(rows.find(({ key }) => key === world.id.ben)).toMatchObject({
    orders: 0,
    value: 0,
    lastOrderAt: null,
  });
  expect(rows.find(({ email }) => email === "never-paid@example.com")).toMatchObject({ orders: 0, value: 0 });
  expect(rows.some(({ key }) => key === world.id.line)).toBe(false);
  const values = (await listed(world.admin, { sort: "value", dir: "asc" })).map(({ value }) => value);
  expect(values).toEqual([...values].sort((a, b) => a - b));
  // By the account's own name.
  const named = (await listed(world.admin, { sort: "name" })).map(({ key }) => key);
  expect(named.indexOf(world.id.ada)).toBeLessThan(named.indexOf(world.id.ben));
  // Who is looked for is a person, not what they bought.
  expect(await listed(world.admin, { search: "tote" })).toEqual([]);
  expect((await listed(world.admin, { search: "lovelace" })).length).toBeGreaterThan(0);
  expect((await listed(world.admin, { search: first.number })).map(({ key }) => key)).toEqual([grace?.key]);
  expect((await listed(world.admin, { search: "ADA@" })).map(({ key }) => key)).toEqual([world.id.ada]);
  expect((await listed(world.admin, { view: "returning" })).map(({ key }) => key)).toEqual([grace?.key]);

  const ofRing = await listed(world.ring);
  expect(ofRing).toHaveLength(1);
  expect(ofRing[0]).toMatchObject({ email: null, tier: null, orders: 1, value: 2_400 });
  expect(await listed(world.ring, { search: "example.com" })).toEqual([]);
  expect(await listed(world.ring, { search: first.number })).toEqual([]);
  const page = await getCustomer(world.ring, ofRing[0]?.key ?? "");
  expect(page).toMatchObject({ own: null, value: 2_400, bought: [{ number: adas.number, total: 2_400 }] });
  for (const key of [grace?.key ?? "", world.id.ada, newId(), "nobody"])
    expect(await getCustomer(world.ring, key)).toBeNull();
  expect(await getCustomer(world.admin, grace?.key ?? "")).toMatchObject({
    orders: 2,
    refunded: 500,
    own: { email: "grace@example.com", account: null },
  });
  expect(await getCustomer(world.admin, adas.orderId)).toBeNull();
});

it("keeps note and membership, tells of conflicts, and never puts the note on the audit log", async () => {
  const tierId = newId();
  await db.insert(membershipTiers).values({ id: tierId, code: "plus", name: "Plus" });
  const userId = world.id.ben;
  await noteCustomer(world.admin, { userId, version: 1, note: " Likes blue. " });
  await giveMembership(world.admin, { userId, version: 2, tierId });
  expect(await getCustomer(world.admin, userId)).toMatchObject({
    own: { account: { staffNote: "Likes blue.", tier: "Plus", version: 3 } },
  });
  expect((await listed(world.admin, { view: "members" })).map(({ key }) => key)).toEqual([userId]);
  const late = { userId, version: 2 };
  const told = /admin changed the membership to “Plus” just now/;
  await expect(noteCustomer(world.admin, { ...late, note: "" })).rejects.toThrow(told);
  await expect(giveMembership(world.admin, { ...late, tierId: null })).rejects.toThrow(told);
  const line = { userId: world.id.line, version: 1 };
  for (const other of [
    () => noteCustomer(world.admin, { ...line, note: "" }),
    () => giveMembership(world.admin, { ...line, tierId: null }),
  ])
    await expect(other()).rejects.toMatchObject({ code: "not_found" });
  const rows = await db.select().from(audit).where(eq(audit.subjectId, userId));
  expect(rows.map(({ after }) => after)).toEqual([
    { note: "11 characters, rewritten" },
    { membershipTierId: tierId },
  ]);
  expect(JSON.stringify(rows)).not.toContain("blue");
});

it("exports and erases a customer and a guest for an admin who types their address", async () => {
  const email = "mary@example.com";
  const { orderId, lines, shopper } = await buy(email);
  await db.insert(formerOrders).values({
    id: newId(),
    source: "shopify",
    number: "#1001",
    email,
    placedAt: new Date(),
    currency: "EUR",
    ...{ subtotal: 1, shipping: 0, tax: 0, discount: 0, total: 1, refunded: 0 },
    ...{ financialStatus: "paid", fulfilmentStatus: "fulfilled", address: { name: "Mary" } },
  });
  const asGuest = { person: { orderId }, typed: "MARY@example.com " };
  await expect(noteExport(world.admin, { ...asGuest, typed: "x" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect(await noteExport(world.admin, asGuest)).toEqual({ guestEmail: email });
  const data = await exportGuest(email);
  expect(data.orders).toHaveLength(1);
  expect(data.formerOrders).toMatchObject([{ number: "#1001", address: { name: "Mary" } }]);
  expect(JSON.stringify(data)).not.toContain("grace@example.com");

  // What still runs holds it, and a wrong address too; nothing is redacted by the try.
  const open = await requestReturn(shopper, {
    orderId,
    lines: [{ orderLineId: lines[0]?.id ?? "", quantity: 1, reason: "damaged" }],
  });
  await expect(eraseGuest(world.admin, { orderId, typed: email })).rejects.toMatchObject({ code: "in_use" });
  await db.execute(sql`UPDATE returns SET status = 'rejected' WHERE id = ${open[0]?.returnId ?? ""}`);
  await expect(eraseGuest(world.admin, { orderId, typed: "x" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect((await exportGuest(email)).orders).toHaveLength(1);
  await eraseGuest(world.admin, { orderId, typed: email });
  expect(await exportGuest(email)).toMatchObject({ orders: [], formerOrders: [], alerts: [], mails: [] });
  expect(await db.select({ address: formerOrders.address }).from(formerOrders)).toEqual([{ address: {} }]);
  expect(await getCustomer(world.admin, orderId)).toBeNull();
  const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
  expect(row?.email).toMatch(/@erased\.invalid$/);
  await expect(eraseGuest(world.admin, { orderId, typed: email })).rejects.toMatchObject({
    code: "not_found",
  });

  const { userId } = world.ada;
  expect(await noteExport(world.admin, { person: { userId }, typed: "ada@example.com" })).toEqual({ userId });
  expect((await exportAccount({ userId })).orders).toHaveLength(1);
  await expect(eraseFor(world.admin, { userId, typed: "ben@example.com" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await expect(
    eraseFor(world.admin, { userId: world.id.line, typed: "line@example.com" }),
  ).rejects.toMatchObject({
    code: "not_found",
  });
  await eraseFor(world.admin, { userId, typed: "ada@example.com" });
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  expect(user).toMatchObject({ isActive: false, firstName: "" });
  expect((await listed(world.admin)).some(({ key }) => key === userId)).toBe(false);
  const told = await db
    .select({ action: audit.action, subjectId: audit.subjectId })
    .from(audit)
    .where(
      and(eq(audit.actorId, world.id.admin), sql`${audit.action} IN ('customer.erase', 'customer.export')`),
    )
    .orderBy(audit.createdAt);
  expect(told).toEqual([
    { action: "customer.export", subjectId: orderId },
    { action: "customer.erase", subjectId: orderId },
    { action: "customer.export", subjectId: userId },
    { action: "customer.erase", subjectId: userId },
  ]);
  expect((await wrongInTheBooks()).filter((line) => !/return/i.test(JSON.stringify(line)))).toEqual([]);
});

it("keeps a note on somebody without an account with their address, until they are erased", async () => {
  const email = "Walter@example.com";
  const [first, second] = [await buy(email), await buy(email.toLowerCase())];
  const orderId = first.orderId;
  await noteGuest(world.admin, { orderId: second.orderId, version: 0, note: " Rings twice. " });
  const kept = async (key: string) => (await getCustomer(world.admin, key))?.own?.guestNote;
  expect(await kept(orderId)).toEqual({ note: "Rings twice.", version: 1 });
  // Whoever had seen no note yet, or an older one, is told.
  for (const version of [0, 7])
    await expect(noteGuest(world.admin, { orderId, version, note: "Mine" })).rejects.toThrow(
      /admin changed the note just now/,
    );
  await noteGuest(world.admin, { orderId, version: 1, note: "Rings once." });
  expect(await kept(orderId)).toEqual({ note: "Rings once.", version: 2 });
  const bens = await deliveredOrder(gateway, world.admin, world.ben, await wish());
  for (const foreign of [newId(), bens.orderId])
    await expect(noteGuest(world.admin, { orderId: foreign, version: 0, note: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
  const rows = await db.select().from(audit).where(eq(audit.subject, "guest_notes"));
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/Rings|walter/i);
  await eraseGuest(world.admin, { orderId, typed: email });
  expect(await db.execute(sql`SELECT FROM guest_notes`)).toHaveLength(0);
});

it("adds up the buyers of before as it keeps those of later", async () => {
  const before = await listed(world.line);
  expect(before.length).toBeGreaterThan(1);
  await db.execute(sql`delete from buyer_sums where holder <> (select min(holder) from buyer_sums)`);
  expect((await listed(world.line)).length).toBeLessThan(before.length);
  await fillBuyers(world.system);
  expect(await listed(world.line)).toEqual(before);
  expect(await wrongInTheBooks()).toEqual([]);
});
