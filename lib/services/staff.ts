/** Staff: inviting owners and admins, their roles, switching them off, and what the shop asks of them. */
import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { totp, users } from "@/db/schema/accounts";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import { fullName } from "@/lib/domain/accounts";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { enqueue } from "@/lib/queue";
import * as accounts from "./accounts";
import * as audit from "./audit";
import { conflictWith } from "./conflicts";
import * as sessions from "./sessions";

export type Role = "customer" | "owner" | "admin";
type StaffUser = typeof users.$inferSelect;

/**
 * Makes an account for a new member of staff and mails them a link to choose a password. Who has an account already
 * gets the role; their sessions end and their password stays.
 * @throws ShopError `duplicate` for somebody who is staff already, `forbidden`.
 */
export async function invite(
  by: Admin,
  person: { name: string; email: string; role: "owner" | "admin"; shopName?: string | undefined },
): Promise<{ userId: string; isNew: boolean }> {
  return withTx(async (tx) => {
    await requireAdmin(tx, by);
    const { email, role, shopName } = person;
    const made = await accounts.insertUser(tx, { ...person, passwordHash: null });
    if (made) {
      if (role === "owner") await accounts.openShop(tx, made, shopName ?? person.name);
      await enqueue(tx, "accounts.invite", { userId: made, seed: newId() });
      await audit.write(tx, by, {
        action: "staff.invite",
        subject: "users",
        subjectId: made,
        before: {},
        after: { role, email },
      });
      return { userId: made, isNew: true };
    }
    const [known] = await tx
      .select()
      .from(users)
      .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
      .for("update");
    if (known?.role !== "customer") throw new ShopError("duplicate", { field: "e-mail address" });
    await accounts.giveRole(tx, by, known, role, shopName);
    return { userId: known.id, isNew: false };
  });
}

/**
 * Gives a member of staff another role and ends their sessions. @throws ShopError `forbidden` for one's own role and for
 * whoever is no admin any more, `conflict`, `not_found` for customers and unknown people.
 */
export async function changeRole(
  by: Admin,
  {
    userId,
    version,
    role,
    shopName,
  }: { userId: string; version: number; role: Role; shopName?: string | undefined },
): Promise<void> {
  await withTx(async (tx) => {
    await requireAdmin(tx, by);
    const before = await lock(tx, by, userId, version);
    if (before.role === role) return;
    await accounts.giveRole(tx, by, before, role, shopName);
  });
}

/**
 * Puts a role back, also of who left the staff; they sign in again. @throws ShopError as `changeRole`, and `not_found` for
 * whoever was erased.
 */
export async function putRoleBack(
  by: Admin,
  { userId, version, role }: { userId: string; version: number; role: Role },
): Promise<void> {
  await withTx(async (tx) => {
    await requireAdmin(tx, by);
    const before = await lock(tx, by, userId, version, ["owner", "admin", "customer"]);
    if (before.role !== role) await accounts.giveRole(tx, by, before, role);
  });
}

/** Switches a member of staff off, and ends their sessions, or on again. Their shop and its goods stay as they are. */
export async function setActive(
  by: Admin,
  { userId, version, isActive }: { userId: string; version: number; isActive: boolean },
): Promise<void> {
  await withTx(async (tx) => {
    await requireAdmin(tx, by);
    const before = await lock(tx, by, userId, version);
    await tx
      .update(users)
      .set({ isActive, version: sql`${users.version} + 1` })
      .where(and(eq(users.id, userId), eq(users.version, version)));
    if (!isActive) await sessions.revokeAll(tx, userId);
    await audit.write(tx, by, {
      action: isActive ? "staff.activate" : "staff.deactivate",
      subject: "users",
      subjectId: userId,
      before: { isActive: before.isActive },
      after: { isActive },
    });
  });
}

