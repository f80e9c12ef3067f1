/** Accounts: links by mail that prove whose an address is, to confirm it or to choose a new password. */
import { createHash } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { users, verificationTokens } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { withTx } from "@/db/tx";
import { aboutPerson, fullName } from "@/lib/domain/accounts";
import { type Shopper, type System, type User, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { passwordFault } from "@/lib/domain/passwords";
import { type TokenPurpose, tokenOf } from "@/lib/mail/links";
import { enqueue } from "@/lib/queue";
import { LEAKED } from "./leaked-passwords";
import * as limits from "./limits";
import { mailTo } from "./notifications/tell";
import { attachAll } from "./orders/attach";
import * as passwords from "./passwords";
import * as sessions from "./sessions";

declare module "@/lib/queue" {
  interface Jobs {
    /** `userId` null: the address had an account. The job is there all the same, so that both take as long. */
    "accounts.welcome": { userId: string | null; seed: string };
    "accounts.verify": { userId: string; seed: string };
    "accounts.reset": { email: string; seed: string };
    "accounts.invite": { userId: string; seed: string };
  }
}

/** Hours that a link lives. */
const LIFE = { welcome: 24, verify_email: 24, reset_password: 1, staff_invited: 72 } as const;
const PLACE = { limit: 20, seconds: 3_600 };
const ACCOUNT = { limit: 5, seconds: 3_600 };

/** Enqueues the greeting of a new account; for an address that had one, nothing comes of it. */
export async function welcome(tx: Tx, userId: string | undefined): Promise<void> {
  await enqueue(tx, "accounts.welcome", { userId: userId ?? null, seed: newId() });
}

/** Sends one's own address a new link. An address that is confirmed gets none. @throws ShopError `too_many` */
export async function requestVerification(user: User): Promise<void> {
  await limits.take(`verify:${user.userId}`, ACCOUNT);
  await withTx((tx) => enqueue(tx, "accounts.verify", { userId: user.userId, seed: newId() }));
}

/**
 * Sends a link for a new password, if the address has an account: the answer and its time are the same either way,
 * because a job looks. @throws ShopError `too_many`, counted for unknown addresses alike.
 */
export async function requestPasswordReset({ email, ip }: { email: string; ip: string }): Promise<void> {
  await limits.take(`reset:${ip}`, PLACE);
  await limits.take(`reset:${hashOf(email.toLowerCase())}`, ACCOUNT);
  await withTx((tx) => enqueue(tx, "accounts.reset", { email, seed: newId() }));
}

/**
 * Confirms an address by the link's token, once. Where `by` is signed in to that very account, the guest orders of the
 * address become its. @throws ShopError `link_over` for used, old and unknown ones.
 */
export async function verifyEmail(token: string, by: Shopper | null = null): Promise<void> {
  await withTx(async (tx) => {
    const userId = await consume(tx, "verify_email", token);
    await tx
      .update(users)
      .set({ emailVerifiedAt: sql`COALESCE(${users.emailVerifiedAt}, ${now})` })
      .where(eq(users.id, userId));
    // A press by somebody else could be the trick of whoever opened the account on this address.
    if (by && userIdOf(by) === userId) await attachAll(tx, userId);
  });
}

/**
 * Sets a new password by the link's token, once, and ends all sessions. Whoever reads the mail owns the address, so it
 * counts as confirmed. Answers the address. @throws ShopError `link_over`, `invalid_input` for a password that is too easy.
 */
export async function resetPassword({
  token,
  password,
}: {
  token: string;
  password: string;
}): Promise<{ email: string }> {
  const [user] = await db
    .select({ email: users.email, firstName: users.firstName, lastName: users.lastName })
    .from(verificationTokens)
    .innerJoin(users, eq(users.id, verificationTokens.userId))
    .where(and(usable("reset_password", token), eq(users.isActive, true)));
  if (!user) throw new ShopError("link_over", {});
  const fault = passwordFault(password, aboutPerson({ name: fullName(user), email: user.email }), LEAKED);
  if (fault) throw new ShopError("invalid_input", { fields: { password: fault } });
  const passwordHash = await passwords.hash(password);
  await withTx(async (tx) => {
    const userId = await consume(tx, "reset_password", token);
    await tx
      .update(users)
      .set({
        passwordHash,
        emailVerifiedAt: sql`COALESCE(${users.emailVerifiedAt}, ${now})`,
        version: sql`${users.version} + 1`,
      })
      .where(eq(users.id, userId));
    await closeResets(tx, userId);
    await sessions.revokeAll(tx, userId);
    await attachAll(tx, userId);
  });
  return { email: user.email };
}

/** A password was set: no link that was mailed before may open the door again. */
export async function closeResets(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(verificationTokens)
    .set({ usedAt: now })
    .where(
      and(
        eq(verificationTokens.userId, userId),
        eq(verificationTokens.purpose, "reset_password"),
        isNull(verificationTokens.usedAt),
      ),
    );
}

/** Writes the mail that a request asked for; repeating it writes none again. Unknown and switched-off users get none. */
export async function mailProof(
  _system: System,
  template: keyof typeof LIFE,
  { seed, ...who }: { seed: string; userId: string } | { seed: string; email: string },
): Promise<void> {
  const purpose =
    template === "reset_password" || template === "staff_invited" ? "reset_password" : "verify_email";
  await withTx(async (tx) => {
    const [user] = await tx
      .select({
        id: users.id,
        email: users.email,
        firstName: users.firstName,
        isVerified: sql<boolean>`${users.emailVerifiedAt} IS NOT NULL`,
      })
      .from(users)
      .where(
        and(
          "userId" in who
            ? eq(users.id, who.userId)
            : eq(sql`lower(${users.email})`, who.email.toLowerCase()),
          eq(users.isActive, true),
        ),
      );
    if (!user || (template === "verify_email" && user.isVerified)) return;
    await tx
      .insert(verificationTokens)
      .values({
        tokenHash: hashOf(tokenOf(purpose, seed)),
        purpose,
        userId: user.id,
        expiresAt: sql`shop_now() + make_interval(hours => ${LIFE[template]})` as unknown as Date,
      })
      .onConflictDoNothing();
    const data = { name: user.firstName, seed };
    await mailTo(tx, { template, dedupe: seed, email: user.email, data });
  });
}

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

const usable = (purpose: TokenPurpose, token: string) =>
  and(
    eq(verificationTokens.tokenHash, hashOf(token)),
    eq(verificationTokens.purpose, purpose),
    isNull(verificationTokens.usedAt),
    gt(verificationTokens.expiresAt, now),
  );

/** Uses up a token: one conditional statement decides who of two was first. */
async function consume(tx: Tx, purpose: TokenPurpose, token: string): Promise<string> {
  const [used] = await tx
    .update(verificationTokens)
    .set({ usedAt: now })
    .where(usable(purpose, token))
    .returning({ userId: verificationTokens.userId });
  if (!used) throw new ShopError("link_over", {});
  return used.userId;
}
