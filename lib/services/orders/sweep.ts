/** Finds orders whose job was lost, and asks again: so that no lost job keeps stock, cash or an owner's share. */
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { enqueue, type JobName } from "@/lib/queue";
import { HELD_BY_OTHERS, WINDOW_END } from "./complete";

declare module "@/lib/queue" {
  interface Jobs {
    "orders.sweep": Record<string, never>;
  }
}

type OrderJob = Extract<JobName, "orders.expire" | "orders.complete" | "payments.collect">;

/** What is due, and since when at the latest, by job. Expects `orders`. */
const DUE: Readonly<Record<OrderJob, SQL>> = {
  // Some minutes of grace: the job itself is about to run.
  "orders.expire": sql`orders.status = 'pending' AND orders.expires_at < shop_now() - interval '2 minutes'`,
  "payments.collect": sql`orders.status IN ('delivered', 'completed') AND orders.payment_method = 'cash_on_delivery'
    AND EXISTS (SELECT FROM payments p WHERE p.order_id = orders.id AND p.provider = 'manual' AND p.status = 'pending')`,
  "orders.complete": sql`orders.status = 'delivered' AND NOT orders.is_disputed AND ${WINDOW_END} <= shop_now() AND NOT ${HELD_BY_OTHERS}`,
};

/** At most so many orders a kind and run: the next run takes the rest. */
const BATCH = 200;

/** Enqueues what is due and has no job that may still run. Answers how many of each kind. */
export async function sweepOrders(_system: System): Promise<Record<OrderJob, number>> {
  return withTx(async (tx) => ({
    "orders.expire": await again(tx, "orders.expire"),
    "payments.collect": await again(tx, "payments.collect"),
    "orders.complete": await again(tx, "orders.complete"),
  }));
}

async function again(tx: Tx, job: OrderJob): Promise<number> {
  const lost = (await tx.execute(sql`
    SELECT orders.id FROM orders WHERE ${DUE[job]}
      AND NOT EXISTS (SELECT FROM graphile_worker.jobs j WHERE j.key = ${`${job}:`} || orders.id AND j.attempts < j.max_attempts)
    ORDER BY orders.placed_at LIMIT ${BATCH}`)) as unknown as { id: string }[];
  for (const { id: orderId } of lost) await enqueue(tx, job, { orderId }, { key: `${job}:${orderId}` });
  return lost.length;
}
