/**
 * Takes every page of a running shop at three widths in both themes into ./shots, with contact sheets.
 * `npm run shots [-- NAME …]`; BASE_URL says where the shop is.
 */
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import sharp from "sharp";
import { BROWSER_ARGS, browserPath } from "../e2e/browser";
import { DEMO_PASSWORD, SHOTS, type Shot } from "./shots-routes";

const BASE = process.env.BASE_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
const OUT = path.resolve("shots");
const WIDTHS = [360, 768, 1440] as const;
const THEMES = ["light", "dark"] as const;
const HEIGHTS: Record<(typeof WIDTHS)[number], number> = { 360: 740, 768: 1024, 1440: 900 };

/** Contact sheet: how wide a picture is drawn, how much of it, and how many pages stand on one sheet. */
const THUMB = { width: 300, height: 520, gap: 12, pages: 6 };

async function signIn(context: BrowserContext, email: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${BASE}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"), { timeout: 10_000 });
  await page.close();
}

/** Scrolls through, so that pictures which load late are there. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 60));
    }
    scrollTo(0, 0);
  });
  // Pictures are worth waiting for; a page that keeps fetching ahead is not.
  await page.waitForLoadState("networkidle", { timeout: 2_500 }).catch(() => {});
}

async function take(browser: Browser, shot: Shot): Promise<void> {
  const context = await browser.newContext({ baseURL: BASE, reducedMotion: "reduce", locale: "en-GB" });
  try {
    if (shot.as) await signIn(context, shot.as);
    const page = await context.newPage();
    const address = typeof shot.path === "string" ? shot.path : await shot.path(page);
    for (const width of WIDTHS)
      for (const theme of THEMES) {
        await page.setViewportSize({ width, height: HEIGHTS[width] });
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.goto(address);
        await settle(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) console.warn(`  ${shot.name} is ${overflow} px too wide at ${width}`);
        await page.screenshot({ path: path.join(OUT, `${shot.name}-${width}-${theme}.png`), fullPage: true });
      }
    console.log(`${shot.name} (${address})`);
  } finally {
    await context.close();
  }
}

async function thumb(file: string): Promise<Buffer> {
  const { data, info } = await sharp(file)
    .resize({ width: THUMB.width })
    .png()
    .toBuffer({ resolveWithObject: true });
  const height = Math.min(info.height, THUMB.height);
  return sharp(data).extract({ left: 0, top: 0, width: THUMB.width, height }).png().toBuffer();
}

/** One row a page, one column a width and theme. */
async function sheet(names: readonly string[], file: string): Promise<void> {
  const columns = WIDTHS.flatMap((width) => THEMES.map((theme) => `${width}-${theme}`));
  const cells = names.flatMap((name, row) =>
    columns.map(async (column, at) => ({
      input: await thumb(path.join(OUT, `${name}-${column}.png`)),
      left: THUMB.gap + at * (THUMB.width + THUMB.gap),
      top: THUMB.gap + row * (THUMB.height + THUMB.gap),
    })),
  );
  const width = THUMB.gap + columns.length * (THUMB.width + THUMB.gap);
  const height = THUMB.gap + names.length * (THUMB.height + THUMB.gap);
  await sharp({ create: { width, height, channels: 3, background: "#808080" } })
    .composite(await Promise.all(cells))
    .png()
    .toFile(file);
}

const wanted = process.argv.slice(2);
const shots = SHOTS.filter((shot) => wanted.length === 0 || wanted.includes(shot.name));
await mkdir(OUT, { recursive: true });
if (wanted.length === 0)
  for (const file of await readdir(OUT)) if (file.endsWith(".png")) await rm(path.join(OUT, file));

const browser = await chromium.launch({ executablePath: await browserPath(), args: BROWSER_ARGS });
const failed: string[] = [];
for (const shot of shots)
  await take(browser, shot).catch((error: unknown) => {
    failed.push(shot.name);
    console.error(`${shot.name}: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
  });
await browser.close();

const done = shots.filter((shot) => !failed.includes(shot.name)).map((shot) => shot.name);
for (let i = 0; i < done.length; i += THUMB.pages)
  await sheet(done.slice(i, i + THUMB.pages), path.join(OUT, `sheet-${i / THUMB.pages + 1}.png`));
console.log(`${done.length} pages in ${path.relative(process.cwd(), OUT)}/, sheets beside them.`);
if (failed.length) process.exitCode = 1;
