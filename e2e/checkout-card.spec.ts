/** A guest pays by card, with scripts. */
import { axe, expect, test } from "./fixtures";
import { addAndGoToCart, CARDS, expectPaid, fillAddress, goToPayment, openPiece, typeCard } from "./shopping";

test("a guest pays by card and every page on the way is accessible", async ({ page }) => {
  const piece = await openPiece(page, 0);
  await addAndGoToCart(page);
  await expect(page.getByRole("link", { name: piece.name }).first()).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: /check out$/i }).click();
  await page.waitForURL("**/checkout");
  await axe(page);
  await fillAddress(page);
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.waitForURL("**/checkout/delivery");
  await axe(page);
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.waitForURL("**/checkout/payment");
  await axe(page);
  // Back loses nothing that was typed.
  await page.goBack();
  await page.waitForURL("**/checkout/delivery");
  await page.goBack();
  await page.waitForURL("**/checkout");
  // The router keeps the steps before in the document, hidden.
  const street = page.locator('[name="shipping.line1"]').filter({ visible: true });
  await expect(street).toHaveValue("Torstraße 112");
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.waitForURL("**/checkout/delivery");
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.waitForURL("**/checkout/payment");
  await typeCard(page, CARDS.pays);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await expectPaid(page);
  await axe(page);
  await page.goto("/cart");
  await expect(page.getByRole("heading", { name: "Your cart is empty" })).toBeVisible();
  await axe(page);
});

test("two presses and a reload place one order", async ({ page }) => {
  await openPiece(page, 1);
  await addAndGoToCart(page);
  await goToPayment(page);
  await typeCard(page, CARDS.pays);
  const button = page.getByRole("button", { name: /^Pay €/ });
  await button.dblclick();
  await expectPaid(page);
  const placed = page.url();
  await page.goto("/checkout/payment");
  await page.waitForURL("**/cart");
  await page.goto(placed);
  await expect(page.getByText("Order placed")).toHaveCount(1);
});

test("what is wrong is said beside its field, and what was typed stays", async ({ page }) => {
  await openPiece(page, 2);
  await addAndGoToCart(page);
  await page.getByRole("button", { name: /check out$/i }).click();
  await page.waitForURL("**/checkout");
  await fillAddress(page);
  await page.locator('[name="shipping.postalCode"]').fill("1011");
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "Please check the marked fields" });
  await expect(summary).toBeFocused();
  await expect(page.locator('[name="shipping.postalCode"]')).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator('[name="shipping.line1"]')).toHaveValue("Torstraße 112");
  await axe(page);
  await page.goto("/checkout/payment");
  await page.waitForURL("**/checkout");
});
