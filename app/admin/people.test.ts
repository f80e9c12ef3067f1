/** Customers and owners as an admin keeps them, by the pages' own forms: memberships, shops, and what is taken back. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { membershipTiers, owners } from "@/db/schema/accounts";
import { discounts } from "@/db/schema/discounts";
import { deliveredOrder } from "@/db/testing/delivered";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { undoSave } from "@/lib/actions/admin/audit";
import { giveMembership, noteCustomer } from "@/lib/actions/admin/customers";
import { deleteMembership, saveMembership } from "@/lib/actions/admin/memberships";
import { changeCommission, payAll, saveShop } from "@/lib/actions/admin/payouts";
import { complete } from "@/lib/services/orders/deliver";
import AdminAudit from "./audit/page";
import AdminCustomer from "./customers/[key]/page";
import AdminMemberships from "./customers/memberships/page";
import AdminDiscount from "./discounts/new/page";
import AdminPayout from "./payouts/[id]/page";
import OwnerStatement from "./payouts/owners/[id]/page";
import PayAll from "./payouts/pay/page";
import PayoutRun from "./payouts/runs/[id]/page";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  await comeAs(world.id.admin);
});
afterAll(() => gateway.close());

const memberships = (query = {}) => pageOf(AdminMemberships, query);
const ada = (query = {}) => pageOf(AdminCustomer, query, { key: world.id.ada });
const tiers = async () =>
  (await db.select().from(membershipTiers).orderBy(membershipTiers.position)).map(({ name, benefit }) => [
    name,
    benefit,
  ]);
const tierOfAda = async () => {
  const [row] = await db.execute<{ name: string | null }>(sql`
    SELECT t.name FROM users u LEFT JOIN membership_tiers t ON t.id = u.membership_tier_id WHERE u.id = ${world.id.ada}`);
  return row?.name;
};
/** The query of the page that a save led to. */
const led = (answer: object) => {
  if (!("to" in answer)) throw new Error(JSON.stringify(answer));
  return Object.fromEntries(new URL(`http://shop${answer.to}`).searchParams);
};

it("makes, orders, renames and removes memberships, and takes the last of it back", async () => {
  expect(wordsOf(await memberships())).toContain(
    "There is none yet. Once there is, a customer’s page gives it",
  );
  expect(wordsOf(await ada())).toContain("There is none yet.\nMake the first");
  const add = async (name: string, benefit: string) =>
    sendForm(await memberships(), 'aria-label="New membership"', saveMembership, { name, benefit });
  await add("Silver", "5 % off");
  await add("Gold", "10 % off");
  expect(await add("gold", "")).toMatchObject({ fieldErrors: { name: "Another membership has this name." } });
  expect(await tiers()).toEqual([
    ["Silver", "5 % off"],
    ["Gold", "10 % off"],
  ]);

  const before = await memberships();
  const saved = await sendForm(before, 'aria-label="Change Gold"', saveMembership, {
    name: "Gold moiré",
    position: "0",
  });
  expect((await tiers()).map(([name]) => name)).toEqual(["Gold moiré", "Silver"]);
  // Somebody who still sees the old name is told.
  const late = await sendForm(before, 'aria-label="Change Gold"', saveMembership, { name: "Platinum" });
  expect(late).toMatchObject({ message: expect.stringContaining("Gold moiré") });
  const undone = await sendForm(await memberships(led(saved)), "Undo", undoSave);
  expect(undone).toEqual({ to: "/admin/customers/memberships?done=undone" });
  expect((await tiers()).map(([name]) => name)).toEqual(["Silver", "Gold"]);

  // What nobody has can go, and comes back.
  const gone = await sendForm(await memberships(), 'aria-label="Delete Silver"', deleteMembership);
  expect((await tiers()).map(([name]) => name)).toEqual(["Gold"]);
  await sendForm(await memberships(led(gone)), "Undo", undoSave);
  expect((await tiers()).map(([name]) => name)).toEqual(["Silver", "Gold"]);
});

it("gives a membership to a customer and takes it back; one that is in use stays", async () => {
  const [gold] = await db.select().from(membershipTiers).where(eq(membershipTiers.name, "Gold"));
  const tierId = gold?.id ?? "";
  const free = await memberships();
  const give = async (typed: Record<string, string>) =>
    sendForm(await ada(), 'aria-label="Membership"', giveMembership, typed);
  const given = await give({ tierId });
  expect(await tierOfAda()).toBe("Gold");
  const log = wordsOf(await pageOf(AdminAudit, { subject: "users", id: world.id.ada }));
  expect(log).toContain("membership\nnothing\nGold");
  const offered = await ada(led(given));
  expect(await sendForm(offered, "Undo", undoSave)).toEqual({
    to: `/admin/customers/${world.id.ada}?done=undone`,
  });
  expect(await tierOfAda()).toBeNull();
  await give({ tierId });
  // By its id: another name since, and the old name for another one, lead nowhere else.
  const taken = await ada(led(await give({ tierId: "" })));
  const rename = (from: string, to: string) =>
    db.update(membershipTiers).set({ name: to }).where(eq(membershipTiers.name, from));
  await rename("Gold", "Platinum");
  await rename("Silver", "Gold");
  await sendForm(taken, "Undo", undoSave);
  expect(await tierOfAda()).toBe("Platinum");
  await rename("Gold", "Silver");
  await rename("Platinum", "Gold");
  // What a note says stands in no log: it cannot be taken back, and the page does not offer it.
  const noted = await sendForm(await ada(), 'aria-label="Note"', noteCustomer, { note: "Calls on Mondays." });
  expect(await ada(led(noted))).not.toContain("Undo");
  expect(await tierOfAda()).toBe("Gold");
  const html = await memberships();
  expect(wordsOf(html)).toContain("Gold\n10 % off\n1 member");
  expect(html).not.toContain('aria-label="Delete Gold"');
  const refused = { message: "This membership cannot go: a customer needs it." };
  expect(await sendForm(free, 'aria-label="Delete Gold"', deleteMembership)).toMatchObject(refused);

  const silver = (await db.select().from(membershipTiers)).find(({ name }) => name === "Silver");
  await db.insert(discounts).values({
    ...{ id: newId(), title: "For silver", kind: "free_shipping", membershipTierId: silver?.id ?? "" },
  });
  expect(await sendForm(free, 'aria-label="Delete Silver"', deleteMembership)).toMatchObject({
    message: "This membership cannot go: the discount “For silver” needs it.",
  });
  expect(wordsOf(await pageOf(AdminDiscount))).toContain("Gold");
});

