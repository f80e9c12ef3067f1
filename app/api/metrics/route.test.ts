import { expect, test, vi } from "vitest";
import { cast } from "@/db/cast";
import { sql } from "@/db/client";
import { migrate } from "@/db/migrate";
import { requireEnv } from "@/lib/env";
import { countRequest, routeOf } from "@/lib/running/metrics.mjs";
import { GET } from "./route";

const token = vi.hoisted(() => {
  process.env.METRICS_TOKEN = "q8Zk2v7Lx4Nf9Rw1";
  return process.env.METRICS_TOKEN;
});

const ask = (authorization?: string) =>
  GET(new Request("http://shop.test/api/metrics", { headers: authorization ? { authorization } : {} }));

test("without the token it is not there", async () => {
  for (const given of [undefined, "Bearer ", "Bearer wrong", token, `bearer ${token}`])
    expect((await ask(given)).status).toBe(404);
  expect((await ask(`Bearer ${token}`)).status).toBe(200);
});

test("addresses that strangers make up are one class", () => {
  const classes = {
    "/": "home",
    "/p/lamp?x=1": "p",
    "/api/live?product=1": "api/live",
    "/_next/static/a.js": "static",
  };
  for (const [url, route] of Object.entries(classes)) expect(routeOf(url)).toBe(route);
  for (const url of ["/wp-login.php", "/api/none", "/x/y/z", "//evil"])
    expect(["other", "home"]).toContain(routeOf(url));
});

test("requests are counted by class and status, their time in buckets that add up", async () => {
  countRequest("p", 200, 0.004);
  countRequest("p", 200, 0.3);
  countRequest("p", 503, 60);
  const text = await (await ask(`Bearer ${token}`)).text();
  expect(text).toContain('tallystick_http_requests_total{route="p",status="200"} 2');
  expect(text).toContain('tallystick_http_requests_total{route="p",status="503"} 1');
  expect(text).toContain('tallystick_http_request_seconds_bucket{route="p",le="0.005"} 1');
  expect(text).toContain('tallystick_http_request_seconds_bucket{route="p",le="0.5"} 2');
  expect(text).toContain('tallystick_http_request_seconds_bucket{route="p",le="10"} 2');
  expect(text).toContain('tallystick_http_request_seconds_bucket{route="p",le="+Inf"} 3');
  expect(text).toMatch(/tallystick_event_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+\n/);
});

test("jobs, orders, declines, held goods and connections are told", async () => {
  await migrate(requireEnv("DATABASE_URL"));
  await cast();
  await sql`select graphile_worker.add_job('queue.ping', '{}'::json, run_at := now() - interval '90 seconds')`;
  await sql`select graphile_worker.add_job('queue.ping', '{}'::json, run_at := now() + interval '1 hour')`;
  const text = await (await ask(`Bearer ${token}`)).text();
  const value = (name: string) =>
    Number(new RegExp(`^${name.replace(/[{}]/g, "\\$&")} (.+)$`, "m").exec(text)?.[1]);
  expect(value("tallystick_database_up")).toBe(1);
  expect(value('tallystick_jobs{state="due"}')).toBe(1);
  expect(value('tallystick_jobs{state="later"}')).toBe(1);
  expect(value("tallystick_job_oldest_due_seconds")).toBeGreaterThanOrEqual(90);
  expect(value("tallystick_orders_placed_last_hour")).toBe(0);
  expect(value("tallystick_units_held")).toBe(0);
  expect(text).toMatch(/tallystick_pool_connections\{app="tallystick[\w-]*",state="\w+"\} \d/);
  expect(value("tallystick_pool_size")).toBeGreaterThan(0);
});

test("every metric says once what it is, and its rows stand below that", async () => {
  const text = await (await ask(`Bearer ${token}`)).text();
  const seen = new Set<string>();
  for (const block of text.split(/^(?=# HELP )/m)) {
    const [, name = "", type = ""] =
      /^# HELP (\w+) [A-Z].*\.\n# TYPE \1 (counter|gauge|histogram|summary)\n/.exec(block) ?? [];
    expect(name, block).not.toBe("");
    expect(seen, name).not.toContain(name);
    seen.add(name);
    const parts = type === "histogram" ? "_(?:bucket|sum|count)" : "";
    for (const row of block.trim().split("\n").slice(2))
      expect(row).toMatch(new RegExp(`^${name}${parts}(?:\\{[^}]+\\})? [\\d.e+-]+$`));
    expect(type === "counter", name).toBe(name.endsWith("_total"));
    expect(/quantile=/.test(block), name).toBe(type === "summary");
  }
  expect(seen.size).toBeGreaterThan(15);
});
