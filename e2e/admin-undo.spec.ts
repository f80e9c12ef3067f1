/** What was just saved in the back office is taken back from the page it was saved on; without scripts, too. */
import type { Page } from "@playwright/test";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

const undo = (page: Page) => page.getByRole("button", { name: "Undo", exact: true });

/** A draft of Line's with six on the shelf; answers its editor's path and where its stock is kept. */
async function beginDraft(page: Page): Promise<{ editor: string; ledger: string }> {
  const name = `Undone Bowl ${Date.now()}`;
  await signIn(page, "line@example.com", "/admin/products/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Price, EUR", { exact: true }).fill("24.50");
  await page.getByLabel("First count").fill("6");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("The draft is begun.")).toBeVisible();
  const editor = new URL(page.url()).pathname;
  await page.goto(`/admin/stock?q=${encodeURIComponent(name)}`);
  const link = page.getByRole("link", { name: new RegExp(name) }).first();
  return { editor, ledger: (await link.getAttribute("href")) ?? "" };
}

async function keepLow(page: Page, from: string): Promise<void> {
  await page.getByLabel("Low from").filter({ visible: true }).fill(from);
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByText("The mark for low stock is kept.")).toBeVisible();
}

test("an owner takes back stock and the mark for low stock; what changed nothing offers nothing", async ({
  page,
}) => {
  test.slow();
  const { ledger } = await beginDraft(page);
  await page.goto(ledger);
  const shelf = page.locator("main dl:visible dd").nth(2);
  await expect(shelf).toHaveText("6");
  await page.getByLabel("Pieces").fill("4");
  await page.getByLabel("Reason").fill("Delivery from the maker");
  await page.getByRole("button", { name: "Change stock" }).click();
  await expect(page.getByText("the ledger below says why")).toBeVisible();
  await expect(shelf).toHaveText("10");
  await axe(page);
  await undo(page).click();
  await expect(page.getByText("Taken back.")).toBeVisible();
  await expect(page.getByText("A change by hand, taken back").filter({ visible: true })).toBeVisible();
  await expect(shelf).toHaveText("6");
  await expect(undo(page)).toHaveCount(0);

  await keepLow(page, "9");
  await expect(undo(page)).toBeVisible();
  // The same once more: there is nothing to take back, least of all the change before it.
  await page.goto(ledger);
  await keepLow(page, "9");
  await expect(undo(page)).toHaveCount(0);
});

test("without scripts an owner takes back the mark for low stock and a schedule", async ({
  plainPage: page,
}) => {
  test.slow();
  const { editor, ledger } = await beginDraft(page);
  await page.goto(ledger);
  const was = await page.getByLabel("Low from").inputValue();
  await keepLow(page, "11");
  await undo(page).click();
  await expect(page.getByText("Taken back.")).toBeVisible();
  await expect(page.getByLabel("Low from")).toHaveValue(was);

  await page.goto(editor);
  await page.getByLabel(/^Into the shop/).fill("2099-03-01T10:00");
  await page.getByRole("button", { name: "Keep the schedule" }).click();
  await expect(page.getByText("The schedule is kept.")).toBeVisible();
  await undo(page).click();
  await expect(page.getByText("It is as it was before.")).toBeVisible();
  await expect(page.getByLabel(/^Into the shop/)).toHaveValue("");
});

