/** Staff: invited, signed in with a second factor, shown the way, and switched off. */
import type { Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

const PASSWORD = "plumb gate and tin";

/** An admin invites somebody; answers the link of their mail. */
async function invite(admin: Page, name: string, email: string): Promise<string> {
  await admin.goto("/admin/staff");
  const form = admin.getByRole("form", { name: "Invite somebody" });
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.getByLabel("E-mail").fill(email);
  await form.getByRole("button", { name: "Invite" }).click();
  await expect(admin.getByText("They have a mail with a link")).toBeVisible();
  const mail = admin.locator("main").getByRole("link", { name: "Your way into the back office" });
  await expect(async () => {
    await admin.goto(`/admin/mail?q=${encodeURIComponent(email)}`);
    await expect(mail).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await mail.click();
  await admin.getByText("As text").click();
  const text = (await admin.locator("main pre").textContent()) ?? "";
  return /\/reset-password\?token=[\w-]+/.exec(text)?.[0] ?? "";
}

/** Chooses the password by the link and signs in; the page that follows is the profile. */
async function comeIn(page: Page, link: string, email: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("textbox", { name: "New password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.waitForURL(/\/sign-in/);
  await giveFirst(page, email);
  await page.waitForURL((url) => url.pathname === "/account/profile");
}

async function giveFirst(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in?callbackUrl=/account/profile");
  await page.getByLabel("E-mail").filter({ visible: true }).fill(email);
  await page.getByLabel("Password").filter({ visible: true }).fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.waitForURL(/\/sign-in\/code/);
  await page.getByLabel("Code").filter({ visible: true }).fill(code);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Sets the second factor up; answers the app that has the key now, and the recovery codes. */
async function setUp(page: Page): Promise<{ app: TOTP; codes: string[] }> {
  const panel = page.getByRole("region", { name: "Second factor" });
  await panel.getByRole("button", { name: "Set it up" }).click();
  const key = (await panel.locator("code").first().textContent()) ?? "";
  const app = new TOTP({ secret: Secret.fromBase32(key.replaceAll(" ", "")) });
  await panel.getByLabel("The code that the app shows now").fill("000000");
  await panel.getByRole("button", { name: "Turn it on" }).click();
  await expect(panel.getByText("That code is wrong").first()).toBeVisible();
  await panel.getByLabel("The code that the app shows now").fill(app.generate());
  await panel.getByRole("button", { name: "Turn it on" }).click();
  const list = panel.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(list).toHaveCount(10);
  // The page around them knows it, too: it says On, and offers no other key.
  await expect(panel.getByText("On", { exact: true })).toBeVisible();
  await expect(panel.getByRole("button", { name: "Make another key" })).toBeHidden();
  return { app, codes: await list.allTextContents() };
}

test("invited, two factors, out everywhere, switched off and on again", async ({
  page,
  newVisitor,
  faults,
}) => {
  test.slow();
  // Who is not signed in any more asks for what is not there.
  faults.allow(/404/);
  const email = `noor-${Date.now().toString(36)}@example.com`;
  await signIn(page, "admin@example.com", "/admin");
  const link = await invite(page, "Noor Nine", email);
  const noor = await newVisitor();
  await comeIn(noor, link, email);
  const { app, codes } = await setUp(noor);
  await axe(noor);
  await noor.goto("/admin");
  await expect(noor.getByRole("navigation", { name: "Back office" }).getByText("Orders")).toBeVisible();

  // Another device: the password alone opens nothing, a code that was used neither.
  const phone = await newVisitor();
  await giveFirst(phone, email);
  await phone.waitForURL(/\/sign-in\/code/);
  await axe(phone);
  await phone.goto("/admin");
  await phone.waitForURL(/\/sign-in\/code\?callbackUrl=%2Fadmin/);
  await giveCode(phone, codes[0] ?? "");
  await phone.waitForURL((url) => url.pathname === "/admin");
  const laptop = await newVisitor();
  await giveFirst(laptop, email);
  await giveCode(laptop, codes[0] ?? "");
  await expect(laptop.getByText("That code is wrong").first()).toBeVisible();
  await giveCode(laptop, app.generate({ timestamp: Date.now() + 30_000 }));
  await laptop.waitForURL((url) => url.pathname === "/account/profile");
  await laptop.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(laptop.getByText("All other devices are signed out.", { exact: true })).toBeVisible();
  await phone.goto("/admin/orders");
  await phone.waitForURL(/\/sign-in\?/);

  await page.goto("/admin/staff");
  await page
    .getByRole("row", { name: new RegExp(email) })
    .getByRole("link", { name: "Noor Nine" })
    .click();
  await page.getByRole("button", { name: "Switch the account off" }).click();
  await expect(page.getByText("The account is switched off and signed out.")).toBeVisible();
  await axe(page);
  await laptop.goto("/account/profile");
  await laptop.waitForURL(/\/sign-in\?/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Who was signed out signs in again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Switch the account off" })).toBeVisible();
});

test("without scripts: a second factor is set up, given, and turned off; roles, columns and finding work", async ({
  plainPage: page,
  newVisitor,
}) => {
  test.slow();
  const email = `olga-${Date.now().toString(36)}@example.com`;
  const admin = await newVisitor();
  await signIn(admin, "admin@example.com", "/admin");
  await comeIn(page, await invite(admin, "Olga Nine", email), email);
  const { app, codes } = await setUp(page);
  await page.getByRole("navigation", { name: "Account" }).getByRole("button", { name: "Sign out" }).click();
  await giveFirst(page, email);
  await giveCode(page, app.generate({ timestamp: Date.now() + 30_000 }));
  await page.waitForURL((url) => url.pathname === "/account/profile");
  await page.goto("/admin/find?q=stock");
  await page
    .getByRole("list", { name: "Found" })
    .getByRole("link", { name: /Stock$/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Stock" })).toBeVisible();
  await page.goto("/account/profile");
  const panel = page.getByRole("region", { name: "Second factor" });
  await panel.locator("summary").filter({ hasText: "Turn it off" }).click();
  await panel.getByLabel("Your password").fill(PASSWORD);
  await panel.getByLabel("Code", { exact: true }).fill(codes[4] ?? "");
  await panel.getByRole("button", { name: "Turn it off" }).click();
  await expect(page.getByText("The second factor is off.")).toBeVisible();
});

test("anywhere by keys; lists sort by their heads and choose columns; nothing is wider than a phone", async ({
  page,
}) => {
  test.slow();
  await signIn(page, "admin@example.com", "/admin");
  const palette = page.getByRole("dialog", { name: "Go anywhere" });
  // Keys are heard once the scripts run.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette).toBeVisible({ timeout: 500 });
  }).toPass();
  const field = palette.getByRole("combobox");
  await expect(field).toBeFocused();
  await field.fill("line@exa");
  await expect(palette.getByRole("status")).toContainText("Nothing is called");
  await field.fill("tax");
  await expect(palette.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await axe(page);
  // Enter before the answer is there goes to what was typed, not to what is still listed.
  await field.fill("mail");
  await field.press("Enter");
  await page.waitForURL((url) => url.pathname === "/admin/mail");

  await page.getByRole("link", { name: "Subject" }).click();
  await page.waitForURL(/sort=subject&dir=asc/);
  await expect(page.getByRole("columnheader", { name: "Subject" })).toHaveAttribute("aria-sort", "ascending");
  const firstWords = async () =>
    (await page.locator("main tbody tr td:first-child a").filter({ visible: true }).allTextContents()).map(
      (subject) => subject.trim().split(" ")[0]?.toLowerCase() ?? "",
    );
  // Every collation puts words of plain letters in one order.
  const plain = (words: string[]) => words.filter((word) => /^[a-z]+$/.test(word));
  const up = await firstWords();
  expect(plain(up)).toEqual(plain(up).toSorted());
  await page.getByRole("link", { name: "Subject" }).click();
  await page.waitForURL(/sort=subject&dir=desc/);
  await expect(page.getByRole("columnheader", { name: "Subject" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  const down = await firstWords();
  expect(plain(down)).toEqual(plain(down).toSorted().reverse());
  expect((up[0] ?? "") < (down[0] ?? ""), `${up[0]} before ${down[0]}`).toBe(true);
  await page.locator("summary").filter({ hasText: "Columns" }).click();
  await page.getByLabel("Order", { exact: true }).uncheck();
  await page.getByRole("button", { name: "Show these" }).click();
  await page.waitForURL(/cols=to/);
  await expect(page).toHaveURL(/dir=desc/);
  await expect(page.getByRole("columnheader", { name: "Order" })).toHaveCount(0);
  await axe(page);

  await page.keyboard.press("/");
  await expect(page.locator("#list-search")).toBeFocused();
  await page.locator("#list-search").blur();
  await page.keyboard.press("Shift+?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys).toBeVisible();
  await axe(page);
  await keys.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForURL((url) => url.pathname === "/admin/staff");
});
