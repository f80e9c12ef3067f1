/** What a shopper waits for: from the click on a product to its page, and from "Add to cart" to the answer. */
import type { Browser, Page } from "@playwright/test";
import { median } from "../measure";
import { WINDOWS } from "./weigh";

export interface Clicks {
  /** Milliseconds from the click to the product's heading on the screen, and to its first picture. */
  readonly prefetched: { shown: number; picture: number };
  /** The same, clicked as soon as the link is there. */
  readonly early: { shown: number; picture: number };
  /** From "Add to cart": frames until something is shown, milliseconds until the server confirmed. */
  readonly cart: { frames: number; shownMs: number; confirmedMs: number; trivialFetchMs: number };
}

type Marks = Readonly<Record<string, number>>;

/** Medians of `rounds`. */
export async function runClicks(
  browser: Browser,
  site: string,
  category: string,
  rounds: number,
): Promise<Clicks> {
  const all = { prefetched: [] as Marks[], early: [] as Marks[], cart: [] as Marks[] };
  for (let round = 0; round < rounds; round += 1) {
    all.prefetched.push(await follow(browser, site + category, round, true));
    all.early.push(await follow(browser, site + category, round, false));
    all.cart.push(await add(browser, site + category, round));
  }
  const middle = (of: keyof typeof all, mark: string) =>
    median(all[of].map((one) => one[mark] ?? Number.NaN));
  return {
    prefetched: { shown: middle("prefetched", "shown"), picture: middle("prefetched", "picture") },
    early: { shown: middle("early", "shown"), picture: middle("early", "picture") },
    cart: {
      frames: middle("cart", "frames"),
      shownMs: middle("cart", "shown"),
      confirmedMs: middle("cart", "confirmed"),
      trivialFetchMs: middle("cart", "trivial"),
    },
  };
}

// The loader of this script names functions with a helper that pages do not have.
const NAMES = "globalThis.__name ??= (value) => value;";

async function open(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext(WINDOWS.desktop)).newPage();
  await page.addInitScript({ content: NAMES });
  return page;
}

/** Runs in the page, and in the next document where the click leads to one: waits frame by frame for what was announced. */
function watch(): void {
  const KEY = "bench-watch";
  const now = () => performance.timeOrigin + performance.now();
  function look(): void {
    const told = sessionStorage.getItem(KEY);
    if (!told) return;
    const { at, heading } = JSON.parse(told) as { at: number; heading: string };
    const marks: Record<string, number> = {};
    const frame = () => {
      const title = document.querySelector("main h1");
      if (title?.textContent === heading) {
        marks.shown ??= now() - at;
        const picture = document.querySelector<HTMLImageElement>("main section img");
        if (picture?.complete && picture.naturalWidth > 0) marks.picture ??= now() - at;
      }
      if (marks.picture) {
        sessionStorage.removeItem(KEY);
        Object.assign(window, { benchMarks: marks });
      } else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element && event.target.closest("article")?.querySelector("a");
      if (!link) return;
      sessionStorage.setItem(KEY, JSON.stringify({ at: now(), heading: link.textContent }));
      look();
    },
    { capture: true },
  );
  look();
}

async function follow(browser: Browser, url: string, round: number, prefetched: boolean): Promise<Marks> {
  const page = await open(browser);
  await page.addInitScript(watch);
  await page.goto(url, { waitUntil: prefetched ? "networkidle" : "commit" });
  const link = page.locator("main article a").nth(round % 4);
  await link.waitFor({ state: "attached" });
  if (prefetched) {
    await page.waitForTimeout(1_500);
    await link.hover();
    await page.waitForTimeout(300);
  }
  await link.scrollIntoViewIfNeeded();
  const box = await link.boundingBox();
  await page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
  const marks = await read(page);
  await page.context().close();
  return marks;
}

async function read(page: Page): Promise<Marks> {
  const found = await page.waitForFunction(() => (window as { benchMarks?: Marks }).benchMarks, undefined, {
    timeout: 20_000,
  });
  return (await found.jsonValue()) as Marks;
}

async function add(browser: Browser, url: string, round: number): Promise<Marks> {
  const page = await open(browser);
  await page.goto(url);
  const path = await page
    .locator("main article:not(:has-text('Sold out')) h2 a")
    .nth(round % 4)
    .getAttribute("href");
  await page.goto(new URL(path ?? "/", url).href, { waitUntil: "networkidle" });
  // A hand takes the pointer to the button before it presses.
  await page.locator("main").getByRole("button", { name: "Add to cart" }).first().hover();
  await page.waitForTimeout(150);
  const marks = await page.evaluate(async () => {
    const trivial: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const begun = performance.now();
      await (await fetch("/api/health/live")).text();
      trivial.push(performance.now() - begun);
    }
    const button = [...document.querySelectorAll<HTMLButtonElement>("main button[type=submit]")].find((one) =>
      one.textContent?.includes("Add to cart"),
    );
    const told: Record<string, number> = { trivial: trivial.sort((a, b) => a - b)[2] ?? 0 };
    const begun = performance.now();
    button?.click();
    let frames = 0;
    await new Promise<void>((done) => {
      const frame = () => {
        frames += 1;
        if (document.querySelector("section:popover-open")) {
          told.shown ??= performance.now() - begun;
          told.frames ??= frames;
        }
        const said = [...document.querySelectorAll("[role=status]")].some((one) =>
          one.textContent?.includes("is in your cart"),
        );
        if (said) told.confirmed ??= performance.now() - begun;
        if ((said && told.shown) || performance.now() - begun > 10_000) done();
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    return told;
  });
  await page.context().close();
  return marks;
}
