import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { StaticFiles } from "./static-files.mjs";

const SCRIPT = "let vase = 1;\n".repeat(500);
const FACE = Buffer.from([0, 1, 2, 250, 251]);
const HEADERS = {
  "cache-control": "public, max-age=31536000, immutable",
  "x-content-type-options": "nosniff",
};
const TYPES: Record<string, string> = {
  "/_next/static/a.js": "text/javascript",
  "/_next/static/b.woff2": "font/woff2",
};
let folder: string;
let server: Server;
/** What was left to Next. */
let asked: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "static-"));
  writeFileSync(join(folder, "a.js"), SCRIPT);
  writeFileSync(join(folder, "b.woff2"), FACE);
  writeFileSync(join(folder, "secret.js"), "not for anybody");
  const files = new StaticFiles(folder);
  server = createServer((req, res) => {
    if (files.answer(req, res)) return;
    asked.push(`${req.method} ${req.url}`);
    const type = TYPES[req.url?.split("?")[0] ?? ""];
    res.statusCode = type ? 200 : 404;
    for (const [name, value] of Object.entries({ ...HEADERS, "content-type": type ?? "text/plain" }))
      res.setHeader(name, value);
    res.end(type === "font/woff2" ? FACE : type ? SCRIPT : "");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function ask(
  path: string,
  headers: Record<string, string> = { "accept-encoding": "gzip, br" },
  method = "GET",
) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((done, failed) => {
    request({ port, path, method, headers }, async (res) => {
      const parts: Buffer[] = [];
      for await (const part of res) parts.push(part as Buffer);
      done({ headers: res.headers, body: Buffer.concat(parts) });
    })
      .once("error", failed)
      .end();
  });
}

/** Asks until Next is not asked any more. */
async function untilKept(path: string, accepted: string) {
  let got = await ask(path, { "accept-encoding": accepted });
  const isKept = async () => {
    asked = [];
    got = await ask(path, { "accept-encoding": accepted });
    return asked.length === 0;
  };
  await expect.poll(isKept).toBe(true);
  return got;
}

test("a file is Next's to answer once, then it comes from memory, with the same headers and what is in it", async () => {
  const br = await untilKept("/_next/static/a.js?dpl=1", "gzip, br");
  expect(br.headers).toMatchObject({
    ...HEADERS,
    "content-type": "text/javascript",
    "content-encoding": "br",
  });
  expect(br.headers["content-length"]).toBe(String(br.body.length));
  expect(brotliDecompressSync(br.body).toString()).toBe(SCRIPT);
  const gzip = await untilKept("/_next/static/a.js", "gzip");
  expect([gzip.headers["content-encoding"], gunzipSync(gzip.body).toString()]).toEqual(["gzip", SCRIPT]);
  const face = await untilKept("/_next/static/b.woff2", "br");
  expect([face.headers["content-encoding"], face.body]).toEqual([undefined, FACE]);
});

test.each([
  ["a client that takes nothing compressed", "/_next/static/a.js", {}, "GET"],
  [
    "who has it already",
    "/_next/static/a.js",
    { "accept-encoding": "br", "if-modified-since": "Mon, 30 Nov 2026 09:09:27 GMT" },
    "GET",
  ],
  ["who wants a part", "/_next/static/a.js", { "accept-encoding": "br", range: "bytes=0-1" }, "GET"],
  ["another method", "/_next/static/a.js", { "accept-encoding": "br" }, "HEAD"],
] as [string, string, Record<string, string>, string][])(
  "Next answers %s",
  async (_what, path, headers, method) => {
    await untilKept("/_next/static/a.js", "br");
    asked = [];
    await ask(path, headers, method);
    expect(asked).toEqual([`${method} ${path}`]);
  },
);

test.each([
  "/_next/static/secret.js",
  "/_next/static/../secret.js",
  "/_next/static/%2e%2e/x.js",
  "/other/a.js",
])("what Next does not give is not kept: %s", async (path) => {
  asked = [];
  for (let times = 0; times < 3; times += 1) expect((await ask(path)).body.toString()).toBe("");
  expect(asked).toHaveLength(3);
});