/** Ends all sessions of a member of staff, one's own too. @throws ShopError `not_found`, `forbidden` */
export async function endSessions(by: Admin, userId: string): Promise<void> {
  await withTx(async (tx) => {
    await requireAdmin(tx, by);
    await find(tx, userId);
    await sessions.revokeAll(tx, userId);
    await audit.write(tx, by, {
      action: "staff.end_sessions",
      subject: "users",
      subjectId: userId,
      before: {},
      after: { sessions: "ended" },
    });
  });
}

/** For who lost phone and recovery codes: takes the second factor off somebody else, and ends their sessions. */
export async function removeFactor(by: Admin, userId: string): Promise<void> {
  if (by.userId === userId) throw new ShopError("forbidden", {});
  await withTx(async (tx) => {
    await requireAdmin(tx, by);
    await find(tx, userId);
    await tx.delete(totp).where(eq(totp.userId, userId));
    await sessions.revokeAll(tx, userId);
    await audit.write(tx, by, {
      action: "staff.remove_factor",
      subject: "users",
      subjectId: userId,
      before: { secondFactor: true },
      after: { secondFactor: false },
    });
  });
}

/**
 * Whether the back office asks for a second factor; `version` is 1 where the form showed that it does, 0 where not.
 * @throws ShopError `invalid_input` while the admin who asks has none: they would lock themselves out; `conflict`.
 */
export async function setPolicy(
  by: Admin,
  { version, secondFactor }: { version: number; secondFactor: boolean },
): Promise<void> {
  await withTx(async (tx) => {
    await requireAdmin(tx, by);
    const [own] = await tx
      .select({ confirmedAt: totp.confirmedAt })
      .from(totp)
      .where(eq(totp.userId, by.userId));
    if (secondFactor && !own?.confirmedAt)
      throw new ShopError("invalid_input", {
        fields: { secondFactor: "Set up your own second factor first." },
      });
    const [before] = await tx.select({ is: settings.staffSecondFactor }).from(settings).for("update");
    const stored = before?.is ? 1 : 0;
    const row = { action: "settings.second_factor", subject: "settings", subjectId: "1" };
    if (stored !== version)
      throw await conflictWith(
        tx,
        { ...row, actions: [row.action], what: "rule for the staff", version: stored },
        { staffSecondFactor: { label: "the second factor", text: (is) => (is ? "needed" : "not needed") } },
      );
    await tx
      .update(settings)
      .set({ staffSecondFactor: secondFactor })
      .where(ne(settings.staffSecondFactor, secondFactor));
    await audit.write(tx, by, {
      ...row,
      before: { staffSecondFactor: before?.is ?? false },
      after: { staffSecondFactor: secondFactor },
    });
  });
}

/**
 * Locks all admins, so that of two who take each other's role one comes too late: whoever acts stays an admin, and the
 * last one stays for ever.
 */
async function requireAdmin(tx: Tx, by: Admin): Promise<void> {
  const admins = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.isActive, true)))
    .orderBy(users.id)
    .for("update");
  if (!admins.some(({ id }) => id === by.userId)) throw new ShopError("forbidden", {});
}

async function find(tx: Tx, userId: string, roles: readonly Role[] = ["owner", "admin"]): Promise<StaffUser> {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), inArray(users.role, [...roles]), isNull(users.erasedAt)))
    .for("update");
  if (!user) throw new ShopError("not_found", { what: "member of staff" });
  return user;
}

/** Somebody else of the staff, as the form saw them. */
async function lock(
  tx: Tx,
  by: Admin,
  userId: string,
  version: number,
  roles?: readonly Role[],
): Promise<StaffUser> {
  if (by.userId === userId) throw new ShopError("forbidden", {});
  const user = await find(tx, userId, roles);
  if (user.version !== version)
    throw await conflictWith(
      tx,
      {
        what: `account of ${fullName(user) || user.username}`,
        subject: "users",
        subjectId: userId,
        version: user.version,
      },
      {
        role: "the role",
        isActive: { label: "whether they may come in", text: (is) => (is ? "yes" : "no") },
      },
    );
  return user;
}
