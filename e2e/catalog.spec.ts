/** Finding a piece and choosing its variant, with scripts and without. */
import { expect, test } from "./fixtures";

const CUSHION = "/p/grating-cushion";

test("from the front page through a category to a piece", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).not.toBeEmpty();
  await page
    .getByRole("navigation", { name: "Shop", exact: true })
    .getByRole("link", { name: "Textiles" })
    .first()
    .click();
  await page.waitForURL("**/c/textiles");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Textiles");
  await page.getByRole("link", { name: "Page 2" }).click();
  await page.waitForURL("**/c/textiles/page/2");
  const first = page.locator("main article").first();
  const name = (await first.getByRole("heading").textContent()) ?? "";
  await first.getByRole("link").click();
  await page.waitForURL("**/p/*");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});

test("choosing an option changes price, stock and address in place", async ({ page }) => {
  await page.goto(CUSHION);
  const size = page.getByRole("group", { name: /^Size/ });
  await size.getByRole("link", { name: /^60/ }).click();
  await expect(page).toHaveURL(/CU-237-VER-60$/);
  await expect(page.locator("main").getByText("€58")).toBeVisible();
  await page
    .getByRole("group", { name: /^Colour/ })
    .getByRole("link", { name: "Moss" })
    .click();
  await expect(page).toHaveURL(/CU-237-MOS-60$/);
  await expect(page.locator('input[name="variantId"]').first()).not.toHaveValue("");
  // The address is a page of its own.
  await page.reload();
  await expect(page.getByRole("group", { name: /^Colour/ }).locator('[aria-current="true"]')).toHaveText(
    "Moss",
  );
});

test("a sold-out variant says so and cannot be added", async ({ page }) => {
  await page.goto(`${CUSHION}/CU-237-VER-40`);
  const button = page.getByRole("button", { name: "Sold out" });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/gone for now/);
});

test("adding is told, and the count in the bar follows", async ({ page }) => {
  await page.goto(`${CUSHION}/CU-237-VER-50`);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page.getByRole("region", { name: "Added to your cart" })).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: /^Cart/ })).toContainText("1");
  await page.getByRole("button", { name: "Save to wishlist" }).click();
  await expect(page.getByRole("button", { name: "Saved in your wishlist" })).toBeVisible();
  await page.goto("/wishlist");
  await expect(page.getByRole("main").getByRole("link", { name: "Grating cushion" }).first()).toBeVisible();
});

test("without scripts: search, choose a variant by its link, see every picture and fold", async ({
  plainPage: page,
}) => {
  await page.goto("/search?q=grating+cushion");
  await page.locator("main article").first().getByRole("link").click();
  await page.waitForURL(`**${CUSHION}`);
  await page
    .getByRole("group", { name: /^Colour/ })
    .getByRole("link", { name: "Moss" })
    .click();
  await page.waitForURL("**/CU-237-MOS-*");
  await expect(page.getByText(/In stock|left$/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Add to cart" })).toBeVisible();
});

test("@phone no page is wider than the window, nor at 400 % of 1280 px", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of [
    "/",
    "/c/textiles",
    CUSHION,
    "/search?q=mug",
    "/search",
    "/sign-in",
    "/orders",
    "/journal",
    "/contact",
    "/p/weft-water-jug-with-a-handle-for-two-hands-and-a-lip-that-does-not-drip",
  ]) {
    await page.goto(path);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, path).toBeLessThanOrEqual(0);
  }
});
