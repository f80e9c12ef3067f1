import { readFile } from "node:fs/promises";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

test("home shows a period of one's own from its address, with what it is compared with", async ({ page }) => {
  await signIn(page, "admin@example.com", "/admin");
  await expect(page.getByText("Carts that became orders")).toBeVisible();
  await expect(page.getByText(/against the 30 days before/)).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "90 days" }).click();
  await expect(page).toHaveURL(/period=90/);
  await expect(page.getByText(/against the 90 days before/)).toBeVisible();
  const table = page.getByRole("table", { name: "Top products" });
  await expect(table.getByRole("row").nth(1)).toContainText("€");
  await page.goto("/admin?period=own&from=2026-01-01&to=2026-01-10");
  await expect(page.getByText("1 Jan – 10 Jan 2026")).toBeVisible();
  await expect(page.getByText(/against the 10 days before/)).toBeVisible();
  await page.getByRole("link", { name: /failed webhooks/ }).click();
  await expect(page).toHaveURL(/webhooks\?view=failed/);
});

test("an admin keeps a note and a membership, and takes a customer's data out", async ({ page }) => {
  await signIn(page, "admin@example.com", "/admin/customers");
  await page.getByRole("link", { name: /^With an account/ }).click();
  await expect(page).toHaveURL(/view=accounts/);
  await page.getByRole("link", { name: "Spent" }).click();
  await expect(page).toHaveURL(/sort=value/);
  await page.getByRole("table", { name: "Customers" }).getByRole("row").nth(1).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Membership", exact: true })).toBeVisible();
  await axe(page);
  await page.getByRole("textbox", { name: /^Note/ }).fill("Asks for a gift wrap");
  await page.getByRole("button", { name: "Save the note" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const membership = page.getByRole("combobox", { name: /^Membership/ });
  const [tier = "none"] = await membership.selectOption({ index: 1 });
  await page.getByRole("button", { name: "Save the membership" }).click();
  // The save before told the same words: only the next one offers to take itself back.
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("textbox", { name: /^Note/ })).toHaveValue("Asks for a gift wrap");
  await expect(membership).toHaveValue(tier);

  await page.getByLabel(/^To export/).fill("somebody@else.example");
  await page.getByRole("button", { name: "Export the data" }).click();
  await expect(page.getByText("That is not the address of this customer.")).toBeVisible();
  const email = (await page.getByText(/@/).first().textContent())?.split(",")[0] ?? "";
  await page.getByLabel(/^To export/).fill(email);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export the data" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("customer-data.json");
  expect(JSON.parse(await readFile(await file.path(), "utf8"))).toMatchObject({ profile: { email } });
});

// Both pay what is due to the same owners: one after the other.
test.describe("payouts", () => {
  test.describe.configure({ mode: "default" });

  test("without scripts an admin pays an owner out, by hand, and the books still balance", async ({
    plainPage: page,
  }) => {
    await signIn(page, "admin@example.com", "/admin/payouts");
    await page.getByRole("button", { name: /^Pay out Ring/ }).click();
    await expect(page.getByText("The payout is started.", { exact: false })).toBeVisible();
    await page.getByLabel("The bank’s reference").fill("x");
    await page.getByRole("button", { name: "The bank sent it" }).click();
    await expect(page.getByText("Please enter what the bank calls it.").first()).toBeVisible();
    await page.getByLabel("The bank’s reference").fill("SEPA 2026 11");
    await page.getByRole("button", { name: "The bank sent it" }).click();
    await expect(page.getByText("It is paid, and the owner was told.")).toBeVisible();
    await page.goto("/admin/books");
    await expect(page.getByText("The books balance.")).toBeVisible();

    // A rate of one's own, where the shop's was meant so far, and back again.
    await page.goto("/admin/payouts");
    await page.getByRole("link", { name: "Ring Studio" }).first().click();
    const rate = page.getByLabel("Commission in percent");
    for (const [typed, told] of [
      ["101", "A rate from 0 to 100, like 12.5."],
      ["12,5", "The rate is saved."],
      ["", "The rate is saved."],
    ] as const) {
      await rate.fill(typed);
      await page.getByRole("button", { name: "Save the rate" }).click();
      await expect(page.getByText(told, { exact: false }).first()).toBeVisible();
      if (told === "The rate is saved.") await page.goto(new URL(page.url()).pathname);
    }
  });

  test("an admin pays all owners at once, by name, and takes the list to the bank", async ({ page }) => {
    await signIn(page, "admin@example.com", "/admin/payouts");
    await page.getByRole("link", { name: "Pay all that is due" }).click();
    await page.waitForURL("**/admin/payouts/pay");
    await axe(page);
    const line = page.getByRole("row").filter({ hasText: "Line Works" }).filter({ visible: true });
    await expect(line).toContainText("By hand");
    await page.getByLabel("Only from, EUR").fill("100000");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(line).toContainText("Waits: less than you pay");
    await expect(page.getByRole("button", { name: /^Pay €/ })).toHaveCount(0);
    await page.goto("/admin/payouts/pay");
    const pay = page.getByRole("button", { name: /^Pay €/ });
    const sum = ((await pay.textContent()) ?? "").replace(/^Pay (\S+).*/, "$1");
    await pay.dblclick();
    await page.waitForURL("**/admin/payouts/runs/*");
    await expect(page.getByRole("heading", { level: 1 }).filter({ visible: true })).toHaveText(
      new RegExp(`^[12] payouts?, ${sum}$`),
    );
    await axe(page);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "As CSV" }).filter({ visible: true }).click(),
    ]);
    expect(await readFile(await file.path(), "utf8")).toMatch(/\r\nLine Works,[\d.]+,EUR,by hand,pending,/);
    await page.getByRole("link", { name: "Line Works" }).filter({ visible: true }).click();
    await page.getByLabel("The bank’s reference").fill("SEPA 2026 12");
    await page.getByRole("button", { name: "The bank sent it" }).click();
    await expect(page.getByText("It is paid, and the owner was told.")).toBeVisible();
    await page.goto("/admin/books");
    await expect(page.getByText("The books balance.")).toBeVisible();
  });
});

test("an owner reads the statement, takes it along, and sees nobody else's", async ({ page, newVisitor }) => {
  await signIn(page, "line@example.com", "/admin/payouts");
  await expect(page.getByText("Held by disputes")).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Statement" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your statement" })).toBeVisible();
  await axe(page);
  const own = new URL(page.url()).pathname;
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "As CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^statement-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines.at(1)).toContain("Balance before");
  expect(lines.at(-1)).toContain("Balance after");
  expect(lines.filter((line) => /,MR-/.test(line)).length).toBeGreaterThan(0);
  await page.goto("/admin/customers");
  await expect(page.getByText("@example.com")).toHaveCount(0);
  await page.goto("/admin/books");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No line crosses here.");

  const other = await newVisitor();
  await signIn(other, "ring@example.com", "/admin/payouts");
  await other.goto(own);
  await expect(other.getByRole("heading", { level: 1, name: "Nothing here." })).toBeVisible();
  expect((await other.request.get(`${own}/statement.csv`)).status()).toBe(404);
});
