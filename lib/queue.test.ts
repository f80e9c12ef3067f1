import { expect, test } from "vitest";
import { sql } from "@/db/client";
import { withTx } from "@/db/tx";
import { handlers } from "./jobs/tasks";
import { runJobsOnce } from "./jobs/worker";
import { enqueue } from "./queue";

const waiting = async () => {
  const rows =
    await sql`select task_identifier, key, max_attempts, run_at > now() as later from graphile_worker.jobs`;
  return [...rows];
};

test("a job exists if and only if its transaction commits", async () => {
  await withTx(async (tx) => {
    await enqueue(tx, "queue.ping", { note: "lost" });
    throw new Error("roll back");
  }).catch(() => {});
  expect(await waiting()).toEqual([]);
});

test("one key holds one waiting job, and a due job runs with its payload", async () => {
  const seen: unknown[] = [];
  handlers["queue.ping"] = async (payload) => void seen.push(payload);
  const later = new Date(Date.now() + 60_000);
  await withTx(async (tx) => {
    await enqueue(tx, "queue.ping", { note: "first" }, { key: "ping:1", runAt: later, maxAttempts: 3 });
    await enqueue(tx, "queue.ping", { note: "second" }, { key: "ping:1", runAt: later, maxAttempts: 3 });
    await enqueue(tx, "queue.ping", { note: "now" });
  });
  await runJobsOnce(process.env.DATABASE_URL ?? "");
  expect(seen).toEqual([{ note: "now" }]);
  expect(await waiting()).toEqual([
    { task_identifier: "queue.ping", key: "ping:1", max_attempts: 3, later: true },
  ]);
});
