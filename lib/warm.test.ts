import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { firstPicture, linksOf, warmPages, warmShop } from "./warm";

const PAGES: Readonly<Record<string, string>> = {
  "/": '<a href="/c/prints">Prints</a><a href="/cart">Cart</a><a href="/p/one">One</a>',
  "/c/prints": '<a href="/p/one">One</a><a href="/p/two">Two</a>',
  "/p/one":
    '<link rel="preload" as="image" imageSrcSet="/media/360w/a.webp 360w, /media/768w/a.webp 768w"/><a href="/p/one/SKU-1">Red</a>',
  "/p/two": "",
};
const asked: string[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  vi.stubEnv("PORT", String(await listen("here")));
  vi.stubEnv("WEB_URL", `http://127.0.0.1:${await listen("there")}/`);
  vi.stubEnv("LOG_LEVEL", "error");
});
beforeEach(() => void asked.splice(0));
afterAll(() => servers.forEach((server) => void server.close()));

async function listen(name: string): Promise<number> {
  const server = createServer((request, response) => {
    asked.push(`${name} ${request.url}`);
    response.setHeader("content-type", request.url?.startsWith("/media/") ? "image/avif" : "text/html");
    response.end(PAGES[request.url ?? ""] ?? "");
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return (server.address() as AddressInfo).port;
}

test("a start looks at its own front page and at what it leads to, each once, and makes first pictures", async () => {
  await warmShop();
  expect(asked).toEqual(
    ["/api/health/live", "/", "/c/prints", "/p/one", "/media/768w/a.webp", "/p/two"].map(
      (path) => `here ${path}`,
    ),
  );
});

test("a worker looks at what changed where the web server is, which may be another machine", async () => {
  await warmPages(["/p/one", "/p/gone"]);
  expect(asked).toEqual(["there /p/one", "there /media/768w/a.webp", "there /p/gone"]);
});

test("links are those of cached pages", () => {
  expect(linksOf('<a href="/c/a/b">1</a><a href="/c/a?sort=newest">2</a><a href="/p/x">3</a>')).toEqual([
    "/c/a/b",
    "/p/x",
  ]);
  expect(firstPicture("<p>no picture</p>")).toEqual([]);
});
