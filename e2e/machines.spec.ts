/** What machines read, on the shop as it runs: sitemaps, feed, structured data, Markdown, shared pictures, the offline page. */
import type { APIRequestContext } from "@playwright/test";
import sharp from "sharp";
import { faultsOf } from "../components/catalog/structured-rules";
import { expect, test } from "./fixtures";

async function textOf(request: APIRequestContext, path: string, type: RegExp): Promise<string> {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  expect(answer.headers()["content-type"], path).toMatch(type);
  return answer.text();
}

const all = (text: string, form: RegExp): string[] =>
  [...text.matchAll(form)].map(([, found = ""]) =>
    found.replaceAll("&amp;", "&").replaceAll("&gt;", ">").replaceAll("&quot;", '"'),
  );

/** The blocks of structured data on a page. */
async function structured(request: APIRequestContext, path: string): Promise<Record<string, unknown>[]> {
  const html = await textOf(request, path, /html/);
  return all(html, /<script type="application\/ld\+json">([\s\S]*?)<\/script>/g).map((text) =>
    JSON.parse(text),
  );
}

/** Paths of products of the first sitemap. */
async function products(request: APIRequestContext): Promise<string[]> {
  const map = await textOf(request, "/sitemaps/products-1.xml", /xml/);
  return all(map, /<loc>https?:\/\/[^/]+(\/p\/[^<]+)<\/loc>/g);
}

test("robots name the sitemaps, and every address in them is a page", async ({ request, baseURL }) => {
  const robots = await textOf(request, "/robots.txt", /text\/plain/);
  const [index = ""] = all(robots, /^Sitemap: (\S+)$/gm);
  expect(new URL(index).pathname).toBe("/sitemap.xml");
  const files = all(await textOf(request, "/sitemap.xml", /xml/), /<loc>([^<]+)<\/loc>/g);
  expect(files.length).toBeGreaterThanOrEqual(3);
  const paths: string[] = [];
  for (const file of files) {
    const map = await textOf(request, new URL(file).pathname, /xml/);
    const found = all(map, /<loc>([^<]+)<\/loc>/g).map((url) => new URL(url));
    expect(found.length, file).toBeGreaterThan(0);
    expect(found.length, file).toBeLessThanOrEqual(50_000);
    paths.push(...found.map((url) => url.pathname));
    for (const url of found) expect(url.origin).toBe(new URL(index).origin);
    for (const moment of all(map, /<lastmod>([^<]+)<\/lastmod>/g)) expect(Date.parse(moment)).not.toBeNaN();
    if (file.includes("products")) expect(map).toMatch(/<image:loc>https?:\/\/[^<]+\.webp<\/image:loc>/);
  }
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toEqual(
    expect.arrayContaining(["/", "/about", "/shipping-and-returns", "/journal", "/contact"]),
  );
  // All pages that are few, and some of those that are many.
  const few = paths.filter((path) => !path.startsWith("/p/"));
  const some = paths.filter((path) => path.startsWith("/p/")).filter((_, i) => i % 40 === 0);
  for (const path of [...few, ...some]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(200);
    const [canonical = ""] = all(await answer.text(), /<link rel="canonical" href="([^"]+)"/g);
    expect(new URL(canonical).pathname, `canonical of ${path}`).toBe(path);
    expect(new URL(canonical).origin).toBe(new URL(index).origin);
  }
  expect(baseURL).toBeTruthy();
});

test("what is personal or filtered stays out of search engines", async ({ request }) => {
  for (const path of ["/cart", "/search?q=mug", "/c/textiles?sort=price-up", "/sign-in", "/orders"])
    expect((await request.get(path)).headers()["x-robots-tag"], path).toContain("noindex");
  for (const path of ["/", "/c/textiles", "/contact", "/about"])
    expect((await request.get(path)).headers()["x-robots-tag"], path).toBeUndefined();
});

