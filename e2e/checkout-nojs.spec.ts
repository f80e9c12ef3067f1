/** A guest with scripts off: the cart's forms, and a card on the gateway's own page. */
import { expect, test } from "./fixtures";
import { addAndGoToCart, CARDS, expectPaid, goToPayment, openPiece } from "./shopping";

test("every form of the cart works with scripts off", async ({ plainPage: page }) => {
  const piece = await openPiece(page, 6);
  await addAndGoToCart(page, { scripts: false });
  await page.getByRole("textbox", { name: "Discount code" }).fill("NOSUCHCODE");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("There is no such code.")).toBeVisible();
  await page.getByLabel("Deliver to").selectOption("AT");
  await page.getByRole("button", { name: "Update" }).last().click();
  await expect(page.getByLabel("Deliver to")).toHaveValue("AT");
  await page.getByRole("button", { name: /^Remove (?!code)/ }).click();
  await expect(page.getByText("is out of your cart")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: piece.name }).first()).toBeVisible();
  await page.getByRole("button", { name: /^Save for later/ }).click();
  await page.goto("/wishlist");
  await page.getByRole("button", { name: "Share the list" }).click();
  const link = await page.getByLabel("Whoever has this link sees the list").inputValue();
  await page.goto(new URL(link).pathname);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A shared wishlist");
  await page.goto("/wishlist");
  await page.getByRole("button", { name: /^Move to cart/ }).click();
  await page.waitForURL("**/cart");
  await expect(page.getByRole("link", { name: piece.name }).first()).toBeVisible();
});

test("who skips a step is led to it", async ({ plainPage: page }) => {
  await page.goto("/checkout/payment");
  await page.waitForURL("**/cart");
  await openPiece(page, 12);
  await addAndGoToCart(page, { scripts: false });
  await page.goto("/checkout/payment");
  await page.waitForURL("**/checkout");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Where should it go?");
});

test("a card is paid on the gateway's own page", async ({ plainPage: page }) => {
  await openPiece(page, 7);
  await addAndGoToCart(page, { scripts: false });
  await goToPayment(page);
  await expect(page.locator("noscript p")).toHaveText("You enter your card on the next page.");
  await expect(page.getByLabel("Card number")).toBeHidden();
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await page.waitForURL("**/sandbox/pay/cs_**");
  await page.getByLabel(/card number/i).fill(CARDS.pays);
  await page.getByLabel(/expir/i).fill("12/39");
  await page.getByLabel(/cvc|security/i).fill("123");
  await page.getByRole("button", { name: /pay/i }).first().click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  // The page loads itself again until the webhook came.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you. It is paid and ordered", {
      timeout: 500,
    });
  }).toPass({ timeout: 20_000 });
  await expectPaid(page);
});
