import { describe, expect, test, vi } from "vitest";
import {
  buildPolicy,
  hashPolicy,
  isFrameworkScript,
  joinFlight,
  noncePolicy,
  scriptHashes,
  sha256,
} from "./policy.mjs";

const chunk = 'self.__next_f.push([1,"0:{}\\n"])';

describe("which inline scripts are blessed", () => {
  test.each([
    "(self.__next_f=self.__next_f||[]).push([0])",
    chunk,
    'self.__next_f.push([1,"</script\\u003e text"])',
    '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":[]});',
    "requestAnimationFrame(function(){$RT=performance.now()});",
    '$RC("B:0","S:0")',
  ])("%s", (script) => expect(isFrameworkScript(script)).toBe(true));

  test.each([
    "alert(1)",
    "self.__next_f.push([1,alert(1)])",
    'self.__next_f.push([1,"a"]);alert(1)',
    'self.__next_f.push([1,"a"]),alert(1),([1])',
    "self.__next_f.push([1,`a`])",
    '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"a":alert(1)});',
    'alert(1);$RC("B:0","S:0")',
    '$RC("B:0","S:0");alert(1)',
  ])("not %s", (script) => expect(isFrameworkScript(script)).toBe(false));
});

test("a script that is not the framework's gets no hash, and the log says so", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const html = `<script src="/a.js"></script><script type="application/ld+json">{}</script><script nonce="x">${chunk}</script><script>${chunk}</script><script>alert(1)</script>`;
  expect(scriptHashes(html)).toEqual([`'sha256-${sha256(chunk)}'`]);
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});

test("no policy lets inline scripts run, evaluates strings or trusts what a script loads", () => {
  for (const policy of [hashPolicy(`<script>${chunk}</script>`), noncePolicy("abc"), buildPolicy([])]) {
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
    expect(scripts).not.toMatch(/unsafe|strict-dynamic|\*|https?:/);
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain(",");
  }
});

test("real Stripe keys open Stripe's hosts, the sandbox does not", () => {
  const keys = { STRIPE_PUBLISHABLE_KEY: "pk_test_x" };
  expect(buildPolicy([], keys)).toMatch(
    /script-src 'self' https:\/\/js\.stripe\.com.*frame-src 'self' https:\/\/js/,
  );
  expect(buildPolicy([], { ...keys, SANDBOX_URL: "http://127.0.0.1:3901" })).not.toContain("stripe");
  expect(buildPolicy([], { AUTH_GITHUB_ID: "x" })).toContain("form-action 'self' https://github.com");
});

test("scripts of page data are joined into one, and only they", () => {
  const push = (text: string) => `self.__next_f.push(${JSON.stringify([1, text])})`;
  const tricky = 'a]);self.__next_f.push([1,"b"]) "quoted" \\ end';
  const html = `<p>x</p><script>${push("one")}</script><script>${push(tricky)}</script><script>${push("three")}</script>`;
  const joined = joinFlight(html);
  expect(joined).toBe(`<p>x</p><script>${[push("one"), push(tricky), push("three")].join(";")}</script>`);
  expect(scriptHashes(joined)).toHaveLength(1);
  expect(joinFlight(joined)).toBe(joined);
});

test("a script that only begins like page data is never blessed", () => {
  const evil = [
    'self.__next_f.push([1,"a"]);alert(1)',
    'self.__next_f.push([1,"a"],alert(1))',
    'self.__next_f.push([1,"a"]);self.__next_f.push([1,alert(1)])',
    'self.__next_f.push([1,"a"]);',
    "self.__next_f.push([alert(1),2])",
  ];
  for (const body of evil) expect(isFrameworkScript(body), body).toBe(false);
  const beside = `<script>self.__next_f.push([1,"a"])</script><script>self.__next_f.push(alert(1))</script>`;
  expect(joinFlight(beside)).toBe(beside);
});
