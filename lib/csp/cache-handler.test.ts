import { expect, test } from "vitest";
import { setExpired } from "../caching/tags.mjs";
import PolicyCache, { isFromBefore, stamp } from "./cache-handler.mjs";

const html = '<script>self.__next_f.push([1,"a"])</script>';

test("a finished page is stamped, whatever policy it was stored with", () => {
  const entry = { kind: "APP_PAGE", html, headers: { "content-security-policy": "old", "x-other": "stays" } };
  stamp(entry);
  expect(entry.headers["content-security-policy"]).toMatch(/script-src 'self' 'sha256-/);
  expect(entry.headers["x-other"]).toBe("stays");
});

test("a page that is finished per request, and what is no page, are left alone", () => {
  const postponed = { kind: "APP_PAGE", html, postponed: "state", headers: {} };
  const route = { kind: "APP_ROUTE", html, headers: {} };
  for (const entry of [postponed, route]) {
    stamp(entry);
    expect(entry.headers).toEqual({});
  }
  stamp(null);
});

test("a page of shop data from before this process is rendered anew", () => {
  const page = (tags: string) => ({ kind: "APP_PAGE", html, headers: { "x-next-cache-tags": tags } });
  expect(isFromBefore({ value: page("_N_T_/layout,product:1"), lastModified: 1 })).toBe(true);
  expect(isFromBefore({ value: page("_N_T_/layout,product:1"), lastModified: Date.now() + 1 })).toBe(false);
  expect(isFromBefore({ value: page("_N_T_/layout"), lastModified: 1 })).toBe(false);
  expect(isFromBefore(null)).toBe(false);
  const shell = { ...page("_N_T_/cart/page,categories"), postponed: "state" };
  expect(isFromBefore({ value: shell, lastModified: 1 })).toBe(true);
});

test("a page whose subject changed while it was rendered is not kept", async () => {
  const absent = async () => {
    throw new Error("there is no such file");
  };
  const pages = new PolicyCache({
    fs: { readFile: absent, stat: absent, existsSync: () => false },
    flushToDisk: false,
    maxMemoryCacheSize: 1_000_000,
    serverDistDir: "/nowhere",
    revalidatedTags: [],
  });
  const context = { kind: "APP_PAGE", isFallback: false, isRoutePPREnabled: false };
  const render = (tags: string) => ({
    kind: "APP_PAGE",
    html,
    headers: { "x-next-cache-tags": tags },
    status: 200,
  });
  const life = { cacheControl: { revalidate: 3_600, expire: 86_400 } };
  const look = (key: string) => pages.get(key, context);
  for (const key of ["/p/ring", "/p/other"]) expect(await look(key)).toBeNull();
  const changed = Date.now() + 1;
  setExpired("product:ring", changed);
  await pages.set("/p/ring", render("product:ring"), life);
  await pages.set("/p/other", render("product:other"), life);
  // The next rendering begins after the change: by the clock, because a timer may come a little early.
  while (Date.now() <= changed) await new Promise((next) => setTimeout(next, 1));
  expect(await look("/p/ring")).toBeNull();
  expect((await look("/p/other"))?.value?.headers).toHaveProperty("content-security-policy");
  await pages.set("/p/ring", render("product:ring"), life);
  expect(await look("/p/ring")).not.toBeNull();
});

test("a page that is not there is kept in memory alone: any number of them may be asked for", async () => {
  const written: string[] = [];
  const pages = new PolicyCache({
    fs: {
      mkdir: async () => {},
      writeFile: async (path: string) => written.push(path),
      existsSync: (path: string) => written.includes(path),
    },
    flushToDisk: true,
    maxMemoryCacheSize: 1_000_000,
    serverDistDir: "/nowhere",
    revalidatedTags: [],
  });
  const context = { kind: "APP_PAGE", isFallback: false, isRoutePPREnabled: true };
  const page = (status: number) => ({ kind: "APP_PAGE", html, headers: {}, status });
  await pages.set("/p/nowhere", page(404), {});
  expect(written).toEqual([]);
  expect((await pages.get("/p/nowhere", context))?.value?.status).toBe(404);
  await pages.set("/p/here", page(200), {});
  const once = written.length;
  expect(once).toBeGreaterThan(0);
  // Or the page that was there would come back from the disk.
  await pages.set("/p/here", page(404), {});
  expect(written.length).toBe(2 * once);
});

test("the empty shell of a personal page is read from the disk once", async () => {
  let reads = 0;
  const readFile = async (path: string) => {
    reads += 1;
    return path.endsWith(".meta") ? JSON.stringify({ postponed: "state", headers: {} }) : "";
  };
  const pages = new PolicyCache({
    fs: { readFile, stat: async () => ({ mtime: new Date() }), existsSync: () => true },
    flushToDisk: false,
    maxMemoryCacheSize: 0,
    serverDistDir: "/nowhere",
    revalidatedTags: [],
  });
  // Next does not keep in memory what the build left for a page like this.
  Object.assign(Object.getPrototypeOf(PolicyCache), { memoryCache: undefined });
  const context = { kind: "APP_PAGE", isFallback: false, isRoutePPREnabled: true };
  expect(await pages.get("/orders/mine", context)).toBeNull();
  const first = reads;
  expect(first).toBeGreaterThan(0);
  expect(await pages.get("/orders/mine", context)).toBeNull();
  expect(reads).toBe(first);
});
