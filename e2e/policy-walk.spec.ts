/** Every page of the code in a browser, as everybody who may see it: there, no violation, no error, hydrated, all headers. */
import type { BrowserContext, Page } from "@playwright/test";
import postgres from "postgres";
import { alertKey } from "@/lib/alert-link";
import { cartKey } from "@/lib/cart-key";
import { DYNAMIC_SEGMENTS } from "@/lib/csp/segments.mjs";
import { doorOf, newPerson } from "./authorisation/person";
import { type Place, pages, routes, type Sees } from "./authorisation/places";
import { base, post, someAddress } from "./authorisation/sending";
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

/** Pages that lead on, for those who walk here: where to, and why. */
const LEADS_ON: Readonly<Record<string, { to: (world: World) => string; why: string }>> = {
  "/checkout": { to: () => "/cart", why: "there is nothing in the cart" },
  "/checkout/delivery": { to: () => "/cart", why: "there is nothing in the cart" },
  "/checkout/payment": { to: () => "/cart", why: "there is nothing in the cart" },
  "/orders/[number]/payment": { to: ({ number }) => `/orders/${number}`, why: "it is paid" },
  "/sign-in/code": { to: () => "/account", why: "whoever is signed in has given it" },
};

interface Step {
  readonly address: string;
  /** The path that one ends at; undefined where nobody is let in, and the answer is a refusal. */
  readonly end: string | undefined;
}
const pathOf = (address: string) => new URL(address, base).pathname;

/** The pages of one walker; the back office once more as an admin, who sees more of it. */
function wayOf(who: Walker, world: World): Step[] {
  return Object.entries(pages).flatMap(([pattern, line]) => {
    const place: Place =
      typeof line === "object" && "address" in line ? line : { sees: line, address: () => pattern };
    const address = place.address(world);
    if (address.includes("[") || address.includes(NOWHERE)) return [];
    const walks = walkerOf(place.sees) === who || (who === "admin" && place.sees === "staff");
    const end = LEADS_ON[pattern]?.to(world) ?? pathOf(address);
    return walks ? [{ address, end: place.sees === "nobody" ? undefined : end }] : [];
  });
}

const faultsOf = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(HEADERS).flatMap(([name, right]) =>
    right.test(headers[name] ?? "") ? [] : [`${name}: ${headers[name]}`],
  );

/** Rendered for one person and one request: nobody may keep it. */
const isPersonal = (address: string) =>
  (DYNAMIC_SEGMENTS as readonly string[]).includes(pathOf(address).split("/")[1] ?? "");

/** Opens a page once; answers what is wrong with it. */
async function look(page: Page, { address, end }: Step): Promise<string[]> {
  const answer = await page.goto(address);
  const headers = (await answer?.allHeaders()) ?? {};
  const policy = headers["content-security-policy"] ?? "";
  const wrong = faultsOf(headers);
  if (!SCRIPTS.test(policy) || policy.includes("unsafe-eval")) wrong.push(`scripts: ${policy.slice(0, 120)}`);
  for (const part of REST) if (!policy.includes(part)) wrong.push(`no ${part}`);
  if (end && answer?.status() !== 200) wrong.push(`answered ${answer?.status()}`);
  if (end && isPersonal(address) && !/private.*no-store/.test(headers["cache-control"] ?? ""))
    wrong.push(`may be kept: ${headers["cache-control"]}`);
  // React has taken over what the server sent: each of its elements knows its component.
  const isAlive = () =>
    page.evaluate(() =>
      Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactFiber")),
    );
  await expect.poll(isAlive, { message: `${address} is hydrated`, timeout: 15_000 }).toBe(true);
  const isEnd = () => new URL(page.url()).pathname === end;
  // Some lead on by script, once they are hydrated.
  if (end && end !== pathOf(address))
    await expect.poll(isEnd, { message: `${address} leads on to ${end}`, timeout: 15_000 }).toBe(true);
  if (end && !isEnd()) wrong.push(`led to ${page.url()}`);
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
    for (const step of way) {
      const before = faults.seen.length;
      wrong.push(...(await look(page, step)));
      wrong.push(
        ...faults.seen
          .slice(before)
          .filter((fault) => !/status of 404/.test(fault))
          .map((fault) => `${step.address}: ${fault}`),
      );
    }
    expect(wrong).toEqual([]);
    test.info().annotations.push({ type: "pages", description: String(way.length) });
  });
}