it("shows memberships to no owner", async () => {
  const admins = await comeAs(world.id.admin);
  await comeAs(world.id.line);
  expect(wordsOf(await memberships())).toContain("No line crosses here.");
  admins();
});

it("names an owner's shop anew and pays it by transfer once its account is there, and takes that back", async () => {
  const statement = (query = {}) => pageOf(OwnerStatement, query, { id: world.id.lineShop });
  const shop = async () => {
    const [row] = await db.select().from(owners).where(eq(owners.id, world.id.lineShop));
    return [row?.name, row?.slug, row?.stripeAccountId];
  };
  const variantId = await shelf(world, 5, 10_000);
  const { orderId } = await deliveredOrder(gateway, world.admin, guest(), [{ variantId, quantity: 1 }]);
  await complete(world.system, orderId);
  expect(wordsOf(await pageOf(PayAll))).toMatch(/Line\n[\s\S]*?\nBy hand\n/);

  const [, slug] = await shop();
  const opened = await statement();
  const save = (typed: Record<string, string>, html = opened) =>
    sendForm(html, 'aria-label="Shop"', saveShop, typed);
  for (const stripeAccountId of ["1AbCdEf", "acct_1 2", "sk_live_123"])
    expect(await save({ stripeAccountId })).toMatchObject({
      fieldErrors: { stripeAccountId: [expect.stringContaining("It begins with acct_")] },
    });
  const saved = await save({ name: "Line & Co", stripeAccountId: " acct_1AbCdEf " });
  expect(await shop()).toEqual(["Line & Co", slug, "acct_1AbCdEf"]);
  expect(wordsOf(await pageOf(PayAll))).toMatch(/Line & Co\n[\s\S]*?\nBy transfer\n/);
  expect(await save({ name: "Late" })).toMatchObject({
    message: expect.stringContaining("the name to “Line & Co”"),
  });
  const ring = await pageOf(OwnerStatement, {}, { id: world.id.ringShop });
  expect(await save({ stripeAccountId: "acct_1AbCdEf" }, ring)).toMatchObject({
    fieldErrors: { stripeAccountId: "Another shop is paid to this account." },
  });
  expect(await sendForm(await statement(led(saved)), "Undo", undoSave)).toEqual({
    to: `/admin/payouts/owners/${world.id.lineShop}?done=undone`,
  });
  expect(await shop()).toEqual(["Line", slug, null]);
});

it("takes an owner's commission back", async () => {
  const statement = (query = {}) => pageOf(OwnerStatement, query, { id: world.id.lineShop });
  const rate = async () =>
    (await db.select().from(owners).where(eq(owners.id, world.id.lineShop)))[0]?.commission;
  const set = async (commission: string) =>
    led(await sendForm(await statement(), 'aria-label="Commission"', changeCommission, { commission }));
  await sendForm(await statement(await set("12.5")), "Undo", undoSave);
  expect(await rate()).toBeNull();
  await set("10");
  await sendForm(await statement(await set("")), "Undo", undoSave);
  expect(await rate()).toBe(100_000);
});

it("finds a run of payouts again, with its file for the bank, also from each of its payouts", async () => {
  const answer = await sendForm(await pageOf(PayAll), 'aria-label="Pay all that is due"', payAll);
  const run = "to" in answer ? answer.to : "";
  expect(run).toMatch(/^\/admin\/payouts\/runs\/[0-9a-f-]{36}$/);
  const html = await pageOf(PayAll);
  expect(html).toContain(`href="${run}"`);
  expect(html).toContain(`href="${run}/payouts.csv"`);
  expect(wordsOf(html)).toMatch(/The last runs\n[\s\S]*\n1 payout\n/);
  // What failed is no money that went out: it stands beside it.
  const [amount] = await db.execute<{ text: string }>(
    sql`SELECT (amount / 100.0)::numeric(12, 2)::text AS text FROM payouts`,
  );
  await db.execute(sql`UPDATE payouts SET status = 'failed', failure_reason = 'No such account'`);
  const failed = wordsOf(await pageOf(PayAll));
  expect(failed).toContain("\n0 payouts, 1 failed\n");
  expect(failed).toContain(`€0.00\n€${amount?.text} failed`);
  const itself = wordsOf(await pageOf(PayoutRun, {}, { id: run.split("/").at(-1) ?? "" }));
  expect(itself).toContain("0 payouts, €0.00");
  expect(itself).toContain(`1 failed, €${amount?.text}`);
  const [payout] = await db.execute<{ id: string }>(sql`SELECT payout_id AS id FROM payout_runs`);
  const page = () => pageOf(AdminPayout, {}, { id: payout?.id ?? "" });
  expect(await page()).toMatch(new RegExp(`href="${run}"[^>]*>Part of a run<`));
  await comeAs(world.id.line);
  expect(await page()).not.toContain("Part of a run");
  await comeAs(world.id.admin);
});
