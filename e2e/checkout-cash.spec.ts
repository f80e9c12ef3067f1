/** A guest pays cash on delivery, with and without scripts. */
import { expect, test } from "./fixtures";
import { addAndGoToCart, goToPayment, openPiece } from "./shopping";

test("cash on delivery with scripts", async ({ page }) => {
  await openPiece(page, 3);
  await addAndGoToCart(page);
  await goToPayment(page);
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you. It is ordered");
  await expect(page.getByText("To be paid to the courier")).toBeVisible();
  await page.getByText("Cancel this order").click();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This order is cancelled");
});

test("cash on delivery with scripts off", async ({ plainPage: page }) => {
  const piece = await openPiece(page, 4);
  await addAndGoToCart(page, { scripts: false });
  await goToPayment(page);
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you. It is ordered");
  await expect(page.getByText(piece.name).filter({ visible: true }).first()).toBeVisible();
});

test("number and e-mail find the order, a wrong e-mail does not", async ({ plainPage: page, newVisitor }) => {
  await openPiece(page, 5);
  await addAndGoToCart(page, { scripts: false });
  await goToPayment(page);
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  const number = /orders\/([A-Z]+-[0-9A-Z]+)/.exec(page.url())?.[1] ?? "";

  const other = await newVisitor();
  await other.goto(`/orders/${number}`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Find your order");
  await other.getByLabel("E-mail").fill("somebody@example.org");
  await other.getByRole("button", { name: "Find the order" }).click();
  await expect(other.getByText("We could not find that order.")).toBeVisible();
  await other.getByLabel("E-mail").fill("grace@example.org");
  await other.getByRole("button", { name: "Find the order" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Thank you. It is ordered");
});
