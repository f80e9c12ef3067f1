import { createServer, get, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installGuard } from "../csp/guard.mjs";
import { encodingFor } from "./packed.mjs";

let answer: (res: ServerResponse) => void;
let server: Server;

beforeAll(async () => {
  installGuard("/nowhere");
  server = createServer((_, res) => answer(res));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterAll(() => server.close());

/** A page as Next sends it. */
function page(text: string, cache = "HIT"): string {
  const html = `<p>${text.repeat(1_000)}</p>`;
  answer = (res) => {
    res.setHeader("content-type", "text/html");
    res.setHeader("x-nextjs-cache", cache);
    res.end(html);
  };
  return html;
}

/** Asks as often as it takes until what comes is compressed. */
async function untilPacked(path: string, accepted = "gzip, deflate, br") {
  let got = await ask(path, accepted);
  const isPacked = async () => {
    got = await ask(path, accepted);
    return got.encoding !== undefined;
  };
  await expect.poll(isPacked).toBe(true);
  return got;
}

function ask(path: string, accepted: string, method = "GET") {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ encoding: string | undefined; length: number; body: Buffer }>((done, failed) => {
    const headers = { "accept-encoding": accepted };
    get({ port, path, method, headers }, async (res) => {
      const parts: Buffer[] = [];
      for await (const part of res) parts.push(part as Buffer);
      const { "content-encoding": encoding, "content-length": length } = res.headers;
      done({ encoding, length: Number(length), body: Buffer.concat(parts) });
    }).once("error", failed);
  });
}

test("a kept page is packed once it was asked for again, and comes out as it went in", async () => {
  const html = page("vase ");
  expect(await ask("/p/vase", "br")).toMatchObject({ encoding: undefined, body: Buffer.from(html) });
  const br = await untilPacked("/p/vase");
  expect(br).toMatchObject({ encoding: "br", length: br.body.length });
  expect(br.body.length).toBeLessThan(html.length / 10);
  expect(brotliDecompressSync(br.body).toString()).toBe(html);
  const gzip = await untilPacked("/p/vase", "gzip");
  expect([gzip.encoding, gunzipSync(gzip.body).toString()]).toEqual(["gzip", html]);
  expect((await ask("/p/vase", "identity")).body.toString()).toBe(html);
  expect((await ask("/p/vase", "br", "HEAD")).encoding).toBeUndefined();
});

test("a page that changed is never answered with what it was", async () => {
  page("old ");
  await untilPacked("/p/bowl");
  const html = page("new ");
  expect((await ask("/p/bowl", "br")).body.toString()).toBe(html);
  expect(brotliDecompressSync((await untilPacked("/p/bowl")).body).toString()).toBe(html);
});

test("what is made for one person is left alone", async () => {
  page("mine ", "");
  for (let times = 0; times < 5; times += 1) expect((await ask("/cart", "br")).encoding).toBeUndefined();
});

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip;q=0.5", "gzip"],
  ["br;q=0.0", undefined],
  ["identity", undefined],
  [undefined, undefined],
])("%s is answered with %s", (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});
