/** What the door takes for a request: how large, how slow, and written how. */
import { connect } from "node:net";
import { expect, test } from "vitest";
import { ask, oneDoorPerTest, open, own, SITE, step } from "./testing";

oneDoorPerTest();

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
  const before = step.seen.times;
  const tooBig = { ...headers, accept: "text/html", "content-length": String(kilobytes * 1_024 + 1) };
  const answer = await ask(path, {
    method: "POST",
    headers: tooBig,
    body: Buffer.alloc(kilobytes * 1_024 + 1),
  });
  expect(answer.status).toBe(413);
  expect(answer.text).toContain("<h1>That is too large</h1>");
  expect(answer.headers.connection).toBe("close");
  expect(step.seen.times).toBe(before);
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

test("who sends a form or a file a byte at a time keeps no place from others, and is cut off", async () => {
  await open({ size: { inside: 2, waiting: [1, 1], patience: [60_000, 60_000] }, formMs: 3_000 });
  const begin = (path: string, length: number, more = "") =>
    new Promise<string>((done) => {
      let heard = "";
      const socket = connect(step.port, "127.0.0.1", () =>
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
  await expect.poll(() => step.seen.times).toBe(5);
  expect((await ask("/cart")).status).toBe(200);
  const form = Buffer.alloc(200 * 1_024);
  expect((await ask("/cart", { method: "POST", headers: own, body: form })).text).toBe("took 204800");
  for (const heard of await Promise.all(slow))
    expect(heard).toMatch(/^HTTP\/1.1 408 .*did not arrive in time/s);
  step.server.closeAllConnections();
  await Promise.all(files);
});

test("who asks for a socket that stays gets the page", async () => {
  await open({}, (made) => made.on("upgrade", () => {}));
  const headers = { connection: "upgrade", upgrade: "websocket" };
  expect((await ask("/cart", { headers })).text).toBe("here");
});

test("headers that are too many bytes, and a client that never ends them", async () => {
  await open();
  expect(step.server).toMatchObject({
    headersTimeout: 15_000,
    requestTimeout: 180_000,
    maxHeadersCount: 100,
  });
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
    const socket = connect(step.port, "127.0.0.1", () => {
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
  expect(step.seen.headers.host).not.toBe("evil.example");
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
  expect(step.seen.times).toBe(0);
});

test("what is no method of the shop is told so before it breaks something", async () => {
  await open();
  for (const method of ["TRACE", "PROPFIND", "QUERY"]) {
    const answer = await ask("/cart", { method, headers: own });
    expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD, POST"]);
  }
  expect(step.seen.times).toBe(0);
});

test("a name of a machine has letters, digits, dots and dashes", async () => {
  await open();
  for (const host of ["loca`host", "shop.example:x", "a b", "shop.example/x", "[::1"])
    expect((await ask("/", { headers: { host } })).status, host).toBe(400);
  for (const host of ["shop.example", "shop.example:8443", "[::1]:3000", "127.0.0.1", "my_box"])
    expect((await ask("/p/%C3%A9", { headers: { host } })).status, host).toBe(200);
});
