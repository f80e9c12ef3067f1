/** The frame of every page: bar, menu, count, the page that is not there. */
import { expect, test } from "./fixtures";

test("the menu of a phone opens without scripts", async ({ plainPage: page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/cart");
  await expect(
    page.getByRole("link", { name: "Cart", exact: true }),
    "no count that scripts would bring",
  ).toBeVisible();
  await page.getByText("Menu", { exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Shop menu" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search from the menu" }).fill("mug");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=mug/);
});

test("the menu closes on Escape and gives the focus back", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/cart");
  await page.waitForLoadState("networkidle");
  await page.getByText("Menu", { exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("navigation", { name: "Shop menu" })).toBeHidden();
  await expect(page.locator("#phone-menu summary")).toBeFocused();
});

test("the count of the cart comes from its cookie and moves nothing", async ({
  page,
  context,
  baseURL,
  faults,
}) => {
  // Faces that come late are another test's (speed.spec).
  faults.allow(/ERR_FAILED/);
  await page.route(/\.woff2$/, (route) => route.abort());
  await context.addCookies([{ name: "cart_count", value: "12", url: baseURL ?? "" }]);
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        document.documentElement.dataset.shift = String(
          Number(document.documentElement.dataset.shift ?? 0) + ("value" in entry ? Number(entry.value) : 0),
        );
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Cart 12 pieces" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(Number((await page.locator("html").getAttribute("data-shift")) ?? 0)).toBeLessThan(0.001);
});

test("the keyboard meets the skip link first", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
});

test("the last run leads to what is reduced, and the bar stays within the window", async ({ page }) => {
  for (const width of [1024, 1280, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/");
    const last = page.getByRole("navigation", { name: "Shop", exact: true }).getByRole("link").last();
    await expect(last).toHaveText("Last run");
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await over(), `${width} px`).toBe(0);
    // The demo's categories need one line.
    expect((await page.getByRole("banner").boundingBox())?.height, `${width} px`).toBeLessThan(70);
  }
  await page
    .getByRole("navigation", { name: "Shop", exact: true })
    .getByRole("link", { name: "Last run" })
    .click();
  await expect(page).toHaveURL(/\/search\?sale=1$/);
  // The router keeps the page before in the document, hidden.
  const cards = page.locator("main article").filter({ visible: true });
  await expect(cards.first()).toBeVisible();
  // Of a piece whose dearer variant alone is reduced a list strikes nothing; journeys beside this one change prices.
  const struck = await cards.filter({ has: page.locator("s") }).count();
  expect(struck).toBeGreaterThan((await cards.count()) * 0.8);
});
