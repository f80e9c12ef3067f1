import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasRedis, NO_REDIS, startRedis, type TestRedis } from "@/scripts/testing/redis";
import { sharing } from "./data-cache.mjs";
import { announce } from "./log.mjs";
import { Shared } from "./shared.mjs";

if (!hasRedis) console.warn(`lib/caching: ${NO_REDIS}`);

let redis: TestRedis;
beforeAll(async () => {
  if (hasRedis) redis = await startRedis();
});
afterAll(() => redis?.kill());

/** One instance's half of a shop. In one process both see the same memory of tags, so what each trusts is asked. */
async function instance(): Promise<Shared> {
  const made = new Shared();
  void made.run(redis.url);
  await heard(made);
  return made;
}

/** When it listens, and what is made from now on counts by both clocks that Next writes into what it keeps. */
async function heard(one: Shared, tags: readonly string[] = []): Promise<void> {
  const now = () => Math.min(Date.now(), performance.timeOrigin + performance.now());
  await until(() => one.isListening && now() > one.goodSince(tags));
}

/** Kept, though a busy machine may let Redis miss the moment that a page waits for it. */
async function keeps(one: Shared, key: string, tags: readonly string[]): Promise<void> {
  await until(async () => {
    await one.put(key, tags, Date.now(), page);
    return (await one.get(key)) !== undefined;
  });
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(10);
}

const page = { lastModified: 1, value: { kind: "APP_PAGE", html: "<p>", segmentData: new Map() } };

test.runIf(hasRedis)("what one made another has, until its tag expires anywhere", async () => {
  const [one, other] = [await instance(), await instance()];
  await keeps(one, "page:b1:/p/ring", ["product:1"]);
  await until(async () => (await other.get("page:b1:/p/ring")) !== undefined);
  expect((await other.get("page:b1:/p/ring"))?.entry).toEqual(page);
  expect(await other.get("page:b2:/p/ring")).toBeUndefined();
  await announce(redis.url, ["product:1"]);
  await until(async () => (await other.get("page:b1:/p/ring")) === undefined);
  await until(async () => (await one.get("page:b1:/p/ring")) === undefined);
});

test.runIf(hasRedis)(
  "a Redis that is slow to take a record has it from the worker all the same",
  async () => {
    const one = await instance();
    const slow = createServer((near) => {
      const far = connect(Number(new URL(redis.url).port), "127.0.0.1");
      far.on("error", () => {}).pipe(near);
      // Longer than a page would wait.
      near.on("data", (bytes) => setTimeout(() => far.write(bytes), 400));
      near.on("error", () => {}).on("close", () => far.destroy());
    });
    await new Promise<void>((done) => slow.listen(0, "127.0.0.1", done));
    await keeps(one, "page:b1:/p/slow", ["product:6"]);
    await announce(`redis://127.0.0.1:${(slow.address() as AddressInfo).port}`, ["product:6"]);
    await until(async () => (await one.get("page:b1:/p/slow")) === undefined);
    slow.close();
  },
);

test.runIf(hasRedis)("what changed while it was made is not kept", async () => {
  const one = await instance();
  const begun = Date.now() - 5;
  await one.expire(["product:2"]);
  await one.put("page:b1:/p/two", ["product:2"], begun, page);
  expect(await one.get("page:b1:/p/two")).toBeUndefined();
  await heard(one, ["product:2"]);
  await keeps(one, "page:b1:/p/two", ["product:2"]);
});

test.runIf(hasRedis)(
  "a Redis that hangs or is gone costs a moment; what was there before is not believed after",
  async () => {
    const one = await instance();
    await keeps(one, "page:b1:/p/three", ["product:3"]);
    const before = Date.now();
    redis.freeze();
    await one.expire(["product:4"]);
    await until(() => !one.isListening);
    expect(await one.get("page:b1:/p/three")).toBeUndefined();
    expect(one.trusts(Date.now() - 5_000)).toBe(false);
    expect(one.trusts(Date.now())).toBe(true);
    redis.resume();
    await until(() => one.isListening);
    expect(await one.get("page:b1:/p/three")).toBeUndefined();
    expect(one.trusts(before)).toBe(false);
    await redis.kill();
    await until(() => !one.isListening);
    await redis.startAgain();
    await heard(one);
    await keeps(one, "page:b1:/p/three", ["product:3"]);
  },
);

test.runIf(hasRedis)("a cached read made by one is served by another, and again from memory", async () => {
  const [one, other] = [sharing(await instance()), sharing(await instance())];
  const entry = (text: string) => ({
    value: new Blob([text]).stream() as ReadableStream<Uint8Array>,
    tags: ["product:5"],
    timestamp: performance.timeOrigin + performance.now(),
    stale: 300,
    revalidate: 3_600,
    expire: 86_400,
  });
  const read = async (from: typeof one) => {
    const found = await from.get("[b1,f,5]");
    return found && (await new Response(found.value).text());
  };
  await one.set("[b1,f,5]", Promise.resolve(entry("first")));
  expect(await read(other)).toBe("first");
  expect(await read(other)).toBe("first");
  await one.updateTags(["product:5"]);
  await pause(3);
  expect(await read(one)).toBeUndefined();
  await until(async () => (await read(other)) === undefined);
});
