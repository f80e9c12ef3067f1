/** What the shop writes is seen in the back office, and its links lead somewhere. */
import type { Page } from "@playwright/test";
import { orderByCash, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

/** Opens the mail of this subject that is found by `search`, as an admin; a job writes it, which may take a moment. */
async function openMail(page: Page, search: string, subject: string): Promise<void> {
  const link = page.locator("main").getByRole("link", { name: subject });
  await expect(async () => {
    await page.goto(`/admin/mail?q=${encodeURIComponent(search)}`);
    await expect(link).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: subject })).toBeVisible();
}

/** The mail as text, unfolded. */
async function textOf(page: Page): Promise<string> {
  await page.getByText("As text").click();
  return (await page.locator("main pre").textContent()) ?? "";
}

test("an order's mail shows what was ordered, and its link opens the order", async ({ newVisitor }) => {
  const { number, link } = await orderByCash(8);
  const admin = await newVisitor();
  await signIn(admin, "admin@example.com", "/admin");
  await admin.getByRole("link", { name: "Mail", exact: true }).filter({ visible: true }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Mail" })).toBeVisible();
  await openMail(admin, number, `Order ${number} is confirmed`);
  const mail = admin.frameLocator("iframe");
  await expect(mail.getByRole("heading", { name: "Thank you. It is ordered." })).toBeVisible();
  await expect(mail.getByText("Grace Hopper")).toBeVisible();
  expect(await textOf(admin)).toContain(new URL(link).search);
  await axe(admin);
  const other = await newVisitor();
  await other.goto(link);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Thank you. It is ordered");
});

test("an owner has no mail log", async ({ page, faults }) => {
  faults.allow(/404/);
  await signIn(page, "line@example.com", "/admin");
  await expect(page.getByRole("link", { name: "Mail", exact: true })).toHaveCount(0);
  await page.goto("/admin/mail");
  await expect(page.getByRole("heading", { level: 1, name: "No line crosses here." })).toBeVisible();
});

test("without scripts: a forgotten password is replaced by the link of the mail", async ({
  plainPage: page,
  newVisitor,
}) => {
  const email = `mary.${Date.now()}@example.org`;
  await page.goto("/sign-up");
  await page.getByLabel("Full name").fill("Mary Ward");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("four words are enough");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(/\/sign-in/);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();

  const admin = await newVisitor();
  await signIn(admin, "admin@example.com", "/admin");
  await openMail(admin, email, "A new password for your account");
  const [reset = ""] = /\/reset-password\?token=[\w-]+/.exec(await textOf(admin)) ?? [];
  await page.goto(reset);
  await page.getByRole("textbox", { name: "New password" }).fill("entirely other words");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("The new password is set.")).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("entirely other words");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello, Mary");

  await openMail(admin, email, "Welcome: one click to confirm your address");
  const [verify = ""] = /\/verify-email\?token=[\w-]+/.exec(await textOf(admin)) ?? [];
  await page.goto(verify);
  await page.getByRole("button", { name: "Confirm the address" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your address is confirmed");
  await page.goto(verify);
  await page.getByRole("button", { name: "Confirm the address" }).click();
  await expect(page.getByText("This link was used already or is too old.")).toBeVisible();
});
