/** An account's beginning and end: opened from a guest's order by a password, taken along as a file, deleted. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { axe, expect, test } from "./fixtures";
import { addAndGoToCart, fillAddress, openPiece } from "./shopping";

const PASSWORD = "plumb gate and tin";

let people = 0;
function newAddress(): string {
  people += 1;
  return `e2e-life-${Date.now().toString(36)}-${process.pid}-${people}@example.com`;
}

async function orderAsGuest(page: Page, email: string, index: number, scripts: boolean): Promise<void> {
  await openPiece(page, index);
  await addAndGoToCart(page, { scripts });
  await page.goto("/checkout");
  await fillAddress(page);
  await page.locator('[name="email"]').fill(email);
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.waitForURL("**/checkout/delivery");
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.waitForURL("**/checkout/payment");
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
}

async function journey(page: Page, index: number, scripts: boolean): Promise<void> {
  const email = newAddress();
  await orderAsGuest(page, email, index, scripts);
  const number = /orders\/([A-Z]+-[0-9A-Z]+)/.exec(page.url())?.[1] ?? "";
  const claim = page.getByRole("region", { name: "Keep this order in an account" });
  await claim.getByLabel("Password").fill("password1");
  await claim.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Please check the marked fields." })).toBeVisible();
  await claim.getByLabel("Password").fill(PASSWORD);
  await claim.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("One more step: sign in.")).toBeVisible();
  const typed = (name: string) =>
    page.getByRole("main").getByRole("textbox", { name }).filter({ visible: true });
  await expect(typed("E-mail")).toHaveValue(email);
  await page.getByLabel("Password").filter({ visible: true }).fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/orders\//);
  await page.goto("/account/orders");
  await expect(page.getByRole("link", { name: number })).toBeVisible();

  await page.goto("/account/data");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download your data" }).click(),
  ]);
  const data = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(data).toMatchObject({ profile: { email }, orders: [{ number, email }] });

  await page.getByLabel("Your password").filter({ visible: true }).fill(PASSWORD);
  await page.getByLabel("Yes, delete my account.").filter({ visible: true }).check();
  await page.getByRole("button", { name: "Delete the account" }).click();
  await expect(
    page.getByText("This account cannot go: an order that is still on its way needs it."),
  ).toBeVisible();

  await page.goto(`/orders/${number}`);
  await page.getByText("Cancel this order").click();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/cancelled/i);
  await page.goto("/account/data");
  await page.getByLabel("Your password").filter({ visible: true }).fill("not the password");
  await page.getByLabel("Yes, delete my account.").filter({ visible: true }).check();
  await page.getByRole("button", { name: "Delete the account" }).click();
  await expect(page.getByText("That is not your password.").first()).toBeVisible();
  await page.getByLabel("Your password").filter({ visible: true }).fill(PASSWORD);
  await page.getByLabel("Yes, delete my account.").filter({ visible: true }).check();
  await page.getByRole("button", { name: "Delete the account" }).click();
  await expect(page.getByText("Your account is deleted.")).toBeVisible();
  await typed("E-mail").fill(email);
  await page.getByLabel("Password").filter({ visible: true }).fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
}

test("an account from an order, taken along and deleted", async ({ page }) => {
  await journey(page, 27, true);
});

test("the same without scripts", async ({ plainPage }) => {
  await journey(plainPage, 30, false);
});

test("links of mails that are wrong or over say so, and lead on", async ({ page, plainPage }) => {
  for (const visitor of [page, plainPage]) {
    await visitor.goto("/verify-email?token=wrong");
    await visitor.getByRole("button", { name: "Confirm the address" }).click();
    await expect(visitor.getByText("This link was used already or is too old.")).toBeVisible();
    await visitor.goto("/reset-password?token=wrong");
    await visitor.locator("#password").fill(PASSWORD);
    await visitor.getByRole("button", { name: "Set the password" }).click();
    await expect(visitor.getByText("This link was used already or is too old.")).toBeVisible();
    await visitor.goto("/reset-password");
    await visitor.getByRole("link", { name: "Ask for a new link" }).click();
    await visitor.getByRole("textbox", { name: "E-mail" }).filter({ visible: true }).fill(newAddress());
    await visitor.getByRole("button", { name: "Send the link" }).click();
    await expect(visitor.getByText("Look into your mailbox.")).toBeVisible();
  }
});

test("nobody gets a file without signing in", async ({ page }) => {
  await page.goto("/api/account/export");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Faccount%2Fdata$/);
  await axe(page);
});
