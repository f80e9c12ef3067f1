/** What breaks on the way to an order: the connection, a lost answer, a second tab, a double click. One order each. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { addAndGoToCart, fillAddress, goToPayment, openPiece } from "./shopping";

const ORDER = /\/orders\/([A-Z]+-[0-9A-Z]+)\?key=/;
const BROKEN = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|network error/i;

const place = (page: Page) => page.getByRole("button", { name: "Place order" });
const numberOf = (page: Page) => ORDER.exec(page.url())?.[1] ?? "";

async function toCash(page: Page, index: number): Promise<void> {
  await openPiece(page, index);
  await addAndGoToCart(page);
  await goToPayment(page);
  await page.getByLabel("Cash on delivery").check();
}

test("without a connection nothing is lost, and an answer that got lost is asked for again", async ({
  page,
  context,
  faults,
}) => {
  test.setTimeout(90_000);
  faults.allow(BROKEN);
  await openPiece(page, 15);
  await addAndGoToCart(page);
  await page.getByRole("button", { name: /check out$/i }).click();
  await page.waitForURL("**/checkout");
  await fillAddress(page);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "You are offline" })).toBeFocused();
  await expect(page.locator('[name="shipping.line1"]')).toHaveValue("Torstraße 112");
  await context.setOffline(false);
  // What the shop's door says while it is full stands in the form like any other answer.
  faults.allow(/503/);
  const full = {
    status: 503,
    contentType: "text/plain",
    body: "Refused: Very many people are here at once.",
  };
  await page.route("**/checkout", (route) => route.fulfill(full));
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Very many people" })).toBeFocused();
  await expect(page.locator('[name="shipping.line1"]')).toHaveValue("Torstraße 112");
  await page.unroute("**/checkout");
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.waitForURL("**/checkout/delivery");
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.waitForURL("**/checkout/payment");

  await page.getByLabel("Cash on delivery").check();
  // The order is placed, but the browser never hears of it.
  let lost = 0;
  await page.route("**/checkout/payment", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.fallback();
    lost += 1;
    await route.fetch({ maxRedirects: 0 }).catch(() => undefined);
    await route.abort();
  });
  await place(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "The connection broke" })).toBeFocused();
  await expect(page.getByLabel("Cash on delivery")).toBeChecked();
  await place(page).click();
  await page.waitForURL(ORDER);
  expect(lost).toBe(1);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you. It is ordered");
  // Nothing is left that could be ordered again.
  await page.goto("/cart");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your cart is empty");
});

test("two tabs and a double click make one order", async ({ page, context }) => {
  test.setTimeout(90_000);
  await toCash(page, 16);
  const other = await context.newPage();
  await other.goto("/checkout/payment");
  await other.getByLabel("Cash on delivery").check();
  await place(page).dblclick();
  await page.waitForURL(ORDER);
  await place(other).click();
  await other.waitForURL(ORDER);
  expect(numberOf(other)).toBe(numberOf(page));
});
