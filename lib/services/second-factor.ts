/** The second factor of owners and admins: setting it up, giving it at sign-in, and giving it up. */
import { createHash, randomInt } from "node:crypto";
import { and, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { sessions, totp, users } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { withTx } from "@/db/tx";
import type { User } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { generator, newKey, PERIOD } from "@/lib/totp";
import { takeOver } from "./accounts";
import * as audit from "./audit";
import * as limits from "./limits";
import * as passwords from "./passwords";
import * as sessionRows from "./sessions";

/** A code has six digits: few tries, or it is guessed. */
const TRIES = { limit: 6, seconds: 900 };
const RECOVERY_CODES = 10;

/** Makes a new key for an owner or admin who has none that counts. @throws ShopError `forbidden` for everybody else. */
export async function begin(user: User): Promise<void> {
  await withTx(async (tx) => {
    const [staff] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, user.userId), inArray(users.role, ["owner", "admin"])));
    if (!staff) throw new ShopError("forbidden", {});
    const secret = newKey();
    const [made] = await tx
      .insert(totp)
      .values({ userId: user.userId, secret })
      .onConflictDoUpdate({
        target: totp.userId,
        set: { secret, lastStep: 0 },
        setWhere: isNull(totp.confirmedAt),
      })
      .returning({ userId: totp.userId });
    if (!made) throw new ShopError("conflict", { what: "second factor" });
  });
}

/**
 * Turns it on with a code that proves that the key arrived. Answers the recovery codes, this once; all other sessions
 * end. @throws ShopError `invalid_input` for a wrong code, `too_many`.
 */
export async function confirm(user: User, code: string, sessionId: string): Promise<{ codes: string[] }> {
  await limits.take(subjectOf(user.userId), TRIES);
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await withTx(async (tx) => {
    const step = await stepOf(tx, user.userId, code);
    const [on] = await tx
      .update(totp)
      .set({ confirmedAt: now, lastStep: step ?? 0, recoveryHashes: codes.map(hashOf) })
      .where(and(eq(totp.userId, user.userId), isNull(totp.confirmedAt), lt(totp.lastStep, step ?? 0)))
      .returning({ userId: totp.userId });
    if (!on) throw wrong();
    await pass(tx, sessionId, user.userId);
    await sessionRows.revokeAll(tx, user.userId, sessionId);
    await note(tx, user, true);
  });
  await limits.giveBack(subjectOf(user.userId), TRIES);
  return { codes };
}

/**
 * Gives the second factor in a session whose first was right: six digits, or a recovery code; both work once. What the
 * visitor of `tokenHash` kept is taken over now, not before. Answers the pieces in the cart.
 * @throws ShopError `invalid_input` for a wrong or used one, `too_many`.
 */
export async function give(
  { sessionId, user }: { sessionId: string; user: User },
  code: string,
  tokenHash: string | null = null,
): Promise<{ cartCount: number }> {
  await limits.take(subjectOf(user.userId), TRIES);
  const cartCount = await withTx(async (tx) => {
    await spend(tx, user.userId, code);
    await pass(tx, sessionId, user.userId);
    return takeOver(tx, user, tokenHash);
  });
  await limits.giveBack(subjectOf(user.userId), TRIES);
  return { cartCount };
}

/**
 * Turns it off, with the password (where the account has one) and a code.
 * @throws ShopError `invalid_input`, `too_many`.
 */
export async function end(user: User, { password, code }: { password: string; code: string }): Promise<void> {
  await limits.take(subjectOf(user.userId), TRIES);
  const [own] = await db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, user.userId));
  if (own?.passwordHash && !(await passwords.verify(own.passwordHash, password)))
    throw new ShopError("invalid_input", { fields: { password: "That is not your password." } });
  await withTx(async (tx) => {
    await spend(tx, user.userId, code);
    await tx.delete(totp).where(eq(totp.userId, user.userId));
    await note(tx, user, false);
  });
  await limits.giveBack(subjectOf(user.userId), TRIES);
}

/** Whether the account of an address that was just proved by its password asks for a second factor. */
export async function isAsked(email: string): Promise<boolean> {
  const [row] = await db
    .select({ userId: totp.userId })
    .from(totp)
    .innerJoin(users, eq(users.id, totp.userId))
    .where(and(eq(sql`lower(${users.email})`, email.toLowerCase()), isNotNull(totp.confirmedAt)));
  return row !== undefined;
}

/** Uses up a code: one conditional statement decides, so that of two requests with one code one gets in. */
async function spend(tx: Tx, userId: string, code: string): Promise<void> {
  const mine = and(eq(totp.userId, userId), isNotNull(totp.confirmedAt));
  const step = await stepOf(tx, userId, code);
  if (step !== null) {
    const [used] = await tx
      .update(totp)
      .set({ lastStep: step })
      .where(and(mine, lt(totp.lastStep, step)))
      .returning({ userId: totp.userId });
    if (used) return;
  }
  const hash = hashOf(code);
  const [used] = await tx
    .update(totp)
    .set({ recoveryHashes: sql`array_remove(${totp.recoveryHashes}, ${hash})` })
    .where(and(mine, sql`${hash} = any(${totp.recoveryHashes})`))
    .returning({ userId: totp.userId });
  if (!used) throw wrong();
}

/** The time step whose code it is, this one or its neighbours, by the database's clock; null for no code of this key. */
async function stepOf(tx: Tx, userId: string, code: string): Promise<number | null> {
  const [row] = await tx
    .select({ secret: totp.secret, at: sql<number>`extract(epoch from shop_now())::float8` })
    .from(totp)
    .where(eq(totp.userId, userId));
  const digits = code.replace(/\s/g, "");
  if (!row || !/^\d{6}$/.test(digits)) return null;
  const delta = generator(row.secret, { store: "", email: "" }).validate({
    token: digits,
    timestamp: row.at * 1000,
    window: 1,
  });
  return delta === null ? null : Math.floor(row.at / PERIOD) + delta;
}

async function pass(tx: Tx, sessionId: string, userId: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ factorAt: now })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt)));
}

const note = (tx: Tx, user: User, isOn: boolean) =>
  audit.write(tx, user, {
    action: "accounts.second_factor",
    subject: "users",
    subjectId: user.userId,
    before: { secondFactor: !isOn },
    after: { secondFactor: isOn },
  });

const subjectOf = (userId: string): string => `second-factor:${userId}`;

const wrong = () =>
  new ShopError("invalid_input", {
    fields: { code: "That code is wrong, was used, or is over. Take the next one." },
  });

// 60 bits from a machine need no slow hash: there is nothing to guess.
const hashOf = (code: string): string =>
  createHash("sha256")
    .update(code.toLowerCase().replace(/[^a-z2-9]/g, ""))
    .digest("hex");

/** "k7tm-3hqp-x2ra", without the letters and digits that are read as each other. */
function newRecoveryCode(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const code = Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join("");
  return code.replace(/(.{4})(?=.)/g, "$1-");
}
