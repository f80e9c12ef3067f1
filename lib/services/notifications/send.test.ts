import { type ChildProcess, spawn } from "node:child_process";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { audit } from "@/db/schema/audit";
import { mail } from "@/db/schema/notifications";
import { runJobs } from "@/db/testing/orders";
import { startSmtp, type TestSmtp } from "@/db/testing/smtp";
import { withTx } from "@/db/tx";
import { closeTransports, transportTo } from "@/lib/mail/transport";
import { bundled } from "@/scripts/testing/bundled";
import { requeue } from "./requeue";
import { NotYet, resend, send } from "./send";
import { mailTo } from "./tell";

const WORKER = await bundled("lib/jobs/worker.ts");
const LONG = { timeout: 60_000 };
const FAST = { connectionTimeout: 400, greetingTimeout: 400, socketTimeout: 400, whole: 1_500 };

let people: Cast;
let smtp: TestSmtp;

beforeAll(async () => {
  smtp = await startSmtp();
  people = await cast();
});
beforeEach(() => {
  closeTransports();
  smtp.state.mood = "good";
  smtp.state.onMail = async () => {};
  smtp.received.length = 0;
});
afterAll(async () => {
  closeTransports();
  await smtp.close();
});

async function queued(dedupe = newId()): Promise<string> {
  const id = await withTx((tx) =>
    mailTo(tx, {
      template: "admin_alert",
      dedupe,
      email: "ada@example.com",
      data: { about: "Something <script>", message: "Look & see.", link: "/admin" },
    }),
  );
  if (!id) throw new Error("the mail was told before");
  return id;
}

async function rowOf(id: string) {
  const [row] = await db.select().from(mail).where(eq(mail.id, id));
  if (!row) throw new Error("the mail is gone");
  return row;
}

const jobsOf = async (id: string) =>
  (await db.execute(sql`SELECT id FROM graphile_worker.jobs WHERE key = ${`mail:${id}`}`)).length;

/** Impatient only where the server is to be too slow: a busy machine must not look like one. */
const toServer = (limits: Partial<typeof FAST> = {}) => ({ transport: transportTo(smtp.url, limits) });

test("a mail goes out once, from the store, with an id of its own, as text and HTML", async () => {
  const id = await queued();
  await send(people.system, id, toServer());
  await send(people.system, id, toServer());
  expect(await rowOf(id)).toMatchObject({
    status: "sent",
    attempts: 1,
    lastError: null,
    sentAt: expect.any(Date),
  });
  expect(smtp.received).toHaveLength(1);
  const [{ messageId, to, source } = { messageId: "", to: "", source: "" }] = smtp.received;
  expect(messageId).toBe(`<${id}@localhost>`);
  expect(to).toBe("ada@example.com");
  expect(source).toContain("shop@example.com");
  expect(source).toContain("multipart/alternative");
  expect(source).toContain("Subject: Something <script>");
});

test("without a mail server it is kept; an admin sends it again, which is on the audit log", async () => {
  const id = await queued();
  await runJobs();
  expect(await rowOf(id)).toMatchObject({ status: "kept", attempts: 0 });
  await resend(people.admin, { mailId: id });
  expect(await rowOf(id)).toMatchObject({ status: "queued" });
  expect(await jobsOf(id)).toBe(1);
  await expect(resend(people.admin, { mailId: id })).rejects.toMatchObject({ code: "illegal_transition" });
  await expect(resend(people.admin, { mailId: newId() })).rejects.toMatchObject({ code: "not_found" });
  const log = await db.select().from(audit).where(eq(audit.subjectId, id));
  expect(log).toMatchObject([
    { action: "mail.resend", before: { status: "kept" }, after: { status: "queued" } },
  ]);
  await runJobs();
});

test.each(["never", "spam"] as const)(
  "a refusal for good (%s) is failed and not tried again",
  async (mood) => {
    smtp.state.mood = mood;
    const id = await queued();
    await send(people.system, id, toServer());
    expect(await rowOf(id)).toMatchObject({
      status: "failed",
      attempts: 1,
      lastError: expect.stringMatching(/55[04]/),
    });
  },
);

