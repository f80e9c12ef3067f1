import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db, sql } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import { audit } from "@/db/schema/audit";
import type { Admin } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { mint } from "@/lib/domain/mint";
import * as accounts from "./accounts";
import * as sessions from "./sessions";
import * as staff from "./staff";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const code = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: unknown) => (isShopError(error) ? error.code : error),
  );
const userOf = async (id: string) => (await db.select().from(users).where(eq(users.id, id)))[0];
const versionOf = async (id: string) => (await userOf(id))?.version ?? 0;
const admin = (userId: string) => mint<Admin>({ kind: "admin", userId, orderId: null });

test("who is invited gets a mail, a customer gets the role, and staff are not invited twice", async () => {
  const mira = { name: "Mira Moss", email: "mira@example.com", role: "owner", shopName: "Moss" } as const;
  const { userId, isNew } = await staff.invite(world.admin, mira);
  expect(isNew).toBe(true);
  expect(await userOf(userId)).toMatchObject({ role: "owner", passwordHash: null });
  const [shop] = await db.select().from(owners).where(eq(owners.userId, userId));
  expect(shop).toMatchObject({ name: "Moss", isActive: true });
  const jobs = await sql`select payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'accounts.invite'`;
  expect(jobs).toMatchObject([{ payload: { userId } }]);
  expect(await code(staff.invite(world.admin, { ...mira, email: "MIRA@example.com" }))).toBe("duplicate");

  const open = (await accounts.signIn(world.ben, { tokenHash: null, userAgent: null })).sessionId;
  expect(await staff.invite(world.admin, { name: "B", email: "ben@example.com", role: "admin" })).toEqual({
    userId: world.id.ben,
    isNew: false,
  });
  expect(await userOf(world.id.ben)).toMatchObject({ role: "admin", firstName: "ben" });
  expect(await sessions.read(open)).toBeNull();
  await staff.changeRole(world.admin, {
    userId: world.id.ben,
    version: await versionOf(world.id.ben),
    role: "customer",
  });
});

test("switching off ends the sessions at once; a form that is out of date is told who was faster", async () => {
  const open = (await accounts.signIn(world.ring, { tokenHash: null, userAgent: null })).sessionId;
  const version = await versionOf(world.id.ring);
  await staff.setActive(world.admin, { userId: world.id.ring, version, isActive: false });
  expect(await sessions.read(open)).toBeNull();
  const late = staff.changeRole(world.admin, { userId: world.id.ring, version, role: "admin" });
  await expect(late).rejects.toMatchObject({
    code: "conflict",
    data: { told: { who: "admin", version: version + 1 } },
  });
  await staff.setActive(world.admin, { userId: world.id.ring, version: version + 1, isActive: true });
  const rows = await db
    .select({ action: audit.action, after: audit.after })
    .from(audit)
    .where(and(eq(audit.subjectId, world.id.ring), eq(audit.actorId, world.id.admin)));
  expect(rows).toContainEqual({ action: "staff.deactivate", after: { isActive: false } });
});

test("of two admins who take each other's role one stays, whoever is first", async () => {
  const { userId } = await staff.invite(world.admin, {
    name: "Noor",
    email: "noor@example.com",
    role: "admin",
  });
  const both = await Promise.all([
    code(staff.changeRole(world.admin, { userId, version: await versionOf(userId), role: "customer" })),
    code(
      staff.changeRole(admin(userId), {
        userId: world.id.admin,
        version: await versionOf(world.id.admin),
        role: "customer",
      }),
    ),
  ]);
  expect(both.sort()).toEqual(["forbidden", "ok"]);
  const left = await db
    .select()
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.isActive, true)));
  expect(left).toHaveLength(1);
  const last = admin(left[0]?.id ?? "");
  // The last one cannot go by their own hand either, and nobody else may.
  expect(await code(staff.changeRole(last, { userId: last.userId, version: 1, role: "owner" }))).toBe(
    "forbidden",
  );
  expect(await code(staff.setActive(last, { userId: last.userId, version: 1, isActive: false }))).toBe(
    "forbidden",
  );
});

test("customers and unknown people answer alike", async () => {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.isActive, true)));
  const by = admin(row?.id ?? "");
  for (const userId of [world.id.ada, newId()]) {
    expect(await code(staff.endSessions(by, userId))).toBe("not_found");
    expect(await code(staff.removeFactor(by, userId))).toBe("not_found");
    expect(await code(staff.setActive(by, { userId, version: 1, isActive: false }))).toBe("not_found");
  }
});