test("a moderator takes back a decision in the list as it was filtered, and is told where it moved on", async ({
  page,
  plainPage,
}) => {
  test.slow();
  const list = "/admin/reviews?view=pending&sort=author";
  await signIn(page, "admin@example.com", "/admin/reviews");
  await page.goto(list);
  const reject = page.getByRole("button", { name: /^Reject/ }).last();
  const about = ((await reject.textContent()) ?? "").replace("Reject", "").trim();
  const mine = (on: Page, verb: string) => on.getByRole("button", { name: `${verb} ${about}`, exact: true });
  // Until the answer is there, the row says what was decided.
  let answer = () => {};
  const gate = new Promise<void>((open) => {
    answer = open;
  });
  await page.route("**/admin/reviews**", async (route) => {
    if (route.request().method() === "POST") await gate;
    await route.continue();
  });
  await reject.click();
  await expect(page.getByRole("status").filter({ hasText: "Rejected" })).toBeVisible();
  answer();
  await expect(page.getByText("The review is not shown.")).toBeVisible();
  await expect(mine(page, "Reject")).toHaveCount(0);
  await axe(page);
  const stale = page.url();
  await undo(page).click();
  await expect(page.getByText("It is as it was before.")).toBeVisible();
  await expect(page).toHaveURL(/view=pending/);
  await expect(mine(page, "Reject")).toBeVisible();

  // The page of before still offers it to whoever goes back to it.
  await signIn(plainPage, "admin@example.com", "/admin/reviews");
  await plainPage.goto(stale);
  await undo(plainPage).click();
  await expect(plainPage.getByText("It is as it was before already.")).toBeVisible();
  await expect(mine(plainPage, "Reject")).toBeVisible();
});

test("an admin takes back a moved category and, without scripts, a role and who was switched off", async ({
  page,
  plainPage,
}) => {
  test.slow();
  const name = `Undone ${Date.now()}`;
  await signIn(page, "admin@example.com", "/admin/categories");
  for (const each of [`${name} a`, `${name} b`]) {
    await page.getByRole("form", { name: "New category" }).getByLabel("Name").fill(each);
    await page.getByRole("button", { name: "Make it" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: each })).toBeVisible();
  }
  const rows = page.getByRole("listitem").filter({ hasText: name });
  await rows.last().dragTo(rows.first());
  await expect(page.getByText("Moved. The shop shows it already.")).toBeVisible();
  await expect(rows.last()).toContainText(`${name} a`);
  await axe(page);
  await undo(page).click();
  await expect(page.getByText("It is as it was before.")).toBeVisible();
  await expect(rows.last()).toContainText(`${name} b`);
  // The tree is left as it was: more categories need a second line in the shop's bar.
  for (const each of [`${name} a`, `${name} b`]) {
    await page.getByText(`Change ${each}`).click();
    await page.getByRole("button", { name: `Remove ${each}` }).click();
    await expect(rows.filter({ hasText: each })).toHaveCount(0);
  }

  const email = `undone-${Date.now()}@example.com`;
  await signIn(plainPage, "admin@example.com", "/admin/staff");
  const form = plainPage.getByRole("form", { name: "Invite somebody" });
  await form.getByLabel("Name", { exact: true }).fill("Una Done");
  await form.getByLabel("E-mail").fill(email);
  await form.getByRole("button", { name: "Invite" }).click();
  await expect(plainPage.getByText("They have a mail with a link")).toBeVisible();
  await plainPage.getByRole("row", { name: email }).getByRole("link", { name: "Una Done" }).click();
  const role = plainPage.getByRole("combobox", { name: "Role" });
  await role.selectOption("admin");
  await plainPage.getByRole("button", { name: "Change the role" }).click();
  await expect(plainPage.getByText("The role is changed.")).toBeVisible();
  await undo(plainPage).click();
  await expect(plainPage.getByText("Who was signed out signs in again.")).toBeVisible();
  await expect(role).toHaveValue("owner");

  await plainPage.getByRole("button", { name: "Switch the account off" }).click();
  await undo(plainPage).click();
  await expect(plainPage.getByRole("button", { name: "Switch the account off" })).toBeVisible();
  // Who left the staff is brought back from the list.
  await role.selectOption("customer");
  await plainPage.getByRole("button", { name: "Change the role" }).click();
  await expect(plainPage.getByText("They have left the staff")).toBeVisible();
  await undo(plainPage).click();
  await expect(plainPage.getByRole("row", { name: email })).toContainText("Owner");
});