test.each(["silent", "slow", "later", "cut"] as const)(
  "what may succeed later (%s) stays queued and is tried again; the last try fails it",
  async (mood) => {
    smtp.state.mood = mood;
    const id = await queued();
    await expect(send(people.system, id, toServer(FAST))).rejects.toBeInstanceOf(NotYet);
    expect(await rowOf(id)).toMatchObject({ status: "queued", attempts: 1, lastError: expect.any(String) });
    closeTransports();
    await send(people.system, id, { ...toServer(FAST), isLastTry: true });
    expect(await rowOf(id)).toMatchObject({ status: "failed", attempts: 2 });
    smtp.state.mood = "good";
    closeTransports();
    await resend(people.admin, { mailId: id });
    await send(people.system, id, toServer());
    expect(await rowOf(id)).toMatchObject({ status: "sent", attempts: 3, lastError: null });
  },
);

test("a server that is down leaves it queued, and the error says so without the mail's words", async () => {
  const gone = await startSmtp();
  await gone.close();
  const id = await queued();
  await expect(send(people.system, id, { transport: transportTo(gone.url, FAST) })).rejects.toBeInstanceOf(
    NotYet,
  );
  const { status, lastError } = await rowOf(id);
  expect(status).toBe("queued");
  expect(lastError).toContain("ECONNREFUSED");
  expect(lastError).not.toContain("Look");
});

test("the same thing is told once to one address; a roll back takes the mail with it", async () => {
  const dedupe = newId();
  await queued(dedupe);
  await expect(queued(dedupe)).rejects.toThrow("told before");
  const undone = newId();
  const rolledBack = withTx(async (tx) => {
    await mailTo(tx, {
      template: "payout_paid",
      dedupe: undone,
      email: "line@example.com",
      data: { amount: 1, currency: "EUR" },
    });
    throw new Error("undone");
  });
  await expect(rolledBack).rejects.toThrow("undone");
  expect(
    await db
      .select()
      .from(mail)
      .where(eq(mail.dedupeKey, `payout_paid:${undone}:line@example.com`)),
  ).toEqual([]);
});

test("a mail whose job was lost gets a new one; a mail that has one keeps it", async () => {
  await runJobs();
  const [lost, fine] = [await queued(), await queued()];
  await db.execute(sql`
    SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs WHERE key = ${`mail:${lost}`}))`);
  expect(await requeue(people.system)).toBe(1);
  expect(await requeue(people.system)).toBe(0);
  expect([await jobsOf(lost), await jobsOf(fine)]).toEqual([1, 1]);
  await runJobs();
});

test("a mail on its last try, in a worker's hands, gets no second job", async () => {
  await runJobs();
  const id = await queued();
  await db.execute(sql`
    UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'a living worker', attempts = max_attempts
    WHERE key = ${`mail:${id}`}`);
  expect(await requeue(people.system)).toBe(0);
  await db.execute(sql`
    UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '6 minutes' WHERE key = ${`mail:${id}`}`);
  expect(await requeue(people.system)).toBe(1);
  await runJobs();
});

test("a mail that cannot be written is tried again and then failed, never queued for ever", async () => {
  await runJobs();
  const id = await queued();
  await db.update(mail).set({ template: "unheard_of" }).where(eq(mail.id, id));
  await expect(send(people.system, id, toServer())).rejects.toBeInstanceOf(NotYet);
  expect(await rowOf(id)).toMatchObject({ status: "queued", attempts: 1 });
  await send(people.system, id, { ...toServer(), isLastTry: true });
  expect(await rowOf(id)).toMatchObject({
    status: "failed",
    attempts: 2,
    lastError: "no mail is called unheard_of",
  });
  expect(smtp.received).toEqual([]);
});

