/** States that only a hand brings about, looked at by axe in both themes, and all pages of the purchase at 400 % zoom. */
import type { Page } from "@playwright/test";
import { axe, expect, test } from "./fixtures";
import { addAndGoToCart, goToPayment, openPiece, untilAlive } from "./shopping";

/** A window of 1280 px at 400 %. */
const ZOOMED = { width: 320, height: 640 };

async function fits(page: Page): Promise<void> {
  const { excess, widest } = await page.evaluate(() => ({
    excess: document.documentElement.scrollWidth - innerWidth,
    widest: [...document.querySelectorAll("main *")]
      .find((e) => e.getBoundingClientRect().right > innerWidth + 1)
      ?.outerHTML.slice(0, 160),
  }));
  expect(excess, `${page.url()} ${widest}`).toBeLessThanOrEqual(0);
}

for (const colorScheme of ["light", "dark"] as const)
  test(`drawer, menu, errors and open steps are accessible in the ${colorScheme}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openPiece(page, colorScheme === "light" ? 17 : 18);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await expect(page.getByRole("region", { name: "Added to your cart" })).toBeVisible();
    await axe(page);
    await page.setViewportSize(ZOOMED);
    await page.goto("/cart");
    await page.getByText("Menu", { exact: true }).click();
    await axe(page);
    await fits(page);
    await page.goto("/cart");
    await fits(page);
    await page.getByRole("button", { name: /^Save for later/ }).click();
    await expect(page.getByRole("heading", { name: "Saved for later" })).toBeVisible();
    await axe(page);
    await fits(page);
    await page.goto("/wishlist");
    await fits(page);
    await page.goto("/cart");
    await page.getByRole("button", { name: /^Move to cart/ }).click();
    await expect(page.getByRole("status").filter({ hasText: "is in your cart" })).toBeFocused();
    await page.getByRole("textbox", { name: "Discount code" }).fill("NOSUCHCODE");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("There is no such code.")).toBeVisible();
    await axe(page);
    await page.getByRole("button", { name: "Remove code" }).click();
    await page.getByRole("button", { name: "Check out" }).click();
    await page.waitForURL("**/checkout");
    await page.getByRole("button", { name: "Continue to delivery" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Please check" })).toBeFocused();
    await axe(page);
    await fits(page);
    await page.goto("/cart");
    await goToPayment(page);
    await page.locator("summary").filter({ hasText: "Contact", visible: true }).click();
    await page.locator("summary").filter({ hasText: "Arrives", visible: true }).click();
    await page.locator("summary").filter({ hasText: "Show your", visible: true }).click();
    await axe(page);
    await fits(page);
    await page.getByRole("button", { name: /^Pay/ }).click();
    await expect(page.getByText("Please check the card number")).toBeVisible();
    await axe(page);
    await fits(page);
  });

test("a full cart with long names keeps its frame", async ({ page }) => {
  await openPiece(page, 19);
  await addAndGoToCart(page);
  await page.setViewportSize(ZOOMED);
  await untilAlive(page.locator("main h2 a").first());
  // Names are data: the longest that a shop would give, in the places where they stand.
  await page.evaluate(() => {
    for (const name of document.querySelectorAll("main h2 a"))
      name.textContent = "Donaudampfschifffahrtsgesellschaftskapitänsmützenmusterkollektion Nr. 4711";
  });
  await fits(page);
});
