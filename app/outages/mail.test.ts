/** While the mail server is down: orders are placed and told on their pages, mails wait, and go out once it is back. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { comeAs, pageOf, wordsOf } from "@/db/testing/front-door";
import { type Line, startLine } from "@/db/testing/line";
import { jobsAtRest, runJobs } from "@/db/testing/orders";
import { type Bought, buyForCash, orderPage } from "@/db/testing/shopping";
import { startSmtp, type TestSmtp } from "@/db/testing/smtp";
import { log } from "@/lib/log";
import { closeTransports } from "@/lib/mail/transport";
import AdminMail from "../admin/mail/page";

const BUYER = "nora@example.com";

let world: Cast;
let smtp: TestSmtp;
let line: Line;
let bought: Bought;

beforeAll(async () => {
  smtp = await startSmtp();
  line = await startLine(Number(new URL(smtp.url).port));
  // Settings are read at their first use.
  process.env.SMTP_URL = `smtp://127.0.0.1:${line.port}`;
  world = await cast();
  await line.cut();
});
afterAll(async () => {
  closeTransports();
  await line.cut();
  await smtp.close();
});

const waiting = async () => [
  ...(await db.execute<{ status: string; tries: number; error: string; jobs: number }>(
    sql`SELECT m.status, m.attempts AS tries, m.last_error AS error,
          (SELECT count(*)::int FROM graphile_worker.jobs j WHERE j.key = 'mail:' || m.id) AS jobs
        FROM mail m WHERE m.to_email = ${BUYER}`,
  )),
];
const office = async (view: string) => {
  await comeAs(world.id.admin);
  return wordsOf(await pageOf(AdminMail, { view }));
};

it("an order is placed, its page shows it, and its mail waits, which the back office tells", async () => {
  const refused = vi.spyOn(log, "error").mockImplementation(() => {});
  bought = await buyForCash(world.mug.variantIds[0] ?? "", "Mug One", BUYER);
  await runJobs();
  refused.mockRestore();
  await jobsAtRest();
  const page = wordsOf(await orderPage(bought));
  expect(page).toContain("Thank you. It is ordered");
  expect(page).toContain("Mug One");
  expect(await waiting()).toEqual([
    { status: "queued", tries: 1, error: expect.stringContaining("ECONNREFUSED"), jobs: 1 },
  ]);
  expect(await office("queued")).toContain(BUYER);
  expect(smtp.received).toEqual([]);
});

it("once it is back each mail goes out once, also one whose job was lost", async () => {
  await line.mend();
  await db.execute(sql`SELECT graphile_worker.complete_jobs(ARRAY(
    SELECT id FROM graphile_worker.jobs WHERE key IN (SELECT 'mail:' || id FROM mail WHERE to_email = ${BUYER})))`);
  // The others' pause is over, and the sweep's time has come.
  await db.execute(sql`UPDATE graphile_worker._private_jobs SET run_at = now()`);
  await db.execute(sql`SELECT graphile_worker.add_job('mail.requeue', '{}'::json)`);
  await runJobs();
  const theirs = () => smtp.received.filter(({ to }) => to === BUYER);
  expect(theirs()).toHaveLength(1);
  expect(theirs()[0]?.source).toContain(bought.number);
  expect(await waiting()).toMatchObject([{ status: "sent", tries: 2, jobs: 0 }]);
  expect(await office("sent")).toContain(BUYER);
  const ids = smtp.received.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length);
  const before = smtp.received.length;
  await db.execute(sql`SELECT graphile_worker.add_job('mail.requeue', '{}'::json)`);
  await runJobs();
  expect(smtp.received).toHaveLength(before);
});