test("an address is one address, whatever stands in it", async () => {
  const id = await queued();
  await db.update(mail).set({ toEmail: "ada@example.com, eve@example.com" }).where(eq(mail.id, id));
  await send(people.system, id, { ...toServer(), isLastTry: true });
  expect(smtp.received.map(({ to }) => to)).not.toContain("eve@example.com");
  expect(smtp.received.map(({ to }) => to)).not.toContain("ada@example.com");
});

test("of two who send the same mail at once, what the first wrote down stands", async () => {
  const id = await queued();
  smtp.state.onMail = async () => {
    await db.update(mail).set({ status: "failed", lastError: "the other one" }).where(eq(mail.id, id));
  };
  await send(people.system, id, toServer());
  expect(await rowOf(id)).toMatchObject({ status: "failed", lastError: "the other one", sentAt: null });
});

test("a worker killed after the server took the mail, before it could write that down, loses nothing", async () => {
  await runJobs();
  const id = await queued();
  // The row is held from the moment the server has the mail, so that the worker cannot mark it.
  let letGo = () => {};
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  let holder: Promise<void> | undefined;
  smtp.state.onMail = () =>
    new Promise<void>((locked) => {
      holder = withTx(async (tx) => {
        await tx.select().from(mail).where(eq(mail.id, id)).for("update");
        locked();
        await held;
      });
    });
  const first = worker();
  const waiting = () =>
    db.execute(sql`SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE 'update "mail"%'`);
  await expect.poll(async () => (await waiting()).length, LONG).toBeGreaterThan(0);
  first.kill("SIGKILL");
  await new Promise((done) => first.once("exit", done));
  // The server would finish the statement of a dead client; the client died before it could ask for more.
  await db.execute(sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'killed-worker'`);
  letGo();
  await holder;
  expect(first.signalCode).toBe("SIGKILL");
  expect(await rowOf(id)).toMatchObject({ status: "queued", attempts: 1 });
  expect(smtp.received).toHaveLength(1);
  smtp.state.onMail = async () => {};
  await db.execute(sql`
    UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '6 minutes' WHERE key = ${`mail:${id}`}`);
  await requeue(people.system);
  const second = worker();
  await expect.poll(async () => (await rowOf(id)).status, LONG).toBe("sent");
  second.kill("SIGTERM");
  await new Promise((done) => second.once("exit", done));
  expect(smtp.received).toHaveLength(2);
  expect(new Set(smtp.received.map(({ messageId }) => messageId))).toEqual(new Set([`<${id}@localhost>`]));
}, 60_000);

function worker(): ChildProcess {
  return spawn(process.execPath, [WORKER], {
    env: { ...process.env, SMTP_URL: smtp.url, APP_NAME: "killed-worker" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

test("telling of an order's event that failed for good is tried once more, for two weeks", async () => {
  const made = async (age: string, since: string) => {
    const [job] = await db.execute<{ id: string }>(sql`
      SELECT (graphile_worker.add_job('notifications.order', ${JSON.stringify({ orderId: newId(), eventId: newId() })}::json)).id`);
    await db.execute(sql`UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = 'gone',
      updated_at = now() - ${since}::interval, created_at = now() - ${age}::interval WHERE id = ${job?.id}`);
    return job?.id;
  };
  const [due, justNow, old] = [
    await made("2 days", "7 hours"),
    await made("2 days", "1 hour"),
    await made("15 days", "7 hours"),
  ];
  await requeue(people.system);
  const rows = await db.execute<{ id: string; left: number }>(sql`
    SELECT id, max_attempts - attempts AS left FROM graphile_worker.jobs WHERE id IN (${due}, ${justNow}, ${old})`);
  expect(Object.fromEntries(rows.map(({ id, left }) => [id, left]))).toEqual({
    [due ?? ""]: 1,
    [justNow ?? ""]: 0,
    [old ?? ""]: 0,
  });
  await runJobs();
  // Its event is gone, so there is nothing to tell, and the job is done.
  expect(await db.execute(sql`SELECT FROM graphile_worker.jobs WHERE id = ${due}`)).toHaveLength(0);
});
