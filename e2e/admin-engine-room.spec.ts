/** Engine room of the back office: events that failed and jobs; for admins alone. */
import postgres from "postgres";
import { expectNothing, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

test("failed events and jobs are seen, run again or given up; owners see none of it", async ({
  page,
  newVisitor,
}) => {
  test.slow();
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  const eventId = `evt_journey_${Date.now()}`;
  // Of a kind that the shop does not act on: taken in, it is ignored.
  const payload = { id: eventId, object: "event", type: "product.created", created: 1, livemode: false };
  try {
    await sql`insert into webhook_events (id, provider_event_id, type, payload, error) values (gen_random_uuid(),
      ${eventId}, 'product.created', ${sql.json({ ...payload, data: { object: { object: "product", id: "prod_1" } } })},
      'The journey broke it')`;
    for (const note of ["run", "drop"])
      await sql`select graphile_worker.add_job('queue.ping', '{}'::json, run_at := now() + interval '1 hour',
        job_key := ${`journey:${note}:${eventId}`})`;
    // Before their time no worker takes them: as if they had been given up.
    await sql`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'It broke'
      where key like ${`journey:%:${eventId}`}`;
  } finally {
    await sql.end();
  }

  await signIn(page, "admin@example.com", "/admin/webhooks");
  await page.goto(`/admin/webhooks?view=failed&q=${eventId}`);
  await axe(page);
  await expect(page.getByText("The journey broke it")).toBeVisible();
  await page.getByRole("link", { name: "product.created" }).click();
  await expect(page.getByText("prod_1")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Take it in again" }).click();
  await expect(page.getByText("It is taken in again within a second")).toBeVisible();
  await expect(async () => {
    await page.goto(page.url().replace(/\?.*/, ""));
    await expect(page.getByText("It had failed before: The journey broke it")).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();

  const jobs = await page.context().newPage();
  await jobs.goto("/admin/jobs?q=journey:");
  await axe(jobs);
  await expect(jobs.getByRole("region", { name: /^Regular jobs/ })).toContainText("mail.requeue");
  const dropped = jobs.getByRole("row").filter({ hasText: `journey:drop:${eventId}` });
  const again = jobs.getByRole("row").filter({ hasText: `journey:run:${eventId}` });
  await dropped.getByRole("button", { name: "Give up" }).click();
  await expect(dropped).toHaveCount(0);
  await again.getByRole("button", { name: "Run now" }).click();
  // To leave before the answer would cut the request.
  await expect(jobs.getByText("It runs within a second.", { exact: false })).toBeVisible();
  await expect(async () => {
    await jobs.goto("/admin/jobs?q=journey:");
    await expect(again).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  await jobs.goto("/admin/audit?subject=jobs");
  await expect(jobs.getByText("Job give up").first()).toBeVisible();

  const owner = await newVisitor();
  await signIn(owner, "line@example.com", "/admin");
  for (const path of ["discounts", "settings", "shipping", "taxes", "webhooks", "jobs", "slow", "audit"]) {
    const answer = await owner.request.get(`/admin/${path}`);
    expect(await answer.text(), path).toContain("No line crosses here.");
  }
  await expectNothing(page, "/admin/discounts/no-id-at-all");
  await expectNothing(page, `/admin/webhooks/${eventId}`);
});
