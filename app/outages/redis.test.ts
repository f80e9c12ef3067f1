/** While Redis is away: shoppers buy and staff save, a server keeps nothing for longer than a second, and news wait. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { type Line, startLine } from "@/db/testing/line";
import { jobsAtRest, runJobs } from "@/db/testing/orders";
import { buyForCash, orderPage } from "@/db/testing/shopping";
import { editProduct } from "@/lib/actions/admin/catalog";
import { Follower } from "@/lib/caching/log.mjs";
import { connectRedis } from "@/lib/caching/redis.mjs";
import { log } from "@/lib/log";
import { hasRedis, NO_REDIS, startRedis, type TestRedis } from "@/scripts/testing/redis";
import CategoryRoute from "../(shop)/c/[...category]/page";
import HomePage from "../(shop)/page";
import AdminProduct from "../admin/products/[id]/page";

if (!hasRedis) console.warn(`app/outages: ${NO_REDIS}`);

/** However slow the machine is. */
const LONG = { timeout: 30_000 };
let world: Cast;
let redis: TestRedis | undefined;
let line: Line;
beforeAll(async () => {
  if (hasRedis) redis = await startRedis();
  line = await startLine(Number(new URL(redis?.url ?? "redis://127.0.0.1:1").port));
  await line.cut();
  process.env.REDIS_URL = `redis://127.0.0.1:${line.port}`;
  world = await cast();
});
afterAll(async () => {
  await line.cut();
  await redis?.kill();
});

const waiting = async () => {
  const [row] = await sql`select (select count(*)::int from cache_expiries) as tags,
    (select count(*)::int from graphile_worker.jobs where task_identifier = 'cache.expire') as jobs`;
  return row;
};

it("the shop is looked at and bought from", async () => {
  await comeAs(null);
  expect(wordsOf(await pageOf(HomePage as unknown as Page))).toContain("Mug One");
  const category = await pageOf(CategoryRoute as unknown as Page, {}, { category: ["objects"] });
  expect(wordsOf(category)).toContain("Mug One");
  const bought = await buyForCash(world.mug.variantIds[0] ?? "", "Mug One", "nora@example.com");
  expect(wordsOf(await orderPage(bought))).toContain("Thank you. It is ordered");
});

it("a server keeps what it has drawn for a second, for others may have changed it since", async () => {
  // As the server loads it, with REDIS_URL.
  const { default: cache } = await import("@/lib/caching/data-cache.mjs");
  const keep = async (key: string, ageMs: number) => {
    const value = new Blob(["drawn"]).stream() as ReadableStream<Uint8Array>;
    const timestamp = performance.timeOrigin + performance.now() - ageMs;
    await cache.set(
      key,
      Promise.resolve({ value, tags: ["home"], timestamp, stale: 300, revalidate: 3_600, expire: 86_400 }),
    );
    return (await cache.get(key)) !== undefined;
  };
  expect(await keep("now", 0)).toBe(true);
  expect(await keep("before", 1_001)).toBe(false);
});

it("a change by a form of the back office is saved, and what it makes stale waits", async () => {
  const refused = vi.spyOn(log, "error").mockImplementation(() => {});
  await comeAs(world.id.line);
  const html = await pageOf(AdminProduct, {}, { id: world.mug.id });
  expect(await sendForm(html, "In search engines", editProduct, { name: "Mug Two" })).toHaveProperty("to");
  await runJobs();
  refused.mockRestore();
  await jobsAtRest();
  expect(wordsOf(await pageOf(HomePage as unknown as Page))).toContain("Mug Two");
  expect(await waiting()).toEqual({ tags: expect.toSatisfy((n) => n > 0), jobs: 1 });
});

it.runIf(hasRedis)("once it is back every server hears of it", async () => {
  await line.mend();
  const heard: string[] = [];
  const server = new Follower((tags) => heard.push(...tags));
  const client = await connectRedis(redis?.url ?? "");
  await expect.poll(() => client.isReady, LONG).toBe(true);
  await server.readOn(client, false);
  await sql`update graphile_worker._private_jobs set run_at = now()`;
  await runJobs();
  expect(await waiting()).toEqual({ tags: 0, jobs: 0 });
  await server.readOn(client, false);
  client.destroy();
  expect(heard).toContain(`product:${world.mug.id}`);
});
