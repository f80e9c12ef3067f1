/** Discounts in the back office: made, tried, changed by two hands, ended and deleted; with scripts and without. */
import type { Page } from "@playwright/test";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";
import { openPiece } from "./shopping";

/** A field of the page that shows: pages that were left stay in the document, hidden. */
const field = (page: Page, label: string) => page.getByLabel(label).filter({ visible: true });
const row = (page: Page, title: string) => page.getByRole("row").filter({ hasText: title });

test("a code is made, tried on a cart, changed by two hands, taken back and ended", async ({
  page,
  newVisitor,
}) => {
  test.slow();
  const { name } = await openPiece(page, 11);
  await signIn(page, "admin@example.com", "/admin/discounts");
  await page.getByRole("link", { name: "New discount" }).click();
  await page.waitForURL("**/admin/discounts/new");

  // What is wrong is told beside its field, and what was typed and ticked stays.
  await field(page, "Title").fill("Spring for friends");
  await field(page, "Code").fill("journey-spring");
  await field(page, "%, or EUR").fill("120");
  await field(page, "From goods worth").fill("9000");
  await field(page, "Uses in all").fill("3");
  await field(page, "Starts").fill("2026-01-01T10:00");
  const category = page
    .getByRole("group", { name: /^Categories/ })
    .getByRole("checkbox")
    .first();
  await category.check();
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByText("From 1 to 100 per cent.").first()).toBeVisible();
  await expect(field(page, "Title")).toHaveValue("Spring for friends");
  await expect(category).toBeChecked();
  await axe(page);
  await category.uncheck();
  await field(page, "%, or EUR").fill("12 %");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.waitForURL(/\/admin\/discounts\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Spring for friends");
  await expect(field(page, "Starts")).toHaveValue("2026-01-01T10:00");
  await axe(page);

  // The tester says why it does not hold, and once it does, for how much.
  const tester = page.getByRole("form", { name: "Try a cart" });
  await tester.getByLabel("Goods 1, name or SKU").fill("No such thing");
  await tester.getByRole("button", { name: "Try it" }).click();
  await expect(tester.getByText("No product or SKU of that name.").first()).toBeVisible();
  await tester.getByLabel("Goods 1, name or SKU").fill(name);
  await tester.getByRole("button", { name: "Try it" }).click();
  await expect(tester.getByText(/This code holds from €9,000\.00 on: .* more to go\./).first()).toBeVisible();

  // Another hand opened the same form before.
  const late = await page.context().newPage();
  await late.goto(page.url().replace(/\?.*/, ""));
  await field(page, "From goods worth").fill("");
  const saved = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await saved;
  await field(late, "Title").fill("Too late");
  await late.getByRole("button", { name: "Save", exact: true }).click();
  await expect(late.getByText(/changed the min subtotal to “nothing” just now/)).toBeVisible();
  await expect(field(late, "Title")).toHaveValue("Too late");
  await late.close();
  await page.reload();
  await expect(field(page, "From goods worth")).toHaveValue("");
  await tester.getByLabel("Goods 1, name or SKU").fill(name);
  await tester.getByRole("button", { name: "Try it" }).click();
  await expect(tester.getByText(/^It takes €.* off\.$/)).toBeVisible();
  await expect(tester.getByLabel("Goods 1, name or SKU")).toHaveValue(name);

  // A shopper's cart says the same.
  const shopper = await newVisitor();
  await openPiece(shopper, 11);
  await shopper.getByRole("button", { name: "Add to cart" }).click();
  await expect(shopper.getByText(/in your cart/i).first()).toBeVisible();
  await shopper.goto("/cart");
  await shopper.getByRole("textbox", { name: "Discount code" }).fill("Journey-Spring");
  await shopper.getByRole("button", { name: "Apply" }).click();
  await expect(shopper.getByRole("button", { name: "Remove code JOURNEY-SPRING" })).toBeVisible();
  await expect(shopper.getByRole("term").filter({ hasText: "Code JOURNEY-SPRING" })).toBeVisible();
  await expect(shopper.getByText(/^−€/)).toBeVisible();

  // The log knows it all, and puts it back.
  await page.getByRole("link", { name: "What changed" }).click();
  await page.waitForURL("**/admin/audit?**");
  await axe(page);
  await page.locator("summary").filter({ hasText: "Discount edit" }).first().click();
  await page.getByRole("button", { name: "Put it back as it was before" }).click();
  await expect(page.getByText("It is as it was before.")).toBeVisible();
  await page.goto("/admin/discounts?q=journey-spring");
  await row(page, "JOURNEY-SPRING").getByRole("link").click();
  await expect(field(page, "From goods worth")).toHaveValue("9000.00");
  await page.getByRole("button", { name: "End it now" }).click();
  await expect(page.getByText("Switched off").filter({ visible: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No order ever used it.")).toBeVisible();
  await expect(row(page, "JOURNEY-SPRING")).toHaveCount(0);
});

test("without scripts a discount is made, tried and deleted, and a form that is wrong keeps what was typed", async ({
  plainPage: page,
}) => {
  await signIn(page, "admin@example.com", "/admin/discounts");
  await page.getByRole("link", { name: "New discount" }).click();
  await field(page, "Title").fill("By hand");
  await field(page, "Code").fill("PLAIN-5");
  await field(page, "What it gives").selectOption("fixed");
  await field(page, "%, or EUR").fill("five");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByText("Please enter an amount like 12.50.").first()).toBeVisible();
  await expect(field(page, "Title")).toHaveValue("By hand");
  await expect(field(page, "What it gives")).toHaveValue("fixed");
  await field(page, "%, or EUR").fill("5");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("By hand");

  await page.goto("/admin/discounts");
  const tester = page.getByRole("form", { name: "Try a cart" });
  await tester.getByLabel("Code").fill("plain-5");
  await tester.getByLabel("Goods 1, name or SKU").fill("grating-cushion");
  await tester.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("It takes €5.00 off.")).toBeVisible();
  await page.goto("/admin/discounts?q=plain-5");
  await row(page, "PLAIN-5").getByRole("link").click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No order ever used it.")).toBeVisible();
});
