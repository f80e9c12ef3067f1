import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeDoor } from "./door.mjs";
import { PACES } from "./pace.mjs";
import { prepareServer } from "./server.mjs";

const SITE = "https://shop.example";
let server: Server;
let port = 0;
/** Requests that came through, and the headers of the last. */
let seen: { times: number; headers: IncomingHttpHeaders };
/** Ends what is being worked on; undefined: everything is answered at once. */
let held: (() => void)[] | undefined;

async function open(
  settings: Partial<Parameters<typeof makeDoor>[0]> = {},
  change: (made: Server) => void = () => {},
): Promise<void> {
  const door = makeDoor({ siteUrl: SITE, ...settings });
  server = createServer((req, res) =>
    door(req, res, () => {
      seen = { times: seen.times + 1, headers: req.headers };
      let bytes = 0;
      req.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      req.on("error", () => {});
      if (held) held.push(() => res.end("later"));
      else if (req.method === "GET") res.end("here");
      else req.on("end", () => res.end(`took ${bytes}`));
    }),
  );
  change(server);
  prepareServer(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  port = (server.address() as AddressInfo).port;
}
beforeEach(() => {
  seen = { times: 0, headers: {} };
  held = undefined;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  /** Sent with its length, or in pieces without. */
  body?: Buffer;
  pieces?: Buffer[];
}

/** Node's own client: fetch sets headers that a stranger would not. */
function ask(path: string, { method = "GET", headers = {}, body, pieces }: Sent = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((done, failed) => {
    const req = request({ port, path, method, headers, agent: false }, async (res) => {
      let text = "";
      for await (const chunk of res) text += chunk;
      done({ status: res.statusCode ?? 0, headers: res.headers, text });
    });
    req.on("error", failed);
    for (const piece of pieces ?? []) req.write(piece);
    req.end(body);
  });
}
const own = { origin: SITE };

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
    expect(seen.times).toBe(0);
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
  expect(seen.times).toBe(ways.length);
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
  expect(seen.headers).toMatchObject({
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "shop.example",
    "x-forwarded-proto": "https",
  });
  expect(seen.headers).not.toHaveProperty("x-real-ip");
  expect(seen.headers).not.toHaveProperty("forwarded");
});

const session = { cookie: "a=b; __Host-session=x" };
test.each([
  ["/cart", {}, 256],
  ["/cart", session, 256],
  ["/admin/settings", session, 2_048],
  ["/admin/settings", {}, 256],
  ["/admin/products/0198", session, 26_624],
  ["/admin/products/0198", {}, 256],
  ["/api/stock/count", session, 10_304],
  ["/api/stripe/webhook", {}, 1_024],
])("%s with %j takes %d KB", async (path, more, kilobytes) => {
  await open();
  const headers = { ...own, ...more };
  const fits = await ask(path, { method: "POST", headers, body: Buffer.alloc(kilobytes * 1_024) });
  expect([fits.status, fits.text]).toEqual([200, `took ${kilobytes * 1_024}`]);
  const before = seen.times;
  const tooBig = { ...headers, accept: "text/html", "content-length": String(kilobytes * 1_024 + 1) };
  const answer = await ask(path, {
    method: "POST",
    headers: tooBig,
    body: Buffer.alloc(kilobytes * 1_024 + 1),
  });
  expect(answer.status).toBe(413);
  expect(answer.text).toContain("<h1>That is too large</h1>");
  expect(answer.headers.connection).toBe("close");
  expect(seen.times).toBe(before);
});

test("a body that does not tell its length is cut off where it gets too large", async () => {
  await open();
  const pieces = Array.from({ length: 10 }, () => Buffer.alloc(64 * 1_024));
  const headers = { ...own, "next-action": "x" };
  const fits = await ask("/cart", { method: "POST", headers, pieces: pieces.slice(0, 4) });
  expect(fits.text).toBe("took 262144");
  const answer = await ask("/cart", { method: "POST", headers, pieces }).catch((error: Error) => error);
  // The line is cut; the answer arrives where it was quicker.
  if (answer instanceof Error) expect(answer.message).toMatch(/ECONNRESET|EPIPE|hang up/);
  else expect(answer).toMatchObject({ status: 413, text: expect.stringMatching(/^Refused: /) });
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
    const before = seen.times;
    if ((await post()).status === 429) expect(seen.times).toBe(before);
    const other = { ...own, "x-forwarded-for": "203.0.113.9, 203.0.113.10" };
    expect((await ask(path, { method: "POST", headers: other })).status).toBe(200);
    expect((await ask("/api/stripe/webhook", { method: "POST", headers: from })).status).toBe(200);
    expect((await ask(path, { headers: from })).status).toBe(200);
  },
);

test("a crowd: those inside are answered, a few wait, the others hear 503 at once; then it is as before", async () => {
  await open({ size: { inside: 2, waiting: [1, 1], patience: 60_000 } });
  held = [];
  const headers = { accept: "text/html" };
  const inside = [ask("/cart", { headers }), ask("/search?q=a", { headers }), ask("/account", { headers })];
  await expect.poll(() => held?.length).toBe(2);
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
  await expect.poll(() => held?.length).toBe(6);
  for (const end of held.splice(0)) end();
  await expect.poll(() => held?.length).toBe(1);
  for (const end of held.splice(0)) end();
  for (const one of await Promise.all([...inside, ...besides])) expect(one.status).toBe(200);
  held = undefined;
  expect((await ask("/cart", { headers })).status).toBe(200);
});

