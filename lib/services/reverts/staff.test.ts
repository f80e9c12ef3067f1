/** Roles and switches of the staff are taken back by the log, sessions stay ended, and nobody locks the last admin out. */
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import type { Admin } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import * as accounts from "@/lib/services/accounts";
import { lastEntryBy } from "@/lib/services/audit";
import { revert } from "@/lib/services/audit-revert";
import * as sessions from "@/lib/services/sessions";
import * as staff from "@/lib/services/staff";

let world: Cast;
let userId: string;
beforeAll(async () => {
  world = await cast();
});
beforeEach(async () => {
  const email = `mira-${newId()}@example.com`;
  ({ userId } = await staff.invite(world.admin, {
    name: "Mira Moss",
    email,
    role: "owner",
    shopName: "Moss",
  }));
});

const one = async () => {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  const [shop] = await db.select().from(owners).where(eq(owners.userId, userId));
  if (!row) throw new Error("nobody");
  return { ...row, shop };
};
const adminOf = (id: string) => mint<Admin>({ kind: "admin", userId: id, orderId: null });

/** A request of its own; answers the entry that it left. */
async function entryOf(by: Admin, work: (admin: Admin) => Promise<unknown>): Promise<string> {
  const admin = { ...by };
  await work(admin);
  return lastEntryBy(admin) ?? "";
}
const give = async (role: staff.Role, by = world.admin) => {
  const { version } = await one();
  return entryOf(by, (admin) => staff.changeRole(admin, { userId, version, role }));
};
const turn = async (isActive: boolean) => {
  const { version } = await one();
  return entryOf(world.admin, (admin) => staff.setActive(admin, { userId, version, isActive }));
};

test("a role is as before, also of who left the staff, with the shop they had; who was signed out stays so", async () => {
  const { sessionId } = await accounts.signIn(mint<Admin>({ kind: "admin", userId, orderId: null }), {
    tokenHash: null,
    userAgent: null,
  });
  const left = await give("customer");
  expect((await one()).shop).toMatchObject({ name: "Moss", isActive: false });
  await revert(world.admin, { entryId: left });
  expect(await one()).toMatchObject({ role: "owner", shop: { name: "Moss", isActive: true } });
  expect(await sessions.read(sessionId)).toBeNull();
  const promoted = await give("admin");
  const further = await give("customer");
  await expect(revert(world.admin, { entryId: promoted })).rejects.toThrow(/changed role to “customer”/);
  await revert(world.admin, { entryId: further });
  await revert(world.admin, { entryId: promoted });
  expect(await one()).toMatchObject({ role: "owner", shop: { isActive: true } });
  await expect(revert(world.admin, { entryId: promoted })).rejects.toMatchObject({ code: "revert_refused" });
});

test("a customer who was taken in leaves again", async () => {
  const { email } = await one();
  await give("customer");
  const joined = await entryOf(world.admin, (admin) =>
    staff.invite(admin, { name: "M", email, role: "admin" }),
  );
  expect((await one()).role).toBe("admin");
  await revert(world.admin, { entryId: joined });
  expect((await one()).role).toBe("customer");
});

test("who was switched off comes in again, signed out, unless that moved on; and the other way round", async () => {
  const { sessionId } = await accounts.signIn(adminOf(userId), { tokenHash: null, userAgent: null });
  const off = await turn(false);
  await revert(world.admin, { entryId: off });
  expect(await one()).toMatchObject({ isActive: true });
  expect(await sessions.read(sessionId)).toBeNull();
  const again = await turn(false);
  const on = await turn(true);
  await expect(revert(world.admin, { entryId: again })).rejects.toThrow(/^It is as it was before already/);
  await revert(world.admin, { entryId: on });
  expect(await one()).toMatchObject({ isActive: false });
});

test("nobody takes back what was done to themselves, nor who is no admin any more: one stays for ever", async () => {
  const promoted = await give("admin");
  const mira = adminOf(userId);
  await expect(revert(mira, { entryId: promoted })).rejects.toMatchObject({
    data: { reason: "It is your own account: another admin takes that back." },
  });
  // Mira takes the role of who gave her hers, who then comes too late.
  const [first] = await db.select().from(users).where(eq(users.id, world.id.admin));
  const change = { userId: world.id.admin, version: first?.version ?? 0, role: "owner" } as const;
  const taken = await entryOf(mira, (admin) => staff.changeRole(admin, change));
  await expect(revert(world.admin, { entryId: promoted })).rejects.toMatchObject({ code: "forbidden" });
  expect((await one()).role).toBe("admin");
  await revert(mira, { entryId: taken });
  const [back] = await db.select().from(users).where(eq(users.id, world.id.admin));
  expect(back?.role).toBe("admin");
});

test("owners take none of it back, and nobody brings an erased account onto the staff", async () => {
  const left = await give("customer");
  await expect(revert(world.line, { entryId: left })).rejects.toMatchObject({ code: "not_found" });
  await db.update(users).set({ erasedAt: new Date() }).where(eq(users.id, userId));
  await expect(revert(world.admin, { entryId: left })).rejects.toMatchObject({ code: "revert_refused" });
  expect((await one()).role).toBe("customer");
});
