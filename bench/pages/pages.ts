/** bench/pages: what a page of the catalogue costs the server, weighs on the wire and makes a shopper wait. */
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { BROWSER_ARGS, browserPath } from "@/e2e/browser";
import { type Clicks, runClicks } from "./clicks";
import { type ColdLine, runCold } from "./cold";
import { fill } from "./fill";
import { type LighthouseLine, runLighthouse } from "./lighthouse";
import { type BenchShop, startBenchShop, untilDrawn } from "./shop";
import { runWarm, type WarmLine } from "./warm";
import { type WeightLine, WINDOWS, weigh } from "./weigh";

export const PARTS = ["warm", "cold", "weight", "clicks", "lighthouse"] as const;
type Part = (typeof PARTS)[number];

interface Options {
  readonly seconds: number;
  readonly rounds: number;
  /** Of Lighthouse, for each page. */
  readonly runs: number;
  /** Minutes to wait until the demo's pictures are drawn. */
  readonly drawing: number;
  /** How many products the shop has for the warm and the cold part. */
  readonly products: readonly number[];
  readonly only: readonly string[] | undefined;
}

const COLD_VIEWS = 100;

/** Runs the parts, prints their tables and answers the figures. */
export async function runPages(options: Options) {
  const { only, products } = options;
  const has = (part: Part) => !only || only.includes(part);
  const shop = await startBenchShop();
  try {
    await untilDrawn(shop.sql, options.drawing);
    const paths = await choose(shop);
    // What a browser sees is measured in the demo shop as it is; only then it is filled.
    const seen = await inBrowser(shop, paths, options, has);
    const warm: WarmLine[] = [];
    const cold: ColdLine[] = [];
    const memory: { products: number; memoryMb: number }[] = [];
    for (const count of has("warm") || has("cold") ? products : []) {
      console.error(`  filling up to ${count} products`);
      await fill(shop.sql, count);
      await shop.restart();
      const one = { url: shop.url, pid: shop.pid(), products: count };
      if (has("cold")) cold.push(await runCold(shop.sql, one, COLD_VIEWS));
      if (has("warm")) {
        const { lines, memoryMb } = await runWarm(one, paths, options);
        warm.push(...lines);
        memory.push({ products: count, memoryMb });
      }
    }
    print({ ...seen, warm, cold, memory });
    return { ...seen, warm, cold, memory };
  } finally {
    await shop.stop();
  }
}

type Paths = { home: string; category: string; product: string };

/** A category with several pages, and in it a product with variants and reviews. */
async function choose({ sql }: BenchShop): Promise<Paths> {
  const [found] = await sql<{ slug: string; path: string }[]>`
    SELECT p.slug, split_part(c.path, '/', 1) AS path FROM products p JOIN categories c ON c.id = p.category_id
    WHERE p.status = 'active' AND (SELECT count(*) FROM variants v WHERE v.product_id = p.id) BETWEEN 2 AND 9
    ORDER BY p.rating_count DESC, p.id LIMIT 1`;
  if (!found) throw new Error("the demo shop has no product with variants");
  return { home: "/", category: `/c/${found.path}`, product: `/p/${found.slug}` };
}

async function inBrowser(shop: BenchShop, paths: Paths, options: Options, has: (part: Part) => boolean) {
  const weights: WeightLine[] = [];
  let clicks: Clicks | undefined;
  let scores: LighthouseLine[] = [];
  if (!has("weight") && !has("clicks") && !has("lighthouse")) return { weights, clicks, scores };
  const browser = await chromium.launch({ executablePath: await browserPath(), args: BROWSER_ARGS });
  try {
    // Pages, pictures and code are warm: a first view is the cold part's.
    for (const path of Object.values(paths))
      for (const window of windows) await weigh(browser, shop.url + path, path, window);
    if (has("weight"))
      for (const window of windows)
        for (const [page, path] of Object.entries(paths))
          weights.push(await weigh(browser, shop.url + path, page, window));
    if (has("clicks")) clicks = await runClicks(browser, shop.url, paths.category, options.rounds + 2);
    if (has("lighthouse")) {
      const cookie = await cookieOfShopper(browser, shop, paths);
      const all = { ...paths, cart: "/cart", checkout: "/checkout" };
      const urls = Object.fromEntries(Object.entries(all).map(([page, path]) => [page, shop.url + path]));
      scores = await runLighthouse(urls, { runs: options.runs, cookie });
    }
  } finally {
    await browser.close();
  }
  return { weights, clicks, scores };
}

const windows = Object.keys(WINDOWS) as (keyof typeof WINDOWS)[];

/** The cookies of somebody with one thing in the cart. */
async function cookieOfShopper(browser: Browser, shop: BenchShop, paths: Paths): Promise<string> {
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(shop.url + paths.product);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.waitForURL("**/cart");
  const cookies = await context.cookies();
  await context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

function print(all: {
  weights: WeightLine[];
  clicks: Clicks | undefined;
  scores: LighthouseLine[];
  warm: WarmLine[];
  cold: ColdLine[];
  memory: unknown[];
}): void {
  const table = (title: string, rows: readonly object[]) => {
    if (rows.length === 0) return;
    console.log(`\n${title}`);
    console.table(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, shown(value)]))),
    );
  };
  const { warm, cold, weights, clicks, scores, memory } = all;
  table("Cached pages (CPU of the server for each request)", warm);
  table("Products seen for the first time", cold);
  table("Memory of the web server after that, MB", memory as object[]);
  table(
    "Weight as transferred, bytes",
    weights.map(({ bytes, ...line }) => ({ ...line, ...bytes })),
  );
  table("Clicks, ms", clicks ? Object.entries(clicks).map(([what, times]) => ({ what, ...times })) : []);
  table(
    "Lighthouse on a phone",
    scores.map(({ failed, ...line }) => ({ ...line, failed: failed.join(" ") })),
  );
}

const shown = (value: unknown) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value);
