import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "redis";
import { afterAll, expect, test } from "vitest";
import { hasRedis, NO_REDIS, startRedis } from "@/scripts/testing/redis";

if (!hasRedis) console.warn(`lib/csp: ${NO_REDIS}`);

const folder = mkdtempSync(join(tmpdir(), "pages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(hasRedis)(
  "of pages that are not there only those go to Redis that were there before",
  async () => {
    mkdirSync(join(folder, "server"));
    writeFileSync(join(folder, "BUILD_ID"), "b1");
    const redis = await startRedis();
    const client = await createClient({ url: redis.url }).connect();
    process.env.REDIS_URL = redis.url;
    // Read when it is loaded: whether there are others to share with.
    const { default: PolicyCache } = await import("./cache-handler.mjs");
    const pages = new PolicyCache({
      fs: { existsSync: () => false },
      flushToDisk: true,
      maxMemoryCacheSize: 1_000_000,
      serverDistDir: join(folder, "server"),
      revalidatedTags: [],
    });
    const page = (status: number) => ({ kind: "APP_PAGE", html: "<p>", headers: {}, status });
    const kept = () => client.keys("tallystick:page:*");
    const { shared } = await import("../caching/shared.mjs");
    while (!shared?.isListening) await pause(10);

    // A busy machine may let Redis miss the moment that a page waits for it.
    while ((await kept()).length === 0) await pages.set("/p/here", page(200), {});
    await pages.set("/p/nowhere", page(404), {});
    expect(await kept()).toEqual(["tallystick:page:b1:/p/here"]);
    const status = async () => (await shared.get("page:b1:/p/here"))?.entry.value.status;
    while ((await status()) !== 404) await pages.set("/p/here", page(404), {});
    expect(await kept()).toEqual(["tallystick:page:b1:/p/here"]);

    await client.close();
    await redis.kill();
  },
);
