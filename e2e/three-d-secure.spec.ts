/** A card whose bank asks back. */
import { expect, test } from "./fixtures";
import { addAndGoToCart, CARDS, expectPaid, goToPayment, openPiece, typeCard } from "./shopping";

test("the bank asks, the shopper fails once and then confirms", async ({ page }) => {
  await openPiece(page, 10);
  await addAndGoToCart(page);
  await goToPayment(page);
  await typeCard(page, CARDS.asks);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await page.waitForURL("**/sandbox/3ds/**");
  await page.getByRole("button", { name: "Fail authentication" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  await expect(page.getByText("The payment was not confirmed.")).toBeVisible();
  expect(page.url(), "the gateway's secret leaves the address").not.toContain("client_secret");
  await page.getByRole("link", { name: "Pay now" }).click();
  await typeCard(page, CARDS.asks);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await page.waitForURL("**/sandbox/3ds/**");
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await expectPaid(page);
});
