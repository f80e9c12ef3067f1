import { expect, test } from "vitest";
import { isFromBefore, stamp } from "./cache-handler.mjs";

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
