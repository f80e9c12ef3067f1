import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isBuilt, sourceHash } from "./build";
import { checkVersion, unreachable } from "./database";
import { asProblem, Problem } from "./problem";
import { addressOf, claim, isClaimed, release, remember } from "./run-folder";
import { readSecrets } from "./secrets";
import { readSettings } from "./settings";

const folder = mkdtempSync(join(tmpdir(), "tallystick launcher "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = {
  STRIPE_SECRET_KEY: "sk_test_1",
  STRIPE_PUBLISHABLE_KEY: "pk_test_1",
  STRIPE_WEBHOOK_SECRET: "whsec_1",
};

test("a half set of keys, mixed modes and a wrong port are each told in one sentence", () => {
  expect(() => readSettings({ ...keys, STRIPE_WEBHOOK_SECRET: "" })).toThrow(
    /STRIPE_WEBHOOK_SECRET is not: set all three/,
  );
  expect(() => readSettings({ ...keys, STRIPE_SECRET_KEY: "sk_live_1" })).toThrow(/not of the same mode/);
  expect(() => readSettings({ PORT: "abc" })).toThrow(/PORT must be a number from 1 to 65535/);
  expect(readSettings(keys).stripe?.secretKey).toBe("sk_test_1");
  expect(readSettings({}).stripe).toBeUndefined();
});

test("the sandbox is refused on a public address, unless it is told", () => {
  const SITE_URL = "https://shop.example";
  expect(() => readSettings({ SITE_URL })).toThrow(/set the three Stripe keys, or ALLOW_SANDBOX=1/);
  expect(readSettings({ SITE_URL, ALLOW_SANDBOX: "1" }).stripe).toBeUndefined();
  expect(readSettings({ SITE_URL, ...keys }).stripe).toBeDefined();
  for (const near of [
    "http://localhost:3000",
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
    "http://shop.localhost",
  ]) {
    expect(readSettings({ SITE_URL: near }).siteUrl).toBe(near);
  }
});

test("other people's browsers are refused without https, unless it is told", () => {
  const SITE_URL = "http://shop.example";
  expect(() => readSettings({ SITE_URL, ...keys })).toThrow(/SITE_URL is not https/);
  expect(readSettings({ SITE_URL, ...keys, ALLOW_HTTP: "1" }).siteUrl).toBe(SITE_URL);
});

test("PostgreSQL 14 is refused, 15 is not", () => {
  expect(() => checkVersion(140_012)).toThrow(/PostgreSQL 14 and the shop needs 15/);
  expect(() => checkVersion(150_000)).not.toThrow();
});

test("what a failed connection means, without the password", () => {
  const url = "postgres://shop:hunter2@db.example:5432/shop";
  const say = (code: string) => String(unreachable(Object.assign(new Error("x"), { code }), url));
  expect(say("ECONNREFUSED")).toMatch(/db\.example:5432 cannot be reached/);
  expect(say("28P01")).toMatch(/refuses the user shop/);
  expect(say("3D000")).toMatch(/createdb shop/);
  for (const code of ["ECONNREFUSED", "28P01", "3D000"]) expect(say(code)).not.toContain("hunter2");
});

test("a full disk is recognised through wrapped errors; a bug stays a bug", () => {
  const cause = new Error("could not extend file: No space left on device");
  expect(asProblem(new Error("Failed query", { cause }), "/data")).toBeInstanceOf(Problem);
  const bug = new TypeError("x is undefined");
  expect(asProblem(bug, "/data")).toBe(bug);
});

test("secrets are made once, stay, and only their owner may read them", () => {
  const first = readSecrets(folder, {});
  chmodSync(join(folder, "secrets.json"), 0o644);
  expect(readSecrets(folder, {})).toEqual(first);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(readSecrets(folder, { AUTH_SECRET: "from outside" }).AUTH_SECRET).toBe("from outside");
  expect(readFileSync(join(folder, "secrets.json"), "utf8")).not.toContain("from outside");
});

test("one launcher to a data folder; a note about a process that is gone or another one counts for nothing", () => {
  claim(folder, "http://localhost:1");
  expect(isClaimed(folder)).toBe(true);
  remember(folder, "web", process.pid, { url: "http://localhost:1" });
  expect(addressOf(folder, "web")).toBe("http://localhost:1");
  writeFileSync(
    join(folder, "run", "web.json"),
    JSON.stringify({ pid: process.pid, born: "earlier", about: {} }),
  );
  expect(addressOf(folder, "web")).toBeUndefined();
  // Under another boot id (systemd's hardening in a container shows one) the moment and the program tell.
  const [, since = ""] = /\(.*\) .(?: \S+){18} (\d+)/.exec(readFileSync("/proc/self/stat", "utf8")) ?? [];
  for (const [born, found] of [
    [`another-boot:${since}`, "http://localhost:1"],
    [`another-boot:${since}1`, undefined],
  ] as const) {
    const about = { url: "http://localhost:1" };
    writeFileSync(join(folder, "run", "web.json"), JSON.stringify({ pid: process.pid, born, about }));
    expect(addressOf(folder, "web")).toBe(found);
  }
  writeFileSync(join(folder, "run", "launcher.json"), JSON.stringify({ pid: process.ppid, born: "earlier" }));
  expect(() => claim(folder, "http://localhost:2")).not.toThrow();
  release(folder);
  expect(isClaimed(folder)).toBe(false);
});

test("a build is fresh until the source changes; tests are not source", () => {
  const root = join(folder, "clone");
  mkdirSync(join(root, "app"), { recursive: true });
  mkdirSync(join(root, ".next"));
  writeFileSync(join(root, "app", "page.tsx"), "1");
  expect(isBuilt(root, ".next")).toBe(false);
  writeFileSync(join(root, ".next", "source-hash"), sourceHash(root));
  writeFileSync(join(root, "app", "page.test.tsx"), "1");
  expect(isBuilt(root, ".next")).toBe(true);
  writeFileSync(join(root, "app", "page.tsx"), "2");
  expect(isBuilt(root, ".next")).toBe(false);
});
