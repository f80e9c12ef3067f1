import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { CAST_PASSWORD, type Cast, cast, guest } from "@/db/cast";
import { db } from "@/db/client";
import { totp, users } from "@/db/schema/accounts";
import { rateLimits, settings } from "@/db/schema/settings";
import { stopClock } from "@/db/testing/clock";
import type { User } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { generator, PERIOD } from "@/lib/totp";
import * as accounts from "./accounts";
import * as cart from "./cart";
import * as factor from "./second-factor";
import * as sessions from "./sessions";
import * as staff from "./staff";

let world: Cast;
beforeAll(async () => {
  process.env.AUTH_SECRET ??= "a secret of the tests, long enough";
  await stopClock();
  world = await cast();
});
beforeEach(async () => {
  await db.delete(rateLimits);
  await db.delete(totp);
});

const code = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: unknown) => (isShopError(error) ? error.code : error),
  );
const signIn = async (user: User) =>
  (await accounts.signIn(user, { tokenHash: null, userAgent: "Test" })).sessionId;

/** What the app of a person shows `steps` half minutes from now. */
async function shown(userId: string, steps = 0): Promise<string> {
  const [row] = await db.select().from(totp).where(eq(totp.userId, userId));
  const [clock] = await db.execute<{ at: number }>(sql`select extract(epoch from shop_now())::float8 as at`);
  const made = generator(row?.secret ?? "", { store: "", email: "" });
  return made.generate({ timestamp: ((clock?.at ?? 0) + steps * PERIOD) * 1_000 });
}

async function turnOn(user: User): Promise<{ sessionId: string; codes: string[] }> {
  const sessionId = await signIn(user);
  await factor.begin(user);
  const { codes } = await factor.confirm(user, await shown(user.userId, -1), sessionId);
  return { sessionId, codes };
}

test("it is set up with a code that proves the key, ends other sessions, and keeps neither key nor codes in the clear", async () => {
  const other = await signIn(world.line);
  const here = await signIn(world.line);
  await factor.begin(world.line);
  expect(await code(factor.confirm(world.line, "000000", here))).toBe("invalid_input");
  expect(await sessions.read(other)).not.toBeNull();
  const { codes } = await factor.confirm(world.line, await shown(world.id.line), here);
  expect(new Set(codes).size).toBe(10);
  expect(await sessions.read(here)).toMatchObject({ role: "owner" });
  expect(await sessions.read(other)).toBeNull();
  const [row] = await db.select().from(totp).where(eq(totp.userId, world.id.line));
  expect(row?.recoveryHashes).not.toContain(codes[0]);
  expect(row?.secret).not.toMatch(/^[A-Z2-7]{32}$/);
  // A key that counts is not made anew by whoever found the browser open.
  expect(await code(factor.begin(world.line))).toBe("conflict");
  expect(await code(factor.begin(world.ada))).toBe("forbidden");
});

test("a session is nobody's until the code is given, and a code works once, also for two at the same time", async () => {
  await turnOn(world.line);
  const [one, two] = [await signIn(world.line), await signIn(world.line)];
  expect(await sessions.read(one)).toBeNull();
  expect(await sessions.readWaiting(one)).toMatchObject({ sessionId: one, userId: world.id.line });
  const now = await shown(world.id.line);
  const both = await Promise.all(
    [one, two].map((sessionId) => code(factor.give({ sessionId, user: world.line }, now))),
  );
  expect(both.sort()).toEqual(["invalid_input", "ok"]);
  const open = [await sessions.read(one), await sessions.read(two)].filter(Boolean);
  expect(open).toHaveLength(1);
  expect(open[0]).toMatchObject({ role: "owner", ownerId: world.id.lineShop });
  // The step before it is over, too, though an app may still show it.
  const third = await signIn(world.line);
  const late = await shown(world.id.line, -1);
  expect(await code(factor.give({ sessionId: third, user: world.line }, late))).toBe("invalid_input");
});

