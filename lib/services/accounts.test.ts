import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { CAST_PASSWORD, type Cast, cast, guest, variantId } from "@/db/cast";
import { db } from "@/db/client";
import { owners, sessions as sessionRows, users } from "@/db/schema/accounts";
import { audit } from "@/db/schema/audit";
import { cartItems, carts } from "@/db/schema/cart";
import { stopClock } from "@/db/testing/clock";
import { isShopError } from "@/lib/domain/errors";
import * as accounts from "./accounts";
import * as cart from "./cart";
import * as providers from "./providers";
import * as sessions from "./sessions";

let world: Cast;
beforeAll(async () => {
  await stopClock();
  world = await cast();
});

const code = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: unknown) => (isShopError(error) ? error.code : error),
  );
const prove = (email: string, password: string, ip: string) => accounts.prove({ email, password, ip });
const asAda = () => accounts.signIn(world.ada, { tokenHash: null, userAgent: "Test" });

describe("signing in", () => {
  test("finds the address in any case and says who it is", async () => {
    expect(await prove("ADA@Example.com", CAST_PASSWORD, "ip-a")).toEqual({
      userId: world.id.ada,
      role: "customer",
      ownerId: null,
    });
    expect(await prove("line@example.com", CAST_PASSWORD, "ip-a")).toEqual({
      userId: world.id.line,
      role: "owner",
      ownerId: world.id.lineShop,
    });
  });

  test("says the same to a wrong password, an unknown address and a switched-off account", async () => {
    await db.update(users).set({ isActive: false }).where(eq(users.id, world.id.ben));
    const answers = await Promise.all(
      [
        prove("ada@example.com", "not it", "ip-b"),
        prove("nobody@example.com", CAST_PASSWORD, "ip-b"),
        prove("ben@example.com", CAST_PASSWORD, "ip-b"),
      ].map((work) => work.catch((error: Error) => error.message)),
    );
    expect(new Set(answers)).toEqual(new Set(["E-mail or password is wrong."]));
    await db.update(users).set({ isActive: true }).where(eq(users.id, world.id.ben));
  });

  test("hashes for an unknown address too", async () => {
    const timed = async (email: string) => {
      const start = process.cpuUsage();
      await code(prove(email, "not it", "ip-t"));
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    await timed("warm@example.com");
    const spent = { known: 0, unknown: 0 };
    for (let i = 0; i < 3; i += 1) {
      spent.known += await timed("ring@example.com");
      spent.unknown += await timed("who@example.com");
    }
    // A missing hash would be about a quarter; the machine may be busy, so half is enough.
    expect(spent.unknown).toBeGreaterThan(spent.known / 2);
  });

  test("stops after eight wrong tries of one account from one place, and leaves others alone", async () => {
    const tries: unknown[] = [];
    for (let i = 0; i < 9; i += 1) tries.push(await code(prove("admin@example.com", `guess ${i}`, "ip-c")));
    expect(tries).toEqual([...Array(8).fill("wrong_credentials"), "too_many"]);
    expect(await code(prove("admin@example.com", CAST_PASSWORD, "ip-c"))).toBe("too_many");
    expect(await code(prove("ada@example.com", CAST_PASSWORD, "ip-c"))).toBe("ok");
    expect(await code(prove("admin@example.com", CAST_PASSWORD, "ip-d"))).toBe("ok");
  });

  test("a crowd that guesses at one account from everywhere stops it there, not on its owner's devices", async () => {
    const crowd: unknown[] = [];
    for (let i = 0; i < 61; i += 1)
      crowd.push(await code(prove("line@example.com", `guess ${i}`, `crowd-${i}`)));
    expect(crowd.filter((said) => said === "wrong_credentials")).toHaveLength(60);
    expect(crowd.at(-1)).toBe("too_many");
    expect(await code(prove("line@example.com", CAST_PASSWORD, "crowd-new"))).toBe("too_many");
    const at = (device: string, password = CAST_PASSWORD) =>
      code(accounts.prove({ email: "line@example.com", password, ip: "crowd-1", device }));
    expect(await at("phone")).toBe("ok");
    // A device that was stolen has few tries, too, and takes none from another.
    for (let i = 0; i < 8; i += 1) expect(await at("laptop", `guess ${i}`)).toBe("wrong_credentials");
    expect([await at("laptop"), await at("phone")]).toEqual(["too_many", "ok"]);
  });

  test("one place that tries one password at many accounts is stopped", async () => {
    const tries: unknown[] = [];
    for (let i = 0; i < 62; i += 1)
      tries.push(await code(prove(`stuffed-${i}@example.com`, "hunter2hunter2", "ip-s")));
    expect(tries.slice(0, 60).every((said) => said === "wrong_credentials")).toBe(true);
    expect(tries.slice(60)).toEqual(["too_many", "too_many"]);
  });

  test("right passwords are not counted", async () => {
    for (let i = 0; i < 12; i += 1)
      expect(await code(prove("ada@example.com", CAST_PASSWORD, "ip-e"))).toBe("ok");
  });

  test("takes over the visitor's cart, once", async () => {
    const visitor = guest();
    await cart.add(visitor, { variantId: await variantId("TOTE"), quantity: 2 });
    const first = await accounts.signIn(world.ada, { tokenHash: visitor.tokenHash, userAgent: null });
    const second = await accounts.signIn(world.ada, { tokenHash: visitor.tokenHash, userAgent: null });
    expect([first.cartCount, second.cartCount]).toEqual([2, 2]);
    const lines = await db
      .select({ quantity: cartItems.quantity })
      .from(cartItems)
      .innerJoin(carts, eq(carts.id, cartItems.cartId))
      .where(eq(carts.userId, world.id.ada));
    expect(lines).toEqual([{ quantity: 2 }]);
  });
});

describe("signing up", () => {
  const eve = { name: "Eve Example", email: "Eve@example.com", password: "plumb gate and tin" };

  test("opens a customer's account with a hash and a handle that tells nothing", async () => {
    await accounts.register(eve, "ip-f");
    const [user] = await db.select().from(users).where(eq(users.email, "Eve@example.com"));
    expect(user).toMatchObject({
      role: "customer",
      firstName: "Eve",
      lastName: "Example",
      emailVerifiedAt: null,
    });
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(user?.username).toMatch(/^eveexample-\d{10}$/);
    expect(await code(prove("eve@example.com", eve.password, "ip-f"))).toBe("ok");
  });

  test("an address that is taken, in any case, is answered alike and keeps its password", async () => {
    expect(
      await code(
        accounts.register({ ...eve, email: "EVE@EXAMPLE.COM", password: "another pass phrase" }, "ip-f"),
      ),
    ).toBe("ok");
    expect(await db.$count(users, sql`lower(email) = 'eve@example.com'`)).toBe(1);
    expect(await code(prove("eve@example.com", "another pass phrase", "ip-f"))).toBe("wrong_credentials");
    expect(await code(prove("eve@example.com", eve.password, "ip-f"))).toBe("ok");
  });

  test("two at the same moment open one account", async () => {
    const twice = { ...eve, email: "twin@example.com" };
    expect(await Promise.all([1, 2, 3, 4].map(() => code(accounts.register(twice, "ip-g"))))).toEqual(
      Array(4).fill("ok"),
    );
    expect(await db.$count(users, eq(users.email, "twin@example.com"))).toBe(1);
  });

  test("refuses what heads the lists of leaked passwords, and changes none into one", async () => {
    for (const password of ["steelers", "Minecraft99", "polniypizdec0211"])
      expect(
        await code(accounts.register({ ...eve, email: "e3@example.com", password }, "ip-m")),
        password,
      ).toBe("invalid_input");
    const change = { currentPassword: CAST_PASSWORD, newPassword: "steelers1" };
    expect(await code(accounts.changePassword(world.line, change))).toBe("invalid_input");
  });

  test("refuses an easy password and too many accounts from one place", async () => {
    expect(
      await code(accounts.register({ ...eve, email: "e2@example.com", password: "password1" }, "ip-h")),
    ).toBe("invalid_input");
    const tries: unknown[] = [];
    for (let i = 0; i < 61; i += 1)
      tries.push(
        await code(accounts.register({ ...eve, password: "password1", email: "x@example.com" }, "ip-i")),
      );
    expect(tries.at(-1)).toBe("too_many");
  });
});

describe("sessions", () => {
  test("a session lives until it is given up", async () => {
    const { sessionId } = await asAda();
    expect(await sessions.read(sessionId)).toMatchObject({ userId: world.id.ada, role: "customer" });
    await sessions.end(sessionId);
    expect(await sessions.read(sessionId)).toBeNull();
  });

  test("one can be revoked from another; somebody else's answers like an unknown one", async () => {
    const { sessionId } = await asAda();
    expect(await code(sessions.revoke(world.ben, sessionId))).toBe("not_found");
    expect(await code(sessions.revoke(world.ben, world.id.ada))).toBe("not_found");
    expect(await sessions.read(sessionId)).not.toBeNull();
    await sessions.revoke(world.ada, sessionId);
    expect(await sessions.read(sessionId)).toBeNull();
  });

  test("ends by its time and with the account", async () => {
    const [one, two] = [await asAda(), await asAda()];
    await db
      .update(sessionRows)
      .set({ createdAt: new Date(0), expiresAt: new Date(1_000) })
      .where(eq(sessionRows.id, one.sessionId));
    expect(await sessions.read(one.sessionId)).toBeNull();
    await db.update(users).set({ isActive: false }).where(eq(users.id, world.id.ada));
    expect(await sessions.read(two.sessionId)).toBeNull();
    await db.update(users).set({ isActive: true }).where(eq(users.id, world.id.ada));
  });

  test("die with a changed password", async () => {
    const session = await accounts.signIn(world.ben, { tokenHash: null, userAgent: null });
    const change = (currentPassword: string, newPassword: string) =>
      accounts.changePassword(world.ben, { currentPassword, newPassword });
    expect(await code(change("not it", "a new pass phrase here"))).toBe("invalid_input");
    expect(await code(change(CAST_PASSWORD, "password1"))).toBe("invalid_input");
    expect(await sessions.read(session.sessionId)).not.toBeNull();
    expect(await change(CAST_PASSWORD, "a new pass phrase here")).toEqual({ email: "ben@example.com" });
    expect(await sessions.read(session.sessionId)).toBeNull();
    expect(await code(prove("ben@example.com", "a new pass phrase here", "ip-j"))).toBe("ok");
  });

  test("die with a changed role, which is on the audit log", async () => {
    const session = await accounts.signIn(world.ben, { tokenHash: null, userAgent: null });
    await accounts.setRole(world.admin, { userId: world.id.ben, role: "owner", shopName: "Ben & Co." });
    expect(await sessions.read(session.sessionId)).toBeNull();
    const [shop] = await db.select().from(owners).where(eq(owners.userId, world.id.ben));
    expect(shop).toMatchObject({ slug: "ben-co", isActive: true });
    expect(await db.select().from(audit)).toMatchObject([
      { actorKind: "admin", actorId: world.id.admin, before: { role: "customer" }, after: { role: "owner" } },
    ]);
    const again = await accounts.signIn(world.ben, { tokenHash: null, userAgent: null });
    expect(await sessions.read(again.sessionId)).toMatchObject({ role: "owner", ownerId: shop?.id });
    await accounts.setRole(world.system, { userId: world.id.ben, role: "customer" });
    expect(await code(accounts.setRole(world.admin, { userId: world.id.admin, role: "customer" }))).toBe(
      "forbidden",
    );
  });
});

describe("accounts elsewhere", () => {
  const from = {
    provider: "google",
    providerAccountId: "g-1",
    email: "new@example.com",
    isVerified: true,
    name: "New",
  };

  test("open an account once and find it again", async () => {
    const first = await providers.prove(from);
    expect(await providers.prove({ ...from, email: "changed@example.com" })).toEqual(first);
  });

  test("are not believed without a verified address", async () => {
    const claim = { ...from, providerAccountId: "g-2", email: "ada@example.com" };
    expect(await code(providers.prove({ ...claim, isVerified: false }))).toBe("unproved_email");
    expect(await code(providers.prove({ ...claim, email: null }))).toBe("unproved_email");
  });

  test("take an account whose address nobody verified, and its password is worth nothing then", async () => {
    const { sessionId } = await asAda();
    const claimed = await providers.prove({ ...from, providerAccountId: "g-3", email: "ADA@example.com" });
    expect(claimed.userId).toBe(world.id.ada);
    expect(await sessions.read(sessionId)).toBeNull();
    expect(await code(prove("ada@example.com", CAST_PASSWORD, "ip-k"))).toBe("wrong_credentials");
  });
});

test("the shop itself makes users of any role", async () => {
  const person = {
    name: "Ada Two",
    email: "two@example.com",
    password: "plumb gate and tin",
    role: "owner" as const,
  };
  const id = await accounts.create(world.system, person);
  expect(await prove("two@example.com", person.password, "ip-l")).toMatchObject({
    userId: id,
    role: "owner",
  });
  expect(await code(accounts.create(world.system, person))).toBe("duplicate");
});
