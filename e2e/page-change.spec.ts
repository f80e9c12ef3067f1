/** From one page of the catalogue to the next: fetched ahead, without a reload, with its picture on the way, and back. */
import { chromium } from "@playwright/test";
import { BROWSER_ARGS, wholePath } from "./browser";
import { expect, test } from "./fixtures";

test("what is pointed at is there before the click", async ({ page }) => {
  await page.goto("/c/textiles");
  await page.waitForLoadState("networkidle");
  const link = page.locator("main article").last().getByRole("link");
  const path = (await link.getAttribute("href")) ?? "";
  const fetched = page.waitForRequest((request) => request.url().includes(`${path}?_rsc=`));
  await link.hover();
  expect((await fetched).headers()["next-router-prefetch"]).toBeTruthy();
});

test("a link changes the page without a reload; a new tab stays the browser's", async ({ page, context }) => {
  await page.goto("/c/textiles");
  await page.evaluate(() => {
    document.documentElement.dataset.kept = "yes";
  });
  const link = page.locator("main article:visible").first().getByRole("link");
  const path = (await link.getAttribute("href")) ?? "";
  const opened = context.waitForEvent("page");
  await link.click({ modifiers: ["ControlOrMeta"] });
  const tab = await opened;
  await expect(tab).toHaveURL(path);
  await expect(page).toHaveURL("/c/textiles");
  await link.click();
  await expect(page).toHaveURL(path);
  await expect(page.locator("html")).toHaveAttribute("data-kept", "yes");
  await page.goBack();
  await expect(page).toHaveURL("/c/textiles");
  await expect(page.locator("html")).toHaveAttribute("data-kept", "yes");
});

test("a picture flies from its card to its page and back, and stands in until the large one is there", async ({
  page,
}) => {
  // Every picture that was on its way, and where it began, seen from where it ended.
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { flights: seen });
    const { animate } = Element.prototype;
    Element.prototype.animate = function (frames, timing) {
      const from = Array.isArray(frames) ? frames[0]?.transform : undefined;
      if (this instanceof HTMLElement && this.dataset.flyer !== undefined) seen.push(String(from));
      return animate.call(this, frames, timing);
    };
  });
  const flights = () => page.evaluate(() => (window as unknown as { flights: string[] }).flights);
  let letThrough = () => {};
  const held = new Promise<void>((done) => {
    letThrough = done;
  });
  await page.goto("/c/textiles");
  const card = page.locator("main article", { has: page.getByRole("link", { name: "Grating cushion" }) });
  await card.locator("img").evaluate((image: HTMLImageElement) => image.decode());
  const shown = await card.locator("img").evaluate((image: HTMLImageElement) => image.currentSrc);
  await page.route("**/media/*/**", async (route) => {
    if (route.request().url() !== shown) await held;
    await route.continue();
  });
  await card.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: "Grating cushion" })).toBeVisible();
  const flyer = page.locator("[data-flyer]");
  await expect.poll(flights).toEqual([expect.stringMatching(/^translate\(.+\) scale\(/)]);
  await expect(flyer).toHaveAttribute("src", shown);
  letThrough();
  await expect(flyer).toHaveCount(0);

  await page.goBack();
  await expect(page).toHaveURL("/c/textiles");
  await expect.poll(flights).toHaveLength(2);
  await expect(flyer).toHaveCount(0);

  await page.emulateMedia({ reducedMotion: "reduce" });
  await card.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: "Grating cushion" })).toBeVisible();
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  expect(await flights()).toHaveLength(2);
});

test("Back shows a page of the catalogue as it was, without asking for it @whole", async ({ baseURL }) => {
  const browser = await chromium.launch({
    executablePath: wholePath(),
    args: BROWSER_ARGS,
    // Playwright turns it off.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const page = await browser.newPage();
    for (const path of ["/", "/c/textiles", "/p/grating-cushion"]) {
      await page.goto(`${baseURL}${path}`, { waitUntil: "networkidle" });
      await page.evaluate(() => {
        addEventListener("pageshow", ({ persisted }) => {
          document.documentElement.dataset.persisted = String(persisted);
        });
      });
      await page.goto("about:blank");
      await page.goBack({ waitUntil: "commit" });
      await expect(page.locator("html"), path).toHaveAttribute("data-persisted", "true");
    }
  } finally {
    await browser.close();
  }
});
