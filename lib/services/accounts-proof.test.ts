import { and, eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { CAST_PASSWORD, type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { readMailParts } from "@/db/mail-parts";
import { users, verificationTokens } from "@/db/schema/accounts";
import { mail } from "@/db/schema/notifications";
import { stopClock } from "@/db/testing/clock";
import { runJobs } from "@/db/testing/orders";
import { isShopError } from "@/lib/domain/errors";
import { render } from "@/lib/mail/render";
import * as accounts from "./accounts";
import * as proof from "./accounts-proof";
import * as sessions from "./sessions";

const NEW_PASSWORD = "entirely other words";

let people: Cast;
beforeAll(async () => {
  await stopClock();
  people = await cast();
});

const code = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: unknown) => (isShopError(error) ? error.code : error),
  );

/** The tokens that were mailed to an address, the newest last. */
async function tokensTo(email: string, template: string): Promise<string[]> {
  await runJobs();
  const rows = await db
    .select({ id: mail.id })
    .from(mail)
    .where(and(eq(mail.toEmail, email), eq(mail.template, template)))
    .orderBy(mail.createdAt, mail.id);
  const parts = await Promise.all(rows.map(({ id }) => readMailParts(db, id)));
  return parts.map((part) => /token=([\w-]+)/.exec(part ? render(part).text : "")?.[1] ?? "");
}

async function userOf(email: string) {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  if (!user) throw new Error("no such user");
  return user;
}

const prove = (email: string, password: string) => accounts.prove({ email, password, ip: "ip-proof" });

test("a new account is greeted with a link that confirms its address, once", async () => {
  const email = "grace@example.org";
  await accounts.register({ name: "Grace Hopper", email, password: "four words are enough" }, "ip-1");
  const [token = ""] = await tokensTo(email, "welcome");
  expect(token.length).toBeGreaterThan(40);
  expect((await userOf(email)).emailVerifiedAt).toBeNull();
  expect(await code(proof.verifyEmail("something else"))).toBe("link_over");
  expect(await code(proof.resetPassword({ token, password: NEW_PASSWORD }))).toBe("link_over");
  await proof.verifyEmail(token);
  expect((await userOf(email)).emailVerifiedAt).toBeInstanceOf(Date);
  expect(await code(proof.verifyEmail(token))).toBe("link_over");
});

test("an address that has an account is not greeted, but its request costs a job all the same", async () => {
  const jobs = async () =>
    (await db.execute(sql`SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'accounts.welcome'`))
      .length;
  await accounts.register(
    { name: "Ada", email: "ADA@example.com", password: "four words are enough" },
    "ip-2",
  );
  expect(await jobs()).toBe(1);
  expect(await tokensTo("ada@example.com", "welcome")).toEqual([]);
  expect(await jobs()).toBe(0);
});

test("neither the outbox nor the hashes give a token away", async () => {
  await proof.requestPasswordReset({ email: "line@example.com", ip: "ip-3" });
  const [token = ""] = await tokensTo("line@example.com", "reset_password");
  const kept = await db.execute(sql`
    SELECT to_jsonb(m)::text AS row FROM mail m UNION ALL SELECT to_jsonb(t)::text FROM verification_tokens t`);
  expect(token).not.toBe("");
  expect(kept.map(({ row }) => row).join()).not.toContain(token);
});

test("a forgotten password: the link sets a new one, ends the sessions, and no link works again", async () => {
  const { sessionId } = await accounts.signIn(people.ben, { tokenHash: null, userAgent: "Test" });
  await proof.requestPasswordReset({ email: "BEN@example.com", ip: "ip-4" });
  await proof.requestPasswordReset({ email: "ben@example.com", ip: "ip-4" });
  const [older = "", token = ""] = await tokensTo("ben@example.com", "reset_password");
  expect(older).not.toBe(token);
  expect(await code(proof.resetPassword({ token, password: "steelers1" }))).toBe("invalid_input");
  expect(await code(proof.resetPassword({ token, password: "password1" }))).toBe("invalid_input");
  expect(await code(prove("ben@example.com", CAST_PASSWORD))).toBe("ok");
  await proof.resetPassword({ token, password: NEW_PASSWORD });
  expect(await sessions.read(sessionId)).toBeNull();
  expect(await code(prove("ben@example.com", CAST_PASSWORD))).toBe("wrong_credentials");
  expect(await code(prove("ben@example.com", NEW_PASSWORD))).toBe("ok");
  expect((await userOf("ben@example.com")).emailVerifiedAt).toBeInstanceOf(Date);
  for (const each of [token, older])
    expect(await code(proof.resetPassword({ token: each, password: "yet another four words" }))).toBe(
      "link_over",
    );
});