test("structured data of home, category, product, variant and journal is whole and agrees with the feed", async ({
  request,
}) => {
  // One that no other journey changes the price of.
  const product = (await products(request))[57] ?? "";
  const feed = await textOf(request, "/feeds/google.xml", /xml/);
  const types = new Set<unknown>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === "object" && value !== null) {
      types.add((value as Record<string, unknown>)["@type"]);
      Object.values(value).forEach(collect);
    }
  };
  for (const path of [
    "/",
    "/c/textiles",
    "/c/textiles/cushions",
    product,
    "/journal/why-two-combs",
    "/about",
  ]) {
    const blocks = await structured(request, path);
    expect(blocks.length, path).toBeGreaterThan(0);
    for (const block of blocks) expect(faultsOf(block), path).toEqual([]);
    blocks.forEach(collect);
  }
  for (const type of ["OnlineStore", "SearchAction", "ItemList", "BreadcrumbList", "Offer", "BlogPosting"])
    expect(types).toContain(type);

  const offers: { sku: string; price: string }[] = [];
  const find = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(find);
    else if (typeof value === "object" && value !== null) {
      const { sku, offers: offer } = value as { sku?: string; offers?: { price: string } };
      if (sku && offer) offers.push({ sku, price: offer.price });
      Object.values(value).forEach(find);
    }
  };
  find(await structured(request, product));
  expect(offers.length).toBeGreaterThan(0);
  for (const { sku, price } of offers) {
    const item = feed.split("<item>").find((text) => text.includes(`<g:id>${sku}</g:id>`)) ?? "";
    const [asked] = all(item, /<g:sale_price>([\d.]+) /g).concat(all(item, /<g:price>([\d.]+) /g));
    expect(asked, sku).toBe(price);
  }
});

test("the merchant feed has every attribute that Google requires, once an item, within its limits", async ({
  request,
}) => {
  const feed = await textOf(request, "/feeds/google.xml", /xml/);
  expect(feed.trimEnd().endsWith("</rss>")).toBe(true);
  const items = feed.split("<item>").slice(1);
  expect(items.length).toBeGreaterThan(200);
  const ids = new Set<string>();
  for (const item of items) {
    const one = (name: string, form: RegExp) => {
      const found = all(item, new RegExp(`<g:${name}>([^<]*)</g:${name}>`, "g"));
      expect(found, `${name} of ${item.slice(0, 80)}`).toHaveLength(name === "price" ? 2 : 1);
      expect(found[0]).toMatch(form);
      return found[0] ?? "";
    };
    ids.add(one("id", /^.{1,50}$/));
    one("title", /^.{1,150}$/);
    one("description", /^[\s\S]{1,5000}$/);
    one("link", /^https?:\/\/[^/]+\/p\/\S+$/);
    one("image_link", /^https?:\/\/[^/]+\/media\/\S+$/);
    one("availability", /^(?:in_stock|out_of_stock)$/);
    // The second one is the price of delivery.
    one("price", /^\d+\.\d\d [A-Z]{3}$/);
    one("condition", /^new$/);
    one("brand", /^.{1,70}$/);
    one("country", /^[A-Z]{2}$/);
    expect(/<g:gtin>\d{8,14}<\/g:gtin>|<g:identifier_exists>no<\/g:identifier_exists>/.test(item)).toBe(true);
  }
  expect(ids.size).toBe(items.length);
  const abroad = await textOf(request, "/feeds/google.xml?country=fr", /xml/);
  expect(all(abroad, /<g:country>(\w+)<\/g:country>/g)[0]).toBe("FR");
});

