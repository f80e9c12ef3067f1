/** Sessions: one row per sign-in, checked on every private request, so that it can be revoked before its token ends. */
import { and, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners, sessions, users } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
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
 * Who stands behind the session id of a verified token; null when it was revoked, has ended, or the user is
 * switched off.
 */
export async function read(sessionId: string): Promise<SessionUser | null> {
  const [row] = await db
    .select({
      sessionId: sessions.id,
      userId: users.id,
      role: users.role,
      ownerId: owners.id,
      isStale: sql<boolean>`${sessions.lastSeenAt} < shop_now() - interval '10 minutes'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(owners, and(eq(owners.userId, users.id), eq(owners.isActive, true)))
    .where(and(eq(sessions.id, sessionId), live, eq(users.isActive, true)));
  if (!row) return null;
  if (row.isStale) await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId));
  return { sessionId: row.sessionId, userId: row.userId, role: row.role, ownerId: row.ownerId };
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

/** Ends all sessions of a user, except one where it is given. */
export async function revokeAll(tx: Tx, userId: string, except?: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.userId, userId), live, except ? ne(sessions.id, except) : undefined));
}

const live = and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now));