test("of two who use a link at once one is first", async () => {
  await proof.requestPasswordReset({ email: "ring@example.com", ip: "ip-5" });
  const [token = ""] = await tokensTo("ring@example.com", "reset_password");
  const answers = await Promise.all(
    ["one pair of four words", "another pair of four words"].map((password) =>
      code(proof.resetPassword({ token, password })),
    ),
  );
  expect(answers.sort()).toEqual(["link_over", "ok"]);
});

test("a link ends with its hour, and with its account", async () => {
  await proof.requestPasswordReset({ email: "ada@example.com", ip: "ip-6" });
  const [token = ""] = await tokensTo("ada@example.com", "reset_password");
  await db.update(users).set({ isActive: false }).where(eq(users.email, "ada@example.com"));
  expect(await code(proof.resetPassword({ token, password: NEW_PASSWORD }))).toBe("link_over");
  await db.update(users).set({ isActive: true }).where(eq(users.email, "ada@example.com"));
  await db.update(verificationTokens).set({ expiresAt: sql`shop_now() - interval '1 second'` });
  expect(await code(proof.resetPassword({ token, password: NEW_PASSWORD }))).toBe("link_over");
});

test("an unknown address is answered alike, gets no mail, and is counted alike", async () => {
  const ask = (email: string) => code(proof.requestPasswordReset({ email, ip: `ip-${Math.random()}` }));
  for (const email of ["nobody@example.com", "admin@example.com"]) {
    const answers: unknown[] = [];
    for (let i = 0; i < 6; i += 1) answers.push(await ask(email));
    expect(answers).toEqual(["ok", "ok", "ok", "ok", "ok", "too_many"]);
  }
  expect(await tokensTo("nobody@example.com", "reset_password")).toEqual([]);
  expect(await tokensTo("admin@example.com", "reset_password")).toHaveLength(5);
});

test("one's own address gets a new link until it is confirmed", async () => {
  await proof.requestVerification(people.line);
  const [token = ""] = await tokensTo("line@example.com", "verify_email");
  await proof.verifyEmail(token);
  await proof.requestVerification(people.line);
  expect(await tokensTo("line@example.com", "verify_email")).toHaveLength(1);
});

test("a password that is changed closes the links that would set another one", async () => {
  await proof.requestPasswordReset({ email: "ada@example.com", ip: "ip-change" });
  const token = (await tokensTo("ada@example.com", "reset_password")).at(-1) ?? "";
  const newPassword = "five other plain words";
  await accounts.changePassword(people.ada, { currentPassword: CAST_PASSWORD, newPassword });
  expect(await code(proof.resetPassword({ token, password: "yet another four words" }))).toBe("link_over");
  expect((await prove("ada@example.com", newPassword)).userId).toBe(people.id.ada);
});

test("a name cannot smuggle an address into the mail of a stranger", async () => {
  const email = "stranger@example.org";
  const password = "four words are enough";
  await accounts.register({ name: "evil.example/prize Winner", email, password }, "ip-smuggle");
  await tokensTo(email, "welcome");
  const [row] = await db.select({ id: mail.id }).from(mail).where(eq(mail.toEmail, email));
  const parts = await readMailParts(db, row?.id ?? "");
  if (!parts) throw new Error("no mail was written");
  const { text, html } = render(parts);
  expect(`${text}${html}`).not.toContain("evil.example");
  expect(text).toContain("Hello,");
});
