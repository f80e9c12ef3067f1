/** Every page of the code in a browser, as everybody who may see it: no violation, no error, hydrated, all headers. */
import type { BrowserContext, Page } from "@playwright/test";
import { type Place, pages, routes, type Sees } from "./authorisation/places";
import { base, someAddress } from "./authorisation/sending";
import { type Identity, NOWHERE, openWorld, type World } from "./authorisation/world";
import { expect, test } from "./fixtures";

test.describe.configure({ timeout: 180_000 });

/** Headers that every answer of the shop has. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^(?:strict-origin-when-cross-origin|same-origin|no-referrer)$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\), geolocation=\(\), microphone=\(\)/,
  "strict-transport-security": /^max-age=31536000/,
};
const SCRIPTS = /script-src 'self'(?: '(?:sha256|nonce)-[^']+')*(?:;|$)/;
const REST = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
  "form-action 'self'",
];

/** Who sees a page first in this list walks it: what others see of it is the same. */
const WALKERS = ["guest", "customer", "owner", "admin"] as const;
type Walker = (typeof WALKERS)[number];
const first: Readonly<Record<string, Walker | undefined>> = {
  everybody: "guest",
  users: "customer",
  staff: "owner",
  admins: "admin",
  nobody: "guest",
};
const walkerOf = (sees: Sees): Walker | undefined =>
  typeof sees === "string" ? first[sees] : WALKERS.find((who) => (sees as readonly Identity[]).includes(who));

/** The pages of one walker; the back office once more as an admin, who sees more of it. */
function wayOf(who: Walker, world: World): string[] {
  return Object.entries(pages).flatMap(([pattern, line]) => {
    const place: Place =
      typeof line === "object" && "address" in line ? line : { sees: line, address: () => pattern };
    const address = place.address(world);
    if (address.includes("[") || address.includes(NOWHERE)) return [];
    const walks = walkerOf(place.sees) === who || (who === "admin" && place.sees === "staff");
    return walks ? [address] : [];
  });
}

const faultsOf = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(HEADERS).flatMap(([name, right]) =>
    right.test(headers[name] ?? "") ? [] : [`${name}: ${headers[name]}`],
  );

/** Opens a page once; answers what is wrong with it. */
async function look(page: Page, address: string): Promise<string[]> {
  const answer = await page.goto(address);
  const headers = (await answer?.allHeaders()) ?? {};
  const policy = headers["content-security-policy"] ?? "";
  const wrong = faultsOf(headers);
  if (!SCRIPTS.test(policy) || policy.includes("unsafe-eval")) wrong.push(`scripts: ${policy.slice(0, 120)}`);
  for (const part of REST) if (!policy.includes(part)) wrong.push(`no ${part}`);
  // React has taken over what the server sent: each of its elements knows its component.
  const isAlive = () =>
    page.evaluate(() =>
      Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactFiber")),
    );
  await expect.poll(isAlive, { message: `${address} is hydrated`, timeout: 15_000 }).toBe(true);
  return wrong.map((fault) => `${address}: ${fault}`);
}

async function enter(context: BrowserContext, cookie: string): Promise<void> {
  const [name = "", value = ""] = cookie.split("=", 2);
  if (name) await context.addCookies([{ name, value, url: base }]);
}

for (const who of WALKERS) {
  test(`walked as ${who}`, async ({ page, context, faults }) => {
    // What is walked as nobody's is not there, and says so with its status.
    faults.allow(/status of 404/);
    const { world, cookies } = await openWorld();
    await enter(context, cookies[who]);
    const way = wayOf(who, world);
    expect(way.length).toBeGreaterThan(10);
    const wrong: string[] = [];
    for (const address of way) {
      const before = faults.seen.length;
      wrong.push(...(await look(page, address)));
      wrong.push(
        ...faults.seen
          .slice(before)
          .filter((fault) => !/status of 404/.test(fault))
          .map((fault) => `${address}: ${fault}`),
      );
    }
    expect(wrong).toEqual([]);
    test.info().annotations.push({ type: "pages", description: String(way.length) });
  });
}

test("nobody forgot a page: each is walked by somebody", async () => {
  const { world } = await openWorld();
  const walked = new Set(WALKERS.flatMap((who) => wayOf(who, world)));
  const left = Object.entries(pages).flatMap(([pattern, line]) => {
    const address = typeof line === "object" && "address" in line ? line.address(world) : pattern;
    return walked.has(address) ? [] : [pattern];
  });
  expect(left).toEqual([]);
});

test("every route handler answers with the headers, whoever asks", async () => {
  const { world, cookies } = await openWorld();
  const wrong: string[] = [];
  for (const [route, line] of Object.entries(routes)) {
    const [method = "GET", pattern = ""] = route.split(" ");
    const address = typeof line === "object" && "address" in line ? line.address(world) : pattern;
    if (address.includes("[")) continue;
    for (const who of ["guest", "admin"] as const) {
      const answer = await fetch(base + address, {
        method,
        redirect: "manual",
        headers: { "x-forwarded-for": someAddress(), ...(cookies[who] && { cookie: cookies[who] }) },
      });
      await answer.arrayBuffer();
      // Also the refusals of the door, which are made before Next adds anything.
      const faults = faultsOf(Object.fromEntries(answer.headers));
      wrong.push(...faults.map((fault) => `${who} ${route}: ${fault}`));
      if (answer.status >= 500) wrong.push(`${who} ${route}: ${answer.status}`);
    }
  }
  expect(wrong).toEqual([]);
});