test("pages are there as text, and lead to one another", async ({ request }) => {
  const llms = await textOf(request, "/llms.txt", /text\/markdown/);
  const links = all(llms, /\]\(https?:\/\/[^/]+([^)]+)\)/g);
  expect(links).toEqual(expect.arrayContaining(["/c/textiles.md", "/about.md", "/journal/care.md"]));
  for (const link of links.filter((path) => path.endsWith(".md")))
    expect(await textOf(request, link, /text\/markdown/), link).toMatch(/^# \S/);

  const [product = ""] = await products(request);
  const html = await textOf(request, product, /html/);
  expect(all(html, /<link rel="alternate" type="text\/markdown" href="https?:\/\/[^/]+([^"]+)"/g)).toEqual([
    `${product}.md`,
  ]);
  expect(html).toContain('hrefLang="x-default"');
  const text = await textOf(request, `${product}.md`, /text\/markdown/);
  const [name = ""] = all(html, /<h1[^>]*>([^<]+)</g);
  expect(text.startsWith(`# ${name}`)).toBe(true);
  expect(text).toContain("| Variant | Price");
  expect((await request.get("/p/never-was.md")).status()).toBe(404);
  const shipping = await textOf(request, "/shipping-and-returns.md", /text\/markdown/);
  expect(shipping).toContain("| Germany | Price | Takes |");
});

test("a shared link has a picture of its own, and an old one leads to today's", async ({ request }) => {
  const [product = ""] = await products(request);
  for (const path of ["/", "/c/textiles", product]) {
    const html = await textOf(request, path, /html/);
    const [url = ""] = all(html, /<meta property="og:image" content="([^"]+)"/g);
    const answer = await request.get(new URL(url).pathname);
    expect(answer.status(), url).toBe(200);
    expect(answer.headers()["cache-control"]).toContain("immutable");
    const { width, height, format } = await sharp(await answer.body()).metadata();
    expect({ width, height, format }, url).toEqual({ width: 1200, height: 630, format: "png" });
    const { channels } = await sharp(await answer.body()).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev)), "something is drawn").toBeGreaterThan(20);
    const old = await request.get(new URL(url).pathname.replace(/[^/]+$/, "000000000000.png"), {
      maxRedirects: 0,
    });
    expect(old.status()).toBe(302);
    expect(old.headers().location).toBe(new URL(url).pathname);
  }
  expect((await request.get("/og/p/never-was/000000000000.png")).status()).toBe(404);
});

test("the manifest's pictures are there in the sizes it names", async ({ request }) => {
  const manifest = JSON.parse(await textOf(request, "/manifest.webmanifest", /json/));
  expect(manifest.icons.length).toBeGreaterThan(2);
  for (const { src, sizes } of manifest.icons) {
    const { width, height } = await sharp(await (await request.get(src)).body()).metadata();
    expect(`${width}x${height}`).toBe(sizes);
  }
});

test("without scripts: a message reaches the shop, and what was wrong is said beside its field", async ({
  plainPage: page,
}) => {
  await page.goto("/contact?order=MR-4F7K2Q");
  await page.getByLabel("Name").fill("Grace Hopper");
  await page.getByLabel("E-mail").fill("grace@example.org");
  await page.getByLabel("Message").fill("Hello");
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(page.getByText("Please write a sentence or two.").first()).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Grace Hopper");
  await expect(page.getByLabel("Order number")).toHaveValue("MR-4F7K2Q");
  await page.getByLabel("Message").fill("The cup has a chip. Can I send a picture?");
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(page.getByText("Your message is with us.")).toBeVisible();
});

test.describe("with the worker", () => {
  test.use({ serviceWorkers: "allow" });

  test("a page that cannot be reached says so, and the next one is there again", async ({
    page,
    context,
    faults,
  }) => {
    faults.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    await page.goto("/");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.goto("/about");
    await expect(page.getByRole("heading", { level: 1, name: "Two lines, then a third" })).toBeVisible();
    await context.setOffline(true);
    await page.goto("/journal");
    await expect(page.getByRole("heading", { level: 1, name: "The line is cut." })).toBeVisible();
    await context.setOffline(false);
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Journal" })).toBeVisible();
    // It keeps the offline page and nothing else.
    const kept = await page.evaluate(async () => {
      const found: string[] = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
      return found;
    });
    expect(kept).toEqual(["/offline.html"]);
  });
});
