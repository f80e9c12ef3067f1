/** A product is edited in the back office, and the shop shows it at once. */
import { formatMoney } from "@/lib/domain/money";
import { signIn } from "./admin-steps";
import { expect, test } from "./fixtures";

test("a saved name and price are in the shop with the next request", async ({ page, newVisitor }) => {
  await signIn(page, "line@example.com", "/admin/products");
  await page.locator("main tbody a[href^='/admin/products/']").last().click();
  await page.waitForURL(/\/admin\/products\/[0-9a-f-]{36}/);
  await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
  const name = await page.getByLabel("Name", { exact: true }).inputValue();
  const price = await page.locator('[name="variants.0.price"]').inputValue();
  const path = `/p/${await page.getByLabel("Address").inputValue()}`;

  const visitor = await newVisitor();
  await visitor.goto(path);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(name);
  // Another hand opened the same form before.
  const late = await page.context().newPage();
  await late.goto(page.url());

  await page.getByLabel("Name", { exact: true }).fill(`${name} again`);
  await page.locator('[name="variants.0.price"]').fill(String(Number(price) + 1));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The shop shows it already.")).toBeVisible();
  await visitor.goto(path);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(`${name} again`, { timeout: 1_000 });
  const raised = formatMoney(Math.round((Number(price) + 1) * 100), "EUR", { compact: true });
  await expect(visitor.getByRole("main").getByText(raised).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Price history" })).toContainText("Line");

  await late.getByLabel("Name", { exact: true }).fill("Too late");
  await late.getByRole("button", { name: "Save" }).click();
  await expect(late.getByText("What you typed is still here")).toBeVisible();
  // What is typed and not saved does not go with a page that is closed by mistake.
  await late.getByLabel("Name", { exact: true }).fill("Later still");
  const asked = late.waitForEvent("dialog");
  await late.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.accept();

  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.locator('[name="variants.0.price"]').fill(price);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await visitor.goto(path);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(name, { timeout: 1_000 });
});

test("a form that is wrong says where, and keeps what was typed, without scripts", async ({
  plainPage: page,
}) => {
  await signIn(page, "line@example.com", "/admin/products");
  await page.locator("main tbody a[href^='/admin/products/']").nth(3).click();
  await page.getByLabel("Line below the name").fill("Typed with care");
  await page.locator('[name="variants.0.price"]').fill("much");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Please enter an amount in digits, like 59.").first()).toBeVisible();
  await expect(page.getByLabel("Line below the name")).toHaveValue("Typed with care");
});
