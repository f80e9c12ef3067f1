/** Accounts: proving who somebody is, signing in and up, one's own profile, and the roles that an admin gives. */
import { createHash, randomInt } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { withTx } from "@/db/tx";
import { aboutPerson, fullName, type SignUp, splitName } from "@/lib/domain/accounts";
import { type Admin, type System, type User, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { passwordFault } from "@/lib/domain/passwords";
import { closeResets, welcome } from "./accounts-proof";
import { write } from "./audit";
import * as cart from "./cart";
import { LEAKED } from "./leaked-passwords";
import * as limits from "./limits";
import * as passwords from "./passwords";
import { mergeVotes } from "./reviews/vote";
import * as sessions from "./sessions";
import * as wishlist from "./wishlist";

/** Somebody whose identity was just proved; lib/session.ts makes the actor of it. */
export type Identity = Omit<sessions.SessionUser, "sessionId">;

/** Wrong tries: from one place at one account, from one place, and at one account from anywhere. */
const PAIR = { limit: 8, seconds: 900 };
const PLACE = { limit: 60, seconds: 900 };
const ACCOUNT = { limit: 60, seconds: 3_600 };
const SIGN_UPS = { limit: 60, seconds: 3_600 };

/**
 * Who signs in with this e-mail address and password, tried from `ip`. An unknown address takes as long as a wrong
 * password. Only tries that fail stay counted. A `device` that the account was signed in on has tries of its own, so
 * that strangers who guess at the account, from wherever, do not lock its owner out.
 * @throws ShopError `wrong_credentials` for every kind of no, `too_many`.
 */
export async function prove({
  email,
  password,
  ip,
  device = null,
}: {
  email: string;
  password: string;
  ip: string;
  device?: string | null;
}): Promise<Identity> {
  const account = createHash("sha256").update(email.toLowerCase()).digest("hex");
  const tries: readonly (readonly [string, limits.Limit])[] = device
    ? [[`sign-in:device:${device}:${account}`, PAIR]]
    : [
        [`sign-in:${ip}:${account}`, PAIR],
        [`sign-in:${ip}`, PLACE],
        [`sign-in:${account}`, ACCOUNT],
      ];
  for (const [subject, limit] of tries) await limits.take(subject, limit);
  const [user] = await db
    .select({ ...identity, passwordHash: users.passwordHash, isActive: users.isActive })
    .from(users)
    .leftJoin(owners, selling)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  const right = await passwords.verify(user?.passwordHash ?? null, password);
  if (!user || !right || !user.isActive) throw new ShopError("wrong_credentials", {});
  for (const [subject, limit] of tries) await limits.giveBack(subject, limit);
  return { userId: user.userId, role: user.role, ownerId: user.ownerId };
}

/**
 * Opens a session for a user whose first factor was right and takes over what the visitor of `tokenHash` kept. Where a
 * second one is asked for, nothing is taken over yet (`secondFactor.give` does), and there is no count.
 * Answers the session's id and the pieces in the cart.
 */
export function signIn(
  user: User,
  { tokenHash, userAgent }: { tokenHash: string | null; userAgent: string | null },
): Promise<{ sessionId: string; cartCount: number | null }> {
  return withTx(async (tx) => {
    await tx.update(users).set({ lastSignInAt: now }).where(eq(users.id, user.userId));
    const sessionId = await sessions.open(tx, user.userId, userAgent);
    const isWhole = !(await sessions.isWaiting(tx, sessionId));
    return { sessionId, cartCount: isWhole ? await takeOver(tx, user, tokenHash) : null };
  });
}

/** What a visitor kept becomes the account's: cart, wishlist and votes. Answers the pieces in the cart. */
export async function takeOver(tx: Tx, user: User, tokenHash: string | null): Promise<number> {
  // A hash that nobody has merges nothing and still answers the count of the account's cart.
  const { count } = await cart.merge(user, tokenHash ?? "", tx);
  if (tokenHash) {
    await wishlist.merge(user, tokenHash, tx);
    await mergeVotes(tx, user.userId, tokenHash);
  }
  return count;
}

/**
 * Opens an account for a customer. An address that has one already is answered alike, in words and in time, and
 * nothing changes: whoever asks must not learn who is a customer here.
 * @throws ShopError `too_many`, `invalid_input` for a password that is too easy.
 */
export async function register(
  { name, email, password }: Omit<SignUp, "callbackUrl">,
  ip: string,
): Promise<void> {
  await limits.take(`sign-up:${ip}`, SIGN_UPS);
  refuseEasy("password", password, aboutPerson({ name, email }));
  const passwordHash = await passwords.hash(password);
  await withTx(async (tx) =>
    welcome(tx, await insertUser(tx, { name, email, passwordHash, role: "customer" })),
  );
}

/** Name and phone of one's own account. */
export async function updateProfile(
  user: User,
  { name, phone }: { name: string; phone: string | null },
): Promise<void> {
  await db
    .update(users)
    .set({ ...splitName(name), phone, version: sql`${users.version} + 1` })
    .where(eq(users.id, user.userId));
}

/**
 * Changes one's own password and ends all sessions, this one too: whoever sits elsewhere with the old password is
 * out. Answers the e-mail address to sign in again with.
 * @throws ShopError `invalid_input` for a wrong or an easy password, `too_many`.
 */
export async function changePassword(
  user: User,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<{ email: string }> {
  await limits.take(`password:${user.userId}`, PAIR);
  const [own] = await db.select().from(users).where(eq(users.id, user.userId));
  if (!own || !(await passwords.verify(own.passwordHash, currentPassword)))
    throw new ShopError("invalid_input", { fields: { currentPassword: "That is not your password." } });
  refuseEasy("newPassword", newPassword, aboutPerson({ name: fullName(own), email: own.email }));
  const passwordHash = await passwords.hash(newPassword);
  await withTx(async (tx) => {
    await tx
      .update(users)
      .set({ passwordHash, version: sql`${users.version} + 1` })
      .where(eq(users.id, user.userId));
    await closeResets(tx, user.userId);
    await sessions.revokeAll(tx, user.userId);
  });
  await limits.giveBack(`password:${user.userId}`, PAIR);
  return { email: own.email };
}

/**
 * Gives a user another role and ends their sessions. A new owner gets a shop of `shopName`, a former one's stops
 * selling. @throws ShopError `not_found`, `forbidden` for one's own role.
 */
export async function setRole(
  by: Admin | System,
  { userId, role, shopName }: { userId: string; role: Identity["role"]; shopName?: string },
): Promise<void> {
  if (userIdOf(by) === userId) throw new ShopError("forbidden", {});
  await withTx(async (tx) => {
    const [before] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
    if (!before) throw new ShopError("not_found", { what: "user" });
    await giveRole(tx, by, before, role, shopName);
  });
}

/** The role of a user whose row is locked. */
export async function giveRole(
  tx: Tx,
  by: Admin | System,
  user: typeof users.$inferSelect,
  role: Identity["role"],
  shopName?: string,
): Promise<void> {
  await tx
    .update(users)
    .set({ role, version: sql`${users.version} + 1` })
    .where(eq(users.id, user.id));
  if (role === "owner") await openShop(tx, user.id, shopName ?? (fullName(user) || user.username));
  else await tx.update(owners).set({ isActive: false }).where(eq(owners.userId, user.id));
  await sessions.revokeAll(tx, user.id);
  await write(tx, by, {
    action: "accounts.role",
    subject: "users",
    subjectId: user.id,
    before: { role: user.role },
    after: { role },
  });
}

/**
 * Makes a user of any role, for the seed and `npm run user:create`. Answers the id.
 * @throws ShopError `duplicate` for an address that is taken, `invalid_input` for an easy password.
 */
export async function create(
  _by: System,
  person: { name: string; email: string; password: string; role: Identity["role"]; shopName?: string },
): Promise<string> {
  refuseEasy("password", person.password, aboutPerson(person));
  const passwordHash = await passwords.hash(person.password);
  return withTx(async (tx) => {
    const userId = await insertUser(tx, { ...person, passwordHash });
    if (!userId) throw new ShopError("duplicate", { field: "e-mail address" });
    if (person.role === "owner") await openShop(tx, userId, person.shopName ?? person.name);
    return userId;
  });
}

const identity = { userId: users.id, role: users.role, ownerId: owners.id };
const selling = and(eq(owners.userId, users.id), eq(owners.isActive, true));

/** @throws ShopError `invalid_input` at `field` for a password that is too easy. `about`: words that others know. */
export function refuseEasy(field: string, password: string, about: readonly string[]): void {
  const fault = passwordFault(password, about, LEAKED);
  if (fault) throw new ShopError("invalid_input", { fields: { [field]: fault } });
}

/** The new user's id; undefined where the address is taken. */
export async function insertUser(
  tx: Tx,
  {
    name,
    email,
    passwordHash,
    role,
    isVerified = false,
  }: {
    name: string;
    email: string;
    passwordHash: string | null;
    role: Identity["role"];
    isVerified?: boolean;
  },
): Promise<string | undefined> {
  const [user] = await tx
    .insert(users)
    .values({
      id: newId(),
      email,
      username: handleOf(name),
      passwordHash,
      role,
      ...splitName(name),
      emailVerifiedAt: isVerified ? now : null,
    })
    .onConflictDoNothing()
    .returning({ id: users.id });
  return user?.id;
}

// The handle is public: it must not give away the address. Ten digits more than never meet twice.
function handleOf(name: string): string {
  const plain =
    name
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9]+/g, "")
      .slice(0, 24)
      .toLowerCase() || "shopper";
  return `${plain}-${randomInt(10 ** 9, 10 ** 10)}`;
}

/** Opens the shop of an owner, or opens a former one's again. */
export async function openShop(tx: Tx, userId: string, name: string): Promise<void> {
  const plain =
    name
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "shop";
  const [taken] = await tx.select({ id: owners.id }).from(owners).where(eq(owners.slug, plain));
  const slug = taken ? `${plain}-${randomInt(10_000, 100_000)}` : plain;
  await tx
    .insert(owners)
    .values({ id: newId(), userId, name, slug })
    .onConflictDoUpdate({ target: owners.userId, set: { isActive: true } });
}
