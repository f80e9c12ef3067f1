/** Figures in Prometheus' text format for whoever knows METRICS_TOKEN; without one this address does not exist. */
import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { type Counters, readCounters } from "@/lib/queries/counters";
import { getRunning } from "@/lib/queries/running";
import { family, processMetrics } from "@/lib/running/metrics.mjs";

const digest = (text: string) => createHash("sha256").update(text).digest();

export async function GET(request: Request): Promise<Response> {
  const token = env.METRICS_TOKEN;
  const given = request.headers.get("authorization") ?? "";
  if (!token || !timingSafeEqual(digest(given), digest(`Bearer ${token}`)))
    return new Response("Not found", { status: 404 });
  // Without the database the process still tells what it knows by itself.
  const shop = await Promise.all([getRunning(), readCounters()]).then(
    ([running, counted]) => gauges(running) + counters(counted),
    () => up(0),
  );
  return new Response(processMetrics() + shop, {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
}

function gauges(found: Awaited<ReturnType<typeof getRunning>>): string {
  const one = (name: string, help: string, value: number) => family(name, "gauge", help, [["", value]]);
  return [
    up(1),
    family("tallystick_jobs", "gauge", "Jobs that are due, wait for their time, or were given up.", [
      ['{state="due"}', found.jobsDue],
      ['{state="later"}', found.jobsLater],
      ['{state="failed"}', found.jobsFailed],
    ]),
    one("tallystick_job_oldest_due_seconds", "How long the oldest due job has waited.", found.oldestDue),
    one("tallystick_orders_placed_last_hour", "Orders placed in the last hour.", found.placed),
    one("tallystick_payments_failed_last_hour", "Payments declined in the last hour.", found.declined),
    one("tallystick_orders_holding_stock", "Orders that hold goods until they are paid.", found.held),
    one("tallystick_units_held", "Pieces that they hold.", found.heldUnits),
    one("tallystick_pool_size", "Connections to the database that one process may have.", found.poolSize),
    family(
      "tallystick_pool_connections",
      "gauge",
      "Connections to the database by process and state.",
      found.connections.map(({ app, state, count }) => [
        `{app="${app.replace(/[^\w-]/g, "_")}",state="${state.replace(/[^\w-]/g, "_")}"}`,
        count,
      ]),
    ),
  ].join("");
}

const up = (value: 0 | 1) =>
  family("tallystick_database_up", "gauge", "Whether the database answers.", [["", value]]);

function counters({ placed, paid, declined, expired, cancelled, refunded }: Counters): string {
  const one = (name: string, help: string, value: number) => family(name, "counter", help, [["", value]]);
  return [
    one("tallystick_orders_placed_total", "Orders placed since midnight in UTC.", placed),
    family("tallystick_orders_cancelled_total", "counter", "Orders cancelled since midnight in UTC.", [
      ['{reason="expired"}', expired],
      ['{reason="asked"}', cancelled],
    ]),
    one("tallystick_payments_captured_total", "Payments received since midnight in UTC.", paid),
    one("tallystick_payments_declined_total", "Cards declined since midnight in UTC.", declined),
    one("tallystick_refunds_succeeded_total", "Refunds that arrived since midnight in UTC.", refunded),
  ].join("");
}