test("a recovery code opens the door once", async () => {
  const { codes } = await turnOn(world.line);
  const typed = ` ${(codes[3] ?? "").toUpperCase().replaceAll("-", " ")}`;
  const [one, two] = [await signIn(world.line), await signIn(world.line)];
  await factor.give({ sessionId: one, user: world.line }, typed);
  expect(await sessions.read(one)).not.toBeNull();
  expect(await code(factor.give({ sessionId: two, user: world.line }, typed))).toBe("invalid_input");
});

test("what the visitor kept is taken over when the code was right, not at the password", async () => {
  const { codes } = await turnOn(world.line);
  const visitor = guest();
  const tokenHash = visitor.tokenHash ?? "";
  await cart.add(visitor, { variantId: world.print.variantIds[0] ?? "", quantity: 2 });
  const first = await accounts.signIn(world.line, { tokenHash, userAgent: "Test" });
  expect(first.cartCount).toBeNull();
  expect([(await cart.count(visitor)).count, (await cart.count(world.line)).count]).toEqual([2, 0]);
  const waiting = { sessionId: first.sessionId, user: world.line };
  expect(await code(factor.give(waiting, "000000", tokenHash))).toBe("invalid_input");
  expect((await cart.count(visitor)).count).toBe(2);
  expect(await factor.give(waiting, codes[0] ?? "", tokenHash)).toEqual({ cartCount: 2 });
  expect([(await cart.count(visitor)).count, (await cart.count(world.line)).count]).toEqual([0, 2]);
});

test("tries are few", async () => {
  await turnOn(world.line);
  const waiting = { sessionId: await signIn(world.line), user: world.line };
  for (let i = 0; i < 6; i++) expect(await code(factor.give(waiting, "000000"))).toBe("invalid_input");
  expect(await code(factor.give(waiting, await shown(world.id.line)))).toBe("too_many");
});

test("it is turned off with password and code", async () => {
  await turnOn(world.line);
  const now = await shown(world.id.line);
  expect(await code(factor.end(world.line, { password: "wrong", code: now }))).toBe("invalid_input");
  expect(await code(factor.end(world.line, { password: CAST_PASSWORD, code: "000000" }))).toBe(
    "invalid_input",
  );
  await factor.end(world.line, { password: CAST_PASSWORD, code: now });
  expect(await sessions.read(await signIn(world.line))).toMatchObject({ role: "owner" });
});

test("where the shop asks for it, staff without one are customers, and no admin locks themselves out", async () => {
  expect(await code(staff.setPolicy(world.admin, { version: 0, secondFactor: true }))).toBe("invalid_input");
  await turnOn(world.admin);
  await staff.setPolicy(world.admin, { version: 0, secondFactor: true });
  try {
    const late = staff.setPolicy(world.admin, { version: 0, secondFactor: false });
    await expect(late).rejects.toMatchObject({
      code: "conflict",
      data: { told: { did: "changed the second factor to “needed”", version: 1 } },
    });
    const owner = await signIn(world.line);
    expect(await sessions.read(owner)).toMatchObject({ role: "customer", ownerId: null, needsFactor: true });
    expect(await sessions.read(await signIn(world.ada))).toMatchObject({ needsFactor: false });
    await factor.begin(world.line);
    await factor.confirm(world.line, await shown(world.id.line), owner);
    expect(await sessions.read(owner)).toMatchObject({ role: "owner", needsFactor: false });
  } finally {
    await db.update(settings).set({ staffSecondFactor: false });
  }
});

test("an admin takes it off whoever lost the phone, and it signs them out", async () => {
  const { sessionId } = await turnOn(world.line);
  expect(await code(staff.removeFactor(world.admin, world.id.admin))).toBe("forbidden");
  await staff.removeFactor(world.admin, world.id.line);
  expect(await sessions.read(sessionId)).toBeNull();
  expect(await sessions.read(await signIn(world.line))).toMatchObject({ role: "owner" });
  const [line] = await db.select().from(users).where(eq(users.id, world.id.line));
  expect(line?.isActive).toBe(true);
});
