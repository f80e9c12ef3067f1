/** Whom the door lets in: from which page, under which name, how often, and how many at once. */
import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import { ONE_ROUTE, PACES } from "./pace.mjs";
import { ask, oneDoorPerTest, open, own, step } from "./testing";

oneDoorPerTest();

test.each([
  ["another site", { origin: "https://evil.example" }],
  [
    "another site that forges the proxy's headers",
    {
      origin: "https://evil.example",
      host: "evil.example",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
    },
  ],
  ["the shop's name on another port", { origin: "https://shop.example:8443" }],
  ["the shop's name without https", { origin: "http://shop.example" }],
  ["a name that only begins like the shop's", { origin: "https://shop.example.evil.example" }],
  ["null, as sandboxed frames and data addresses send it", { origin: "null" }],
  ["null, told to be another site", { origin: "null", "sec-fetch-site": "cross-site" }],
  ["a neighbour below the same domain", { "sec-fetch-site": "same-site" }],
  ["nothing at all", {}],
] satisfies [string, Record<string, string>][])(
  "a form from %s is refused before anything reads it",
  async (_what, headers: Record<string, string>) => {
    await open();
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await ask("/account/profile", { method, headers });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain("nothing was done");
    }
    expect(step.seen.times).toBe(0);
  },
);

test("the shop's own forms come in, and so do the doors that have a key of their own", async () => {
  await open();
  const ways: [string, Record<string, string>][] = [
    ["/cart", own],
    ["/cart", { "sec-fetch-site": "same-origin" }],
    ["/api/stripe/webhook", {}],
    ["/api/cart/unsubscribe?cart=1", { origin: "https://mail.example" }],
    ["/api/alerts/stop", { origin: "null" }],
    ["/api/cache/expire", {}],
  ];
  for (const [path, headers] of ways) expect((await ask(path, { method: "POST", headers })).status).toBe(200);
  expect(step.seen.times).toBe(ways.length);
});

test.each([
  ["localhost:3000", true],
  ["127.0.0.1:3000", true],
  ["192.168.1.5:3000", true],
  ["[::1]:3000", true],
  ["kitchen.local", true],
  ["evil.example", false],
  ["localhost.evil.example:3000", false],
  ["127.0.0.1.evil.example", false],
])("a shop for this network, asked under the name %s", async (host, isOwn) => {
  await open({ siteUrl: "http://localhost:3000" });
  const answer = await ask("/cart", { method: "POST", headers: { host, origin: `http://${host}` } });
  expect(answer.status).toBe(isOwn ? 200 : 403);
});

test("what a client says about itself and the shop is put right", async () => {
  await open({ proxies: "loopback" });
  const forged = {
    "x-forwarded-for": "1.2.3.4, 203.0.113.9",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "gopher",
    "x-real-ip": "1.2.3.4",
    forwarded: "for=1.2.3.4;host=evil.example",
  };
  await ask("/", { headers: forged });
  expect(step.seen.headers).toMatchObject({
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "shop.example",
    "x-forwarded-proto": "https",
  });
  expect(step.seen.headers).not.toHaveProperty("x-real-ip");
  expect(step.seen.headers).not.toHaveProperty("forwarded");
});

test.each([
  ["forms of the cart", "/cart"],
  ["opening carts on products' pages", "/p/vase"],
  ["placing orders", "/checkout/payment"],
])(
  "one client too often, %s: 429 with Retry-After in each form, others and the doors for machines go on",
  async (_, path) => {
    await open();
    const from = { "x-forwarded-for": "203.0.113.9" };
    const burst = PACES.write?.burst ?? 0;
    const post = (more: Record<string, string> = {}) =>
      ask(path, { method: "POST", headers: { ...own, ...from, ...more } });
    for (let i = 0; i < burst; i += 1) await post();
    let answer = await post({ accept: "text/html" });
    // What it took to come here may have earned one or two more.
    for (let i = 0; i < burst && answer.status === 200; i += 1) answer = await post({ accept: "text/html" });
    expect(answer.status).toBe(429);
    expect(answer.headers["retry-after"]).toBe("1");
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    // Scripts get what a form shows: exactly this type, or Next tells its own sentence.
    const plain = await post({ accept: "text/x-component", "next-action": "x" });
    if (plain.status === 429)
      expect([plain.headers["content-type"], plain.text]).toEqual([
        "text/plain",
        expect.stringMatching(/^Refused: Very many/),
      ]);
    // Nothing of it came through.
    const before = step.seen.times;
    if ((await post()).status === 429) expect(step.seen.times).toBe(before);
    const other = { ...own, "x-forwarded-for": "203.0.113.9, 203.0.113.10" };
    expect((await ask(path, { method: "POST", headers: other })).status).toBe(200);
    expect((await ask("/api/stripe/webhook", { method: "POST", headers: from })).status).toBe(200);
    expect((await ask(path, { headers: from })).status).toBe(200);
  },
);

/** What a client is counted by, and a request of each kind at two routes. */
const WAYS = [
  ["file", "GET", "/media/vase.webp", "/_next/static/a.js"],
  ["page", "GET", "/p/vase", "/c/vases"],
  ["read", "GET", "/search?q=vase", "/api/cart/state"],
  ["write", "POST", "/cart", "/checkout"],
] as const;

