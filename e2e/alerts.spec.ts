/** Alerts: an account and a guest ask to hear when a piece is back or cheaper, and stop it. */
import type { Page } from "@playwright/test";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

const CUSHION = "/p/grating-cushion";
const SOLD_OUT = `${CUSHION}/CU-237-VER-40`;

const askBack = (page: Page) => page.getByRole("form", { name: "Tell me when it is back" });
const askPrice = (page: Page) => page.getByRole("form", { name: "Tell me when it costs less" });

test("an account asks to hear, sees it on the page and in its list, and stops it", async ({ page }) => {
  await signIn(page, "ada@example.com", "/account");
  await page.goto(SOLD_OUT);
  // The address of the account comes after the page.
  await expect(askBack(page).getByLabel("E-mail")).toHaveValue("ada@example.com");
  await askBack(page).getByRole("button").click();
  await expect(page.getByText("We write to ada@example.com when it is back.")).toBeVisible();
  await page.goto("/account/alerts");
  const row = page
    .getByRole("listitem")
    .filter({ hasText: "Grating cushion" })
    .filter({ hasText: "back in stock" });
  await expect(row).toBeVisible();
  await axe(page);
  await row.getByRole("button", { name: /^Stop/ }).click();
  await expect(row).toHaveCount(0);
  await page.goto(SOLD_OUT);
  await expect(askBack(page)).toBeVisible();
});

test("without scripts: a guest asks, and the link of the mail stops it", async ({
  plainPage: page,
  newVisitor,
}) => {
  const email = `eve.${Date.now()}@example.org`;
  await page.goto(SOLD_OUT);
  // Pictures lead to their files.
  const file = await page
    .getByRole("list", { name: /^Pictures of/ })
    .getByRole("link")
    .first()
    .getAttribute("href");
  expect((await page.request.get(file ?? "/none")).headers()["content-type"]).toMatch(/^image\//);
  await askBack(page).getByLabel("E-mail").fill("eve@example");
  await askBack(page).getByRole("button").click();
  await expect(page.getByText("Please enter an e-mail address like name@example.com.").first()).toBeVisible();
  await expect(askBack(page).getByLabel("E-mail")).toHaveValue("eve@example");
  await askBack(page).getByLabel("E-mail").fill(email);
  await askBack(page).getByRole("button").click();
  await expect(page.getByText(`Kept. We write to ${email} once, when it is back.`)).toBeVisible();
  await page.goto(`${CUSHION}/CU-237-MOS-50`);
  await page.getByText("Tell me when it costs less").first().click();
  await askPrice(page).getByLabel("E-mail").fill(email);
  await askPrice(page).getByRole("button").click();
  await expect(page.getByText(`Kept. We write to ${email} once, when it costs less.`)).toBeVisible();

  const admin = await newVisitor();
  await signIn(admin, "admin@example.com", "/admin");
  await admin.goto(`/admin/mail?q=${encodeURIComponent(email)}`);
  await admin.getByRole("link", { name: "We keep an eye on Grating cushion" }).first().click();
  await admin.getByText("As text").click();
  const text = (await admin.locator("main pre").textContent()) ?? "";
  const [stop = ""] = /\/api\/alerts\/stop\?\S+/.exec(text) ?? [];
  await page.goto(stop);
  await expect(page.getByRole("heading", { level: 1, name: "What you wait to hear" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Grating cushion" })).toHaveCount(2);
  await page.getByRole("button", { name: "Stop waiting for" }).first().click();
  await page.waitForURL(/\/alerts\//);
  await expect(page.getByRole("listitem").filter({ hasText: "Grating cushion" })).toHaveCount(1);
  await page.goto(stop.replace(/key=.*/, "key=wrong"));
  await expect(page.getByRole("heading", { level: 1, name: "This link does not work." })).toBeVisible();
});