test("nobody forgot a page: each is walked by somebody", async () => {
  const { world } = await openWorld();
  const walked = new Set(WALKERS.flatMap((who) => wayOf(who, world).map(({ address }) => address)));
  const left = Object.entries(pages).flatMap(([pattern, line]) => {
    const address = typeof line === "object" && "address" in line ? line.address(world) : pattern;
    return walked.has(address) ? [] : [pattern];
  });
  expect(left).toEqual([]);
});

/** The token of a list of wishes that somebody shares, and the id of their cart. */
async function somebodysThings(): Promise<{ token: string; cart: string }> {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    const [piece] = await sql<{ id: string }[]>`
      select v.id from variants v join products p on p.id = v.product_id join inventory i on i.variant_id = v.id
      where p.status = 'active' and v.is_active and i.on_hand - i.reserved > 5 order by v.id limit 1`;
    const variantId = piece?.id ?? "";
    const { email, cookie } = await newPerson();
    await post(doorOf("wishlist.ts#toggleWishlist"), { variantId }, { cookie });
    await post(doorOf("wishlist.ts#shareWishlist"), {}, { cookie });
    await post(doorOf("cart.ts#addToCart"), { variantId, quantity: "1" }, { cookie });
    const [things] = await sql<{ token: string; cart: string }[]>`
      select w.share_token as token, c.id as cart from users u join wishlists w on w.user_id = u.id
        join carts c on c.user_id = u.id and c.status = 'active' where u.email = ${email}`;
    if (!things) throw new Error("nothing was kept");
    return things;
  } finally {
    await sql.end();
  }
}

test("what a key opens, opened by its key: the same, and no other site learns the address", async ({
  page,
  faults,
}) => {
  const { world, cookies } = await openWorld();
  const { alert, number } = world;
  const { cart, token } = await somebodysThings();
  const byKey = {
    "/alerts/[id]": [`/alerts/${alert}?key=${alertKey(alert)}`, "What you wait to hear"],
    "/cart/open": [`/cart/open?cart=${cart}&key=${cartKey(cart)}`, "A cart that waits"],
    "/cart/reminders": [`/cart/reminders?cart=${cart}&key=${cartKey(cart)}`, "No more reminders?"],
    "/wishlist/[token]": [`/wishlist/${token}`, "A shared wishlist"],
  } as const;
  const onlyByKey = Object.keys(pages).filter((pattern) => {
    const line = pages[pattern];
    return typeof line === "object" && "sees" in line && line.sees === "nobody";
  });
  expect(Object.keys(byKey).sort()).toEqual(onlyByKey.sort());
  const wrong: string[] = [];
  for (const [address, title] of Object.values(byKey)) {
    wrong.push(...(await look(page, { address, end: pathOf(address) })));
    await expect(page.getByRole("heading", { level: 1 }), address).toHaveText(title);
  }
  expect([...wrong, ...faults.seen]).toEqual([]);

  const below = ["", "/address", "/invoice", "/payment", "/return"];
  const keyed = [
    ...Object.values(byKey).map(([address]) => address),
    ...["/reset-password?token=of-a-mail", "/verify-email?token=of-a-mail"],
    ...below.map((end) => `/orders/${number}${end}`),
  ];
  for (const address of keyed) {
    const answer = await fetch(base + address, {
      headers: { cookie: cookies.customer, "x-forwarded-for": someAddress() },
    });
    expect(answer.headers.get("cache-control"), address).toMatch(/private.*no-store/);
    expect(await answer.text(), address).toMatch(/<meta name="referrer" content="same-origin"\/?>/);
  }
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