test.each(WAYS)(
  "the budget of a client for each kind, and at each route, is its own, %s: used up it is 429 until a moment has passed",
  async (kind, method, path, elsewhere) => {
    await open();
    const clock = vi.spyOn(performance, "now").mockReturnValue(60_000);
    const from = { ...own, "x-forwarded-for": "203.0.113.9" };
    const { burst = 0, perSecond = 0 } = PACES[kind] ?? {};
    /** So many at once, and how many of them came in. */
    const cameIn = async (count: number) => {
      let all = 0;
      for (let sent = 0; sent < count; sent += 10) {
        const some = Math.min(10, count - sent);
        const answers = await Promise.all(
          Array.from({ length: some }, () => ask(path, { method, headers: from })),
        );
        all += answers.filter(({ status }) => status === 200).length;
      }
      return all;
    };
    try {
      expect(await cameIn(burst)).toBe(burst * ONE_ROUTE);
      const answer = await ask(path, { method, headers: from });
      expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "1"]);
      for (const [other, ...way] of WAYS)
        expect((await ask(way[1], { method: way[0], headers: from })).status, other).toBe(
          other === kind ? 429 : 200,
        );
      const [first = "", second = ""] = [path.slice(1, 2), path.slice(2)];
      const written = `/%${first.charCodeAt(0).toString(16)}${second}`;
      expect((await ask(written, { method, headers: from })).status, "the same, written otherwise").toBe(429);
      expect((await ask(elsewhere, { method, headers: from })).status, "another route").toBe(200);
      clock.mockReturnValue(61_000);
      expect(await cameIn(perSecond + 5)).toBe(Math.floor(perSecond * ONE_ROUTE));
    } finally {
      clock.mockRestore();
    }
  },
);

test("a crowd: those inside are answered, a few wait, the others hear at once when to come again; then it is as before", async () => {
  await open({ size: { inside: 2, waiting: [1, 1], patience: [60_000, 60_000] } });
  step.held = [];
  const headers = { accept: "text/html" };
  const inside = [ask("/cart", { headers }), ask("/search?q=a", { headers }), ask("/account", { headers })];
  await expect.poll(() => step.held?.length).toBe(2);
  const answer = await ask("/wishlist", { headers });
  expect(answer.status).toBe(503);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(2);
  expect(answer.text).toMatch(/<meta http-equiv="refresh" content="[2-9]">/);
  // Cached pages have a line of their own; files, health and payments stand in none.
  const besides = [
    ask("/p/vase"),
    ask("/media/vase.webp"),
    ask("/api/health/ready"),
    ask("/api/stripe/webhook", { method: "POST" }),
  ];
  await expect.poll(() => step.held?.length).toBe(6);
  for (const end of step.held.splice(0)) end();
  await expect.poll(() => step.held?.length).toBe(1);
  for (const end of step.held.splice(0)) end();
  for (const one of await Promise.all([...inside, ...besides])) expect(one.status).toBe(200);
  step.held = undefined;
  expect((await ask("/cart", { headers })).status).toBe(200);
});

test("full is 429 while others are served, and 503 once nobody has been for some seconds, or only with errors", async () => {
  await open({ size: { inside: 1, waiting: [0, 0], patience: [1, 1] } });
  const clock = vi.spyOn(performance, "now").mockReturnValue(60_000);
  try {
    const full = async () => {
      const { status, headers, text } = await ask("/cart", { headers: { accept: "text/html" } });
      return [status, Number(headers["retry-after"]) > 1, /<h1>(.*?)<\/h1>/.exec(text)?.[1]];
    };
    expect((await ask("/cart")).status).toBe(200);
    step.held = [];
    const inside = ask("/cart");
    await expect.poll(() => step.held?.length).toBe(1);
    expect(await full()).toEqual([429, true, "The shop is full right now"]);
    clock.mockReturnValue(66_000);
    expect(await full()).toEqual([503, true, "The shop is held up right now"]);
    step.status = 503;
    step.held[0]?.();
    await inside;
    step.held = [];
    const next = ask("/cart");
    await expect.poll(() => step.held?.length).toBe(1);
    expect(await full()).toEqual([503, true, "The shop is held up right now"]);
    step.held[0]?.();
    await next;
  } finally {
    clock.mockRestore();
  }
});

test("who leaves while waiting makes room", async () => {
  await open({ size: { inside: 1, waiting: [1, 1], patience: [60_000, 60_000] } });
  step.held = [];
  const first = ask("/cart");
  await expect.poll(() => step.held?.length).toBe(1);
  const gone = connect(step.port, "127.0.0.1", () => gone.write("GET /cart HTTP/1.1\r\nHost: a\r\n\r\n"));
  await expect.poll(async () => (await ask("/cart")).status).toBe(503);
  gone.destroy();
  let waiting: ReturnType<typeof ask> | undefined;
  await expect
    .poll(async () => {
      waiting = ask("/cart");
      return Promise.race([
        waiting.then(({ status }) => status),
        new Promise((in50) => setTimeout(in50, 50, "in line")),
      ]);
    })
    .toBe("in line");
  step.held[0]?.();
  await expect.poll(() => step.held?.length).toBe(2);
  step.held[1]?.();
  expect([(await first).status, (await waiting)?.status]).toEqual([200, 200]);
});

test("limits can be left to what stands in front, but never those of size and origin", async () => {
  await open({ isLimited: false, size: { inside: 0, waiting: [0, 0], patience: [1, 1] } });
  expect((await ask("/cart")).status).toBe(200);
  expect((await ask("/cart", { method: "POST" })).status).toBe(403);
});
