import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { firstPicture, linksOf, warmShop } from "./warm";

const PAGES: Readonly<Record<string, string>> = {
  "/": '<a href="/c/prints">Prints</a><a href="/cart">Cart</a><a href="/p/one">One</a>',
  "/c/prints": '<a href="/p/one">One</a><a href="/p/two">Two</a>',
  "/p/one":
    '<link rel="preload" as="image" imageSrcSet="/media/360w/a.webp 360w, /media/768w/a.webp 768w"/><a href="/p/one/SKU-1">Red</a>',
  "/p/two": "",
};
const asked: string[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", request.url?.startsWith("/media/") ? "image/avif" : "text/html");
    response.end(PAGES[request.url ?? ""] ?? "");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  vi.stubEnv("PORT", String((server.address() as AddressInfo).port));
  vi.stubEnv("LOG_LEVEL", "error");
});
afterAll(() => server.close());

test("a start looks at the front page and at what it leads to, each once, and makes first pictures", async () => {
  await warmShop();
  expect(asked).toEqual(["/api/health/live", "/", "/c/prints", "/p/one", "/media/768w/a.webp", "/p/two"]);
});

test("links are those of cached pages", () => {
  expect(linksOf('<a href="/c/a/b">1</a><a href="/c/a?sort=newest">2</a><a href="/p/x">3</a>')).toEqual([
    "/c/a/b",
    "/p/x",
  ]);
  expect(firstPicture("<p>no picture</p>")).toEqual([]);
});
