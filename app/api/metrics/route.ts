/** Figures in Prometheus' text format for whoever knows METRICS_TOKEN; without one this address does not exist. */
import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { type Counters, readCounters } from "@/lib/queries/counters";
import { getRunning } from "@/lib/queries/running";
import { processMetrics } from "@/lib/running/metrics.mjs";

const digest = (text: string) => createHash("sha256").update(text).digest();

export async function GET(request: Request): Promise<Response> {
  const token = env.METRICS_TOKEN;
  const given = request.headers.get("authorization") ?? "";
  if (!token || !timingSafeEqual(digest(given), digest(`Bearer ${token}`)))
    return new Response("Not found", { status: 404 });
  // Without the database the process still tells what it knows by itself.
  const shop = await Promise.all([getRunning(), readCounters()]).then(
    ([running, counters]) => lines(running) + counted(counters),
    () => "tallystick_database_up 0\n",
  );
  return new Response(processMetrics() + shop, {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
}

function lines(found: Awaited<ReturnType<typeof getRunning>>): string {
  const gauges: [name: string, value: number][] = [
    ["tallystick_database_up", 1],
    ['tallystick_jobs{state="due"}', found.jobsDue],
    ['tallystick_jobs{state="later"}', found.jobsLater],
    ['tallystick_jobs{state="failed"}', found.jobsFailed],
    ["tallystick_job_oldest_due_seconds", found.oldestDue],
    ["tallystick_orders_placed_last_hour", found.placed],
    ["tallystick_payments_failed_last_hour", found.declined],
    ["tallystick_orders_holding_stock", found.held],
    ["tallystick_units_held", found.heldUnits],
    ["tallystick_pool_size", found.poolSize],
    ...found.connections.map(({ app, state, count }): [string, number] => [
      `tallystick_pool_connections{app="${app.replace(/[^\w-]/g, "_")}",state="${state.replace(/[^\w-]/g, "_")}"}`,
      count,
    ]),
  ];
  return gauges.map(([name, value]) => `${name} ${value}\n`).join("");
}

function counted({ placed, paid, declined, expired, cancelled, refunded }: Counters): string {
  const counters: [name: string, labels: string, value: number][] = [
    ["tallystick_orders_placed_total", "", placed],
    ["tallystick_orders_cancelled_total", '{reason="expired"}', expired],
    ["tallystick_orders_cancelled_total", '{reason="asked"}', cancelled],
    ["tallystick_payments_captured_total", "", paid],
    ["tallystick_payments_declined_total", "", declined],
    ["tallystick_refunds_succeeded_total", "", refunded],
  ];
  const types = new Set(counters.map(([name]) => `# TYPE ${name} counter\n`));
  return [...types, ...counters.map(([name, labels, value]) => `${name}${labels} ${value}\n`)].join("");
}
