/** A declined card keeps everything, and another card pays the same order. */
import { expect, test } from "./fixtures";
import { addAndGoToCart, CARDS, expectPaid, goToPayment, openPiece, typeCard } from "./shopping";

test("declined, then paid with another card", async ({ page, faults }) => {
  faults.allow(/402/);
  await openPiece(page, 8);
  await addAndGoToCart(page);
  await goToPayment(page);
  await typeCard(page, CARDS.declined);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The card was declined" })).toBeFocused();
  await expect(page.getByLabel("Expiry")).toHaveValue("12/39");
  const number = /orders\/([A-Z]+-[0-9A-Z]+)\/payment/.exec(page.url())?.[1];
  expect(number, "a reload leads to the payment of the order").toBeTruthy();
  await typeCard(page, CARDS.pays);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await expectPaid(page);
  expect(page.url()).toContain(`/orders/${number}?`);
});

test("declined, reloaded, then paid", async ({ page, faults }) => {
  faults.allow(/402/);
  await openPiece(page, 9);
  await addAndGoToCart(page);
  await goToPayment(page);
  await typeCard(page, CARDS.declined);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The card was declined" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pay your order");
  await expect(page.getByText(/held for you for another|Held for you for another/)).toBeVisible();
  await typeCard(page, CARDS.pays);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await expectPaid(page);
});