test("who sends a form or a file a byte at a time keeps no place from others, and is cut off", async () => {
  await open({ size: { inside: 2, waiting: [1, 1], patience: 60_000 }, formMs: 3_000 });
  const begin = (path: string, length: number, more = "") =>
    new Promise<string>((done) => {
      let heard = "";
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: shop.example\r\nOrigin: ${SITE}\r\n${more}Content-Length: ${length}\r\n\r\n-`,
        ),
      );
      socket.on("data", (chunk) => {
        heard += chunk;
      });
      socket.on("close", () => done(heard));
      socket.on("error", () => {});
    });
  const slow = Array.from({ length: 5 }, () => begin("/cart", 1_000));
  const files = Array.from({ length: 5 }, () => begin("/api/import", 1_000_000, "Cookie: session=x\r\n"));
  await expect.poll(() => seen.times).toBe(5);
  expect((await ask("/cart")).status).toBe(200);
  const form = Buffer.alloc(200 * 1_024);
  expect((await ask("/cart", { method: "POST", headers: own, body: form })).text).toBe("took 204800");
  for (const heard of await Promise.all(slow))
    expect(heard).toMatch(/^HTTP\/1.1 408 .*did not arrive in time/s);
  server.closeAllConnections();
  await Promise.all(files);
});

test("who asks for a socket that stays gets the page", async () => {
  await open({}, (made) => made.on("upgrade", () => {}));
  const headers = { connection: "upgrade", upgrade: "websocket" };
  expect((await ask("/cart", { headers })).text).toBe("here");
});

test("who leaves while waiting makes room", async () => {
  await open({ size: { inside: 1, waiting: [1, 1], patience: 60_000 } });
  held = [];
  const first = ask("/cart");
  await expect.poll(() => held?.length).toBe(1);
  const gone = connect(port, "127.0.0.1", () => gone.write("GET /cart HTTP/1.1\r\nHost: a\r\n\r\n"));
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
  held[0]?.();
  await expect.poll(() => held?.length).toBe(2);
  held[1]?.();
  expect([(await first).status, (await waiting)?.status]).toEqual([200, 200]);
});

test("limits can be left to what stands in front, but never those of size and origin", async () => {
  await open({ isLimited: false, size: { inside: 0, waiting: [0, 0], patience: 1 } });
  expect((await ask("/cart")).status).toBe(200);
  expect((await ask("/cart", { method: "POST" })).status).toBe(403);
});

test("headers that are too many bytes, and a client that never ends them", async () => {
  await open();
  expect(server).toMatchObject({ headersTimeout: 15_000, requestTimeout: 180_000, maxHeadersCount: 100 });
  expect((await ask("/", { headers: { "x-long": "x".repeat(20_000) } })).status).toBe(431);
  expect((await ask(`/${"x".repeat(20_000)}`)).status).toBe(431);
});

test.each([
  ["two lengths", "Content-Length: 3\r\nContent-Length: 30"],
  ["a length and pieces", "Content-Length: 3\r\nTransfer-Encoding: chunked"],
  ["pieces under another name", "Transfer-Encoding: xchunked"],
  ["a length that is none", "Content-Length: 3x"],
  ["a folded header", `Origin: ${SITE}\r\n folded: yes\r\nContent-Length : 3`],
  ["two hosts", "Host: evil.example\r\nContent-Length: 3"],
])("a request that two machines could read differently is answered once: %s", async (_what, lines) => {
  await open();
  const text = await new Promise<string>((done) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(
        `POST /cart HTTP/1.1\r\nHost: shop.example\r\nOrigin: ${SITE}\r\n${lines}\r\n\r\nabcGET /admin HTTP/1.1\r\nHost: a\r\n\r\n`,
      );
      socket.setTimeout(1_000, () => socket.destroy());
    });
    socket.on("data", (chunk) => {
      heard += chunk;
      if (/400 Bad Request/.test(heard)) socket.destroy();
    });
    socket.on("close", () => done(heard));
    socket.on("error", () => {});
  });
  // Either the whole is refused, or the first request has its three bytes and the second is one of its own.
  if (!text.includes("400 Bad Request")) expect(text).toContain("took 3");
  expect(seen.headers.host).not.toBe("evil.example");
});

test.each([
  ...["/p/%ff", "/c/%E0%A4%A", "/media/a%", "/orders/%c0%ae"],
  ...["/orders/MR%00", "/search?q=a%00b", "http://evil.example/about", "*"],
])("%s is no address", async (path) => {
  await open();
  const answer = await ask(path, { headers: { accept: "text/html" } });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("That is no address");
  expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(seen.times).toBe(0);
});

test("what is no method of the shop is told so before it breaks something", async () => {
  await open();
  for (const method of ["TRACE", "PROPFIND", "QUERY"]) {
    const answer = await ask("/cart", { method, headers: own });
    expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD, POST"]);
  }
  expect(seen.times).toBe(0);
});

test("a name of a machine has letters, digits, dots and dashes", async () => {
  await open();
  for (const host of ["loca`host", "shop.example:x", "a b", "shop.example/x", "[::1"])
    expect((await ask("/", { headers: { host } })).status, host).toBe(400);
  for (const host of ["shop.example", "shop.example:8443", "[::1]:3000", "127.0.0.1", "my_box"])
    expect((await ask("/p/%C3%A9", { headers: { host } })).status, host).toBe(200);
});
