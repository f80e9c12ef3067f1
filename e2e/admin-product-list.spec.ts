/** The list of products: a row's price and status, and many at once, each with its way back. */
import type { Page } from "@playwright/test";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

/** Goods of this journey alone: begun as drafts, found by their name. */
async function beginTwo(page: Page, name: string) {
  await signIn(page, "ring@example.com", "/admin/products");
  for (const each of ["one", "two"]) {
    await page.goto("/admin/products/new");
    await page.getByLabel("Name", { exact: true }).fill(`${name} ${each}`);
    await page.getByLabel("Price, EUR", { exact: true }).fill("20");
    await page.getByRole("button", { name: "Begin" }).click();
    await expect(page.getByText("The draft is begun.")).toBeVisible();
  }
  await page.goto(`/admin/products?q=${encodeURIComponent(name)}`);
}

/** Keeps what forms send from the server until it is let go, and counts it. */
async function holdAnswers(page: Page) {
  let release = () => {};
  const gate = new Promise<void>((open) => {
    release = open;
  });
  const held = { sent: 0, release: () => release() };
  await page.route("**/admin/products**", async (route) => {
    if (route.request().method() === "POST") {
      held.sent += 1;
      await gate;
    }
    await route.continue();
  });
  return held;
}

test("a row is saved as it is left, many change at once, and both are taken back", async ({ page }) => {
  test.slow();
  const name = `Listed ${Date.now()}`;
  await beginTwo(page, name);
  await axe(page);
  const price = page.getByRole("textbox", { name: `Price of ${name} one` });
  const status = page.getByRole("combobox", { name: `Status of ${name} one` });
  await page.setViewportSize({ width: 1280, height: 300 });
  await price.fill("23,5");
  const top = await page.evaluate(() => scrollY);
  expect(top).toBeGreaterThan(0);
  // The answer is held back: the price stands there as it will be stored, and leaving the field sends nothing again.
  const held = await holdAnswers(page);
  await price.press("Enter");
  await expect(price).toHaveValue("23.50");
  await price.blur();
  await price.focus();
  held.release();
  await expect(page.getByText("One product changed.")).toBeVisible();
  expect(held.sent).toBe(1);
  await expect(price).toHaveValue("23.50");
  // The list stays where it was, and so does the focus.
  await expect(price).toBeFocused();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(top);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("One product as before.")).toBeVisible();
  await expect(price).toHaveValue("20.00");
  await status.selectOption("active");
  await expect(page.getByText("One product changed.")).toBeVisible();
  await expect(status).toHaveValue("active");

  await page.getByRole("checkbox", { name: "All products on this page" }).check();
  const bar = page.getByRole("form", { name: "Change the ticked products" });
  await expect(page.getByText("2 selected")).toBeVisible();
  await bar.getByLabel("Status").selectOption("archived");
  await bar.getByLabel("Price").selectOption("percent");
  await bar.getByLabel("By or to").fill("much");
  await bar.getByRole("button", { name: "Change them" }).click();
  await expect(page.getByText("Please enter percent like −10 or 5.5.").first()).toBeVisible();
  await bar.getByLabel("By or to").fill("-10");
  await bar.getByRole("button", { name: "Change them" }).click();
  await expect(page.getByText("2 products changed.")).toBeVisible();
  await page.goto(`${page.url()}&view=archived`);
  await expect(price).toHaveValue("18.00");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("2 products as before.")).toBeVisible();
  await page.goto(`/admin/products?q=${encodeURIComponent(name)}`);
  await expect(price).toHaveValue("20.00");
  await expect(status).toHaveValue("active");
  await expect(page.getByRole("textbox", { name: `Price of ${name} two` })).toHaveValue("20.00");
  await expect(page.getByRole("combobox", { name: `Status of ${name} two` })).toHaveValue("draft");
});

test("without scripts rows and ticked products are changed by buttons and taken back", async ({
  plainPage: page,
}) => {
  test.slow();
  const name = `Plainly ${Date.now()}`;
  await beginTwo(page, name);
  await page.getByRole("textbox", { name: `Price of ${name} two` }).fill("31");
  await page.getByRole("button", { name: `Keep the price of ${name} two` }).click();
  await expect(page.getByText("One product changed.")).toBeVisible();
  await page.getByRole("checkbox", { name: `${name} two` }).check();
  await page.getByLabel("Add tags").fill("plain");
  await page.getByRole("button", { name: "Change them" }).click();
  await page.goto(`/admin/products?tag=plain&q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("textbox", { name: /^Price of/ })).toHaveCount(1);
  await expect(page.getByRole("textbox", { name: /^Price of/ })).toHaveValue("31.00");
});
