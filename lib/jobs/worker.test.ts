import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { connect, sql } from "@/db/client";
import { migrate } from "@/db/migrate";
import { requireEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { bundled } from "@/scripts/testing/bundled";
import { handlers } from "./tasks";
import { runJobsOnce } from "./worker";

test("a worker that is told to stop finishes the job it has begun, takes no other, and ends with 0", async () => {
  await migrate(requireEnv("DATABASE_URL"));
  // A connection of its own: postgres.js never answers `reserve` on one that it opened again.
  const holder = connect(requireEnv("DATABASE_URL"), { max: 1 });
  await holder`begin`;
  await holder`lock table rate_limits in exclusive mode`;
  await sql`select graphile_worker.add_job('housekeeping.sweep', '{}'::json)`;
  const worker = spawn(process.execPath, [await bundled("lib/jobs/worker.ts")], {
    env: { ...process.env, APP_NAME: "worker-under-test" },
    stdio: "ignore",
  });
  const ended = once(worker, "exit");
  const waiting = async () =>
    (
      await sql`select 1 from pg_stat_activity where application_name = 'worker-under-test'
        and datname = current_database() and wait_event_type = 'Lock' and query like '%rate_limits%'`
    ).length > 0;
  while (!(await waiting()));
  worker.kill("SIGTERM");
  await sql`select graphile_worker.add_job('queue.ping', '{}'::json)`;
  await holder`commit`;
  await holder.end();
  expect(await ended).toEqual([0, null]);
  const left = await sql`select task_identifier as job from graphile_worker.jobs`;
  // Not even locked: the queue was told before the process ended.
  expect(left.map(({ job }) => job)).not.toContain("housekeeping.sweep");
});

test("a job's log lines say which job it is and which order it is about", async () => {
  const url = requireEnv("DATABASE_URL");
  await migrate(url);
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  await sql`delete from graphile_worker._private_jobs`;
  const ping = handlers["queue.ping"];
  handlers["queue.ping"] = async () => log.error("pinged");
  const payload = JSON.stringify({ orderId: "019ab000-0000-7000-8000-000000000001" });
  await sql`select graphile_worker.add_job('queue.ping', ${payload}::text::json)`;
  await runJobsOnce(url).finally(() => write.mockRestore());
  handlers["queue.ping"] = ping;
  const told = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  expect(told.find(({ message }) => message === "pinged")).toMatchObject({
    job: "queue.ping",
    jobId: expect.stringMatching(/^\d+$/),
    order: "019ab000-0000-7000-8000-000000000001",
  });
});
