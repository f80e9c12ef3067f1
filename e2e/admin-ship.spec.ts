/** An owner ships from the back office, and the guest who bought sees the tracking. */
import type { Page } from "@playwright/test";
import { orderByCash, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

async function shipFirst(owner: Page, number: string, tracking: string): Promise<void> {
  await owner.goto("/admin/orders?view=to-ship");
  await owner.getByRole("searchbox").fill(number);
  await owner.getByRole("button", { name: "Search" }).click();
  await owner.getByRole("link", { name: number }).click();
  await expect(owner.getByRole("heading", { level: 1, name: number })).toBeVisible();
  await owner.getByLabel("Carrier").selectOption("DHL");
  await owner.getByLabel("Tracking number").fill(tracking);
  await owner.getByRole("button", { name: "Ship", exact: true }).click();
  await expect(owner.getByText("The parcel is on its way")).toBeVisible();
  await expect(owner.getByRole("link", { name: tracking })).toHaveAttribute("href", /dhl\.com.*JJD/);
}

test("an owner ships with a tracking number and the guest sees it", async ({ page, newVisitor }) => {
  const { number, link, seller } = await orderByCash(6);
  const desk = await newVisitor();
  await signIn(desk, seller, "/admin");
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("to ship.");
  await axe(desk);
  await shipFirst(desk, number, "JJD0001");
  await axe(desk);
  await page.goto(link);
  await expect(page.getByRole("link", { name: /JJD0001/ })).toHaveAttribute("href", /dhl\.com.*JJD0001/);

  await desk.getByRole("button", { name: "It arrived" }).click();
  await expect(desk.getByText("The parcel arrived.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("arrived");
});

test("the back office ships without scripts, too", async ({ page, plainPage }) => {
  const { number, link, seller } = await orderByCash(7);
  await signIn(plainPage, seller, "/admin/orders");
  await shipFirst(plainPage, number, "JJD0002");
  await page.goto(link);
  await expect(page.getByRole("link", { name: /JJD0002/ })).toBeVisible();
});

test("stock changes with a reason, which stays in the ledger", async ({ page }) => {
  await signIn(page, "line@example.com", "/admin/stock");
  await page.locator("main tbody a").first().click();
  await page.waitForURL(/\/admin\/stock\/[0-9a-f-]{36}/);
  const counts = page.locator("main dl:visible");
  const before = Number(await counts.locator("dd").nth(2).textContent());
  await page.getByLabel("What happened").selectOption("receive");
  await page.getByLabel("Pieces").fill("4");
  await page.getByLabel("Reason").fill("Delivery of the afternoon");
  await page.getByRole("button", { name: "Change stock" }).click();
  await expect(page.getByText("The stock is changed")).toBeVisible();
  await expect(counts.locator("dd").nth(2)).toHaveText(String(before + 4));
  await expect(page.getByRole("row", { name: /Delivery of the afternoon/ }).first()).toContainText("+4");
  await axe(page);

  await page.getByLabel("What happened").selectOption("correct");
  await page.getByLabel("Pieces").fill("-99999");
  await page.getByLabel("Reason").fill("All of it");
  await page.getByRole("button", { name: "Change stock" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "unsold and free" })).toBeVisible();
});
