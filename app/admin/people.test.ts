/** Customers and owners as an admin keeps them, by the pages' own forms: memberships, shops, and what is taken back. */
import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { membershipTiers } from "@/db/schema/accounts";
import { discounts } from "@/db/schema/discounts";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { undoSave } from "@/lib/actions/admin/audit";
import { editCustomer } from "@/lib/actions/admin/customers";
import { deleteMembership, saveMembership } from "@/lib/actions/admin/memberships";
import AdminCustomer from "./customers/[key]/page";
import AdminCustomers from "./customers/page";
import AdminDiscount from "./discounts/new/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
  await comeAs(world.id.admin);
});

const customers = (query = {}) => pageOf(AdminCustomers, query);
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
  expect(wordsOf(await customers())).toContain(
    "There is none yet. Once there is, a customer’s page gives it",
  );
  expect(wordsOf(await ada())).toContain("There is none yet: the list of customers makes them.");
  const add = async (name: string, benefit: string) =>
    sendForm(await customers(), 'aria-label="New membership"', saveMembership, { name, benefit });
  await add("Silver", "5 % off");
  await add("Gold", "10 % off");
  expect(await add("gold", "")).toMatchObject({ fieldErrors: { name: "Another membership has this name." } });
  expect(await tiers()).toEqual([
    ["Silver", "5 % off"],
    ["Gold", "10 % off"],
  ]);

  const before = await customers();
  const saved = await sendForm(before, 'aria-label="Change Gold"', saveMembership, {
    name: "Gold moiré",
    position: "0",
  });
  expect((await tiers()).map(([name]) => name)).toEqual(["Gold moiré", "Silver"]);
  // Somebody who still sees the old name is told.
  const late = await sendForm(before, 'aria-label="Change Gold"', saveMembership, { name: "Platinum" });
  expect(late).toMatchObject({ message: expect.stringContaining("Gold moiré") });
  const undone = await sendForm(await customers(led(saved)), "Undo", undoSave);
  expect(undone).toEqual({ to: "/admin/customers?done=undone" });
  expect((await tiers()).map(([name]) => name)).toEqual(["Silver", "Gold"]);

  // What nobody has can go, and comes back.
  const gone = await sendForm(await customers(), 'aria-label="Delete Silver"', deleteMembership);
  expect((await tiers()).map(([name]) => name)).toEqual(["Gold"]);
  await sendForm(await customers(led(gone)), "Undo", undoSave);
  expect((await tiers()).map(([name]) => name)).toEqual(["Silver", "Gold"]);
});

it("gives a membership to a customer and takes it back; one that is in use stays", async () => {
  const [gold] = await db.select().from(membershipTiers).where(eq(membershipTiers.name, "Gold"));
  const tierId = gold?.id ?? "";
  const free = await customers();
  await sendForm(await ada(), 'aria-label="Note and membership"', editCustomer, { tierId });
  expect(await tierOfAda()).toBe("Gold");
  const html = await customers();
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
  expect(wordsOf(await customers())).not.toContain("Memberships");
  admins();
});
