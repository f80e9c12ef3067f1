import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FILTER_KEYS, filteredTwin, isDynamicPath, isUnlisted } from "./routes";
import { DYNAMIC_SEGMENTS } from "./segments.mjs";

const proxy = readFileSync(new URL("../../proxy.ts", import.meta.url), "utf8");

test("the matcher of proxy.ts names the same pages and keys as the list", () => {
  expect(/"\/\(([^)]*)\)\/:path\*"/.exec(proxy)?.[1]?.split("|")).toEqual([...DYNAMIC_SEGMENTS]);
  const keys = [...proxy.matchAll(/source: "\/c\/:path\*", has: \[\{ type: "query", key: "(\w+)"/g)];
  expect(keys.map(([, key]) => key)).toEqual([...FILTER_KEYS]);
});

test("cached pages are not dynamic, personal ones are", () => {
  for (const path of ["/", "/c/prints", "/p/mug", "/p/mug/MUG-1", "/cartography"])
    expect(isDynamicPath(path)).toBe(false);
  for (const path of ["/cart", "/checkout/payment", "/orders/MR-1", "/admin"])
    expect(isDynamicPath(path)).toBe(true);
});

test("a filtered category has a twin, an address with a campaign in it has not", () => {
  expect(filteredTwin("/c/textiles/cushions", new URLSearchParams("sort=price"))).toBe(
    "/browse/textiles/cushions",
  );
  expect(filteredTwin("/c/textiles", new URLSearchParams("utm_source=mail"))).toBeUndefined();
  expect(filteredTwin("/p/mug", new URLSearchParams("sort=price"))).toBeUndefined();
});

test("search engines leave out what is personal, and find the way to write to us", () => {
  for (const path of ["/cart", "/orders/MR-1", "/search", "/admin"]) expect(isUnlisted(path)).toBe(true);
  for (const path of ["/contact", "/", "/p/mug", "/about"]) expect(isUnlisted(path)).toBe(false);
});
