/** Sessions: one row per sign-in, checked on every private request, so that it can be revoked before its token ends. */
import { and, eq, gt, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { type Db, db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners, sessions, totp, users } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { User } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";

/** Seconds that a session lives. */
export const SESSION_SECONDS = 30 * 86_400;

export interface SessionUser {
  sessionId: string;
  userId: string;
  role: "customer" | "owner" | "admin";
  /** The shop of an owner that sells; null for everybody else. */
  ownerId: string | null;
}

/** A live session, and whether its role was left at the door because the shop asks staff for a second factor. */
export type LiveSession = SessionUser & { needsFactor: boolean };

/** Opens a session for a user whose identity was just proved, and answers its id. */
export async function open(tx: Tx, userId: string, userAgent: string | null): Promise<string> {
  const id = newId();
  await tx.insert(sessions).values({
    id,
    userId,
    userAgent: userAgent?.slice(0, 300) ?? null,
    expiresAt: sql`shop_now() + make_interval(secs => ${SESSION_SECONDS})`,
  });
  return id;
}

/**
 * Who stands behind the session id of a verified token; null when it was revoked, has ended, the user is switched off,
 * or has a second factor that was not given in this session. Where the shop asks its staff for one, those without are
 * customers until they have set it up.
 */
export async function read(sessionId: string): Promise<LiveSession | null> {
  const [row] = await db
    .select({
      sessionId: sessions.id,
      userId: users.id,
      role: users.role,
      ownerId: owners.id,
      factorAt: sessions.factorAt,
      hasFactor: sql<boolean>`${totp.confirmedAt} is not null`,
      isAsked: sql<boolean>`coalesce(${settings.staffSecondFactor}, false)`,
      isStale: sql<boolean>`${sessions.lastSeenAt} < shop_now() - interval '10 minutes'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(owners, and(eq(owners.userId, users.id), eq(owners.isActive, true)))
    .leftJoin(totp, eq(totp.userId, users.id))
    .leftJoin(settings, eq(settings.id, 1))
    .where(and(eq(sessions.id, sessionId), live, eq(users.isActive, true)));
  if (!row || (row.hasFactor && !row.factorAt)) return null;
  if (row.isStale) await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId));
  const { userId, role, ownerId } = row;
  const needsFactor = row.isAsked && role !== "customer" && !row.hasFactor;
  return needsFactor
    ? { sessionId, userId, role: "customer", ownerId: null, needsFactor }
    : { sessionId, userId, role, ownerId, needsFactor };
}

/** Whose session it is that waits for the second factor after the first was right; null for every other. */
export async function readWaiting(sessionId: string): Promise<SessionUser | null> {
  const [row] = await waitingRows(db, sessionId);
  return row ?? null;
}

/** Whether a session still waits for its second factor. */
export const isWaiting = async (tx: Tx, sessionId: string): Promise<boolean> =>
  (await waitingRows(tx, sessionId)).length > 0;

function waitingRows(on: Db | Tx, sessionId: string) {
  return on
    .select({ sessionId: sessions.id, userId: users.id, role: users.role, ownerId: owners.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(totp, and(eq(totp.userId, users.id), isNotNull(totp.confirmedAt)))
    .leftJoin(owners, and(eq(owners.userId, users.id), eq(owners.isActive, true)))
    .where(and(eq(sessions.id, sessionId), live, isNull(sessions.factorAt), eq(users.isActive, true)));
}

/** Ends the session of a token that is given up. */
export async function end(sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.id, sessionId), live));
}

/** Ends one of one's own sessions. @throws ShopError `not_found`, also for somebody else's. */
export async function revoke(user: User, sessionId: string): Promise<void> {
  await withTx(async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: now })
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, user.userId), live))
      .returning({ id: sessions.id });
    if (ended.length === 0) throw new ShopError("not_found", { what: "session" });
  });
}

/** Ends all of one's own sessions but the one that asks. */
export function revokeOthers(user: User, current: string): Promise<void> {
  return withTx((tx) => revokeAll(tx, user.userId, current));
}

/** Ends all sessions of a user, except one where it is given. */
export async function revokeAll(tx: Tx, userId: string, except?: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.userId, userId), live, except ? ne(sessions.id, except) : undefined));
}

const live = and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now));
