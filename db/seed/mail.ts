/** The demo's mail: what its newest orders would have sent, kept in the outbox and never sent to anybody. */
import { sql } from "drizzle-orm";
import { tellOrder } from "@/lib/services/notifications/tell-order";
import { systemActor } from "@/lib/system";
import { db } from "../client";
import { setClock } from "./clock";

/** Days before now whose events are told; nobody waits for news of older ones. */
const DAYS = 3;

/** Tells the newest events at the clock of each, keeps their mails, and takes back all jobs that would tell or send. */
export async function keepDemoMail(): Promise<void> {
  const events = await db.execute<{ id: string; orderId: string; at: string }>(sql`
    SELECT id, order_id AS "orderId", created_at::text AS at FROM order_events
    WHERE created_at > shop_now() - make_interval(days => ${DAYS}) ORDER BY created_at, id`);
  for (const { id, orderId, at } of events) {
    await setClock(new Date(at));
    await tellOrder(systemActor("seed"), { orderId, eventId: id });
  }
  await setClock(null);
  await db.execute(sql`UPDATE mail SET status = 'kept' WHERE status = 'queued'`);
  await db.execute(sql`
    SELECT graphile_worker.complete_jobs(ARRAY(
      SELECT id FROM graphile_worker.jobs WHERE task_identifier IN ('notifications.order', 'mail.send')))`);
}
