import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installGuard } from "../csp/guard.mjs";

let page: { text: string; cache: string; status?: number; policies?: string[] };
let server: Server;
let url: string;

beforeAll(async () => {
  installGuard("/nowhere");
  server = createServer((_, res) => {
    res.statusCode = page.status ?? 200;
    res.setHeader("content-type", "text/html");
    res.setHeader("content-length", page.text.length);
    res.setHeader("cache-control", "s-maxage=3600");
    res.setHeader("x-nextjs-cache", page.cache);
    for (const policy of page.policies ?? []) res.appendHeader("content-security-policy", policy);
    res.end(page.text);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/p/vase`;
});
afterAll(() => server.close());

async function ask(known?: string) {
  const answer = await fetch(url, { headers: { ...(known && { "if-none-match": known }) } });
  const { status, headers } = answer;
  return {
    status,
    tag: headers.get("etag") ?? "",
    caching: headers.get("cache-control"),
    text: await answer.text(),
  };
}

test("who has a kept page is told so, until it changes", async () => {
  page = { text: "<p>ten left</p>", cache: "HIT" };
  const first = await ask();
  expect(first).toMatchObject({
    status: 200,
    text: page.text,
    tag: expect.stringMatching(/^W\/"[\w-]{27}"$/),
  });
  for (const known of [first.tag, `"other", ${first.tag.slice(2)}`, "*"])
    expect(await ask(known)).toEqual({ status: 304, tag: first.tag, caching: "s-maxage=3600", text: "" });
  page = { text: "<p>nine left</p>", cache: "STALE" };
  expect(await ask(first.tag)).toMatchObject({ status: 200, text: page.text });
});

test.each([
  ["a page made for one person", { text: "<p>my cart</p>", cache: "", status: 200 }],
  ["a page that is not there", { text: "<p>none</p>", cache: "HIT", status: 404 }],
])("%s has no tag", async (_what, made) => {
  page = made;
  expect(await ask("*")).toMatchObject({ status: made.status, tag: "", text: made.text });
});

test("of two policies one leaves with a page that the client has, too", async () => {
  page = { text: "<p>vase</p>", cache: "HIT", policies: ["script-src 'nonce-a'", "script-src 'sha256-b'"] };
  const { tag } = await ask();
  const answer = await fetch(url, { headers: { "if-none-match": tag } });
  expect([answer.status, answer.headers.get("content-security-policy")]).toEqual([
    304,
    "script-src 'sha256-b'",
  ]);
});
