/** Reviews: written by a customer, read and answered by the owner, voted for by guests; with scripts and without. */
import type { Page } from "@playwright/test";
import { signIn as signInAsStaff } from "./admin-steps";
import { axe, expect, test } from "./fixtures";
import { openPiece } from "./shopping";

const PASSWORD = "plumb gate and tin";

async function newCustomer(page: Page, callbackUrl: string): Promise<void> {
  const email = `e2e-review-${Date.now().toString(36)}-${process.pid}@example.com`;
  await page.goto(`/sign-up?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  await page.getByLabel("Full name").fill("Mary Somerville");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("One more step: sign in.")).toBeVisible();
  await page.getByLabel("Password").filter({ visible: true }).fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

/** Writes about a piece, sees it wait, and answers its words. */
async function write(page: Page, path: string): Promise<string> {
  const title = `Straight lines ${Date.now().toString(36)}`;
  const form = path.replace("/p/", "/account/reviews/");
  await page.goto(path);
  await expect(page.getByRole("link", { name: "Write a review" })).toHaveAttribute("href", form);
  await newCustomer(page, form);
  await expect(page.getByRole("heading", { level: 1, name: "Write a review" })).toBeVisible();
  await page.getByLabel("2 of 5").check();
  await page.getByLabel("In a few words").fill("Not yet");
  await page.getByRole("button", { name: "Send the review" }).click();
  await expect(page.getByText("Thank you. We read it, then everybody can.")).toBeVisible();
  await page.getByRole("link", { name: /^Edit/ }).click();
  await expect(page.getByLabel("2 of 5")).toBeChecked();
  await page.getByLabel("4 of 5").filter({ visible: true }).check();
  await page.getByLabel("In a few words").filter({ visible: true }).fill(title);
  await page.getByLabel("What is it like").filter({ visible: true }).fill("They meet where they should.");
  await page.getByRole("button", { name: "Save the change" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: title })).toContainText("We read it first");
  return title;
}

async function publish(page: Page, title: string): Promise<void> {
  await signInAsStaff(page, "admin@example.com", "/admin/reviews");
  const row = page.getByRole("row").filter({ hasText: title });
  await page.goto(`/admin/reviews?view=pending&q=${encodeURIComponent(title)}`);
  await row.getByRole("button", { name: /^Publish/ }).click();
  await expect(page.getByText("The review is published.")).toBeVisible();
  await page.goto(`/admin/reviews?q=${encodeURIComponent(title)}`);
  await row.getByText("Answer", { exact: true }).click();
  await row.getByLabel("What everybody reads below it").fill("We think so, too.");
  await row.getByRole("button", { name: "Keep the answer" }).click();
  await expect(page.getByText("The answer is kept.")).toBeVisible();
}

async function readAndVote(page: Page, path: string, title: string): Promise<void> {
  const list = path.replace("/p/", "/reviews/");
  await page.goto(`${list}?sort=newest&stars=2`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(title)).toHaveCount(0);
  await page.goto(`${list}?sort=newest`);
  await page.getByRole("link", { name: /^4 stars/ }).click();
  await expect(page).toHaveURL(/stars=4/);
  const review = page.getByRole("listitem").filter({ hasText: title });
  await expect(review).toContainText("They meet where they should.");
  await expect(review).toContainText("We think so, too.");
  await expect(review).not.toContainText("verified purchase");
  await review.getByRole("button", { name: "Helpful" }).click();
  await expect(review.getByRole("button", { name: "Helpful", pressed: true })).toBeVisible();
  await expect(review).toContainText("1 found it helpful");
  await page.reload();
  await review.getByRole("button", { name: "Helpful", pressed: true }).click();
  await expect(review.getByRole("button", { name: "Helpful", pressed: false })).toBeVisible();
}

/** The heads of a table sort it, and its address says so. */
async function sortBy(page: Page, path: string, head: string, direction: string): Promise<void> {
  await page.goto(path);
  const column = page.getByRole("columnheader", { name: head });
  await column.getByRole("link").click();
  await expect(page).toHaveURL(/sort=\w+&dir=/);
  await expect(column).toHaveAttribute("aria-sort", direction);
  await axe(page);
}

test("a review is written, published, answered, and found helpful", async ({ page, newVisitor }) => {
  test.slow();
  const piece = await openPiece(page, 21);
  const title = await write(page, piece.path);
  const desk = await newVisitor();
  await publish(desk, title);
  await sortBy(desk, "/admin/reviews", "Stars", "ascending");
  await desk.goto("/admin/reviews?cols=author");
  await expect(desk.getByRole("columnheader", { name: "Stars" })).toHaveCount(0);
  await sortBy(desk, "/admin/audit", "Who", "ascending");
  await readAndVote(await newVisitor(), piece.path, title);
  await page.goto("/account/notifications");
  await expect(page.getByRole("link", { name: /^Notifications [12] new$/ })).toBeVisible();
  await page.getByRole("button", { name: `New: Your review of ${piece.name} is published` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Reviews of ${piece.name}` })).toBeVisible();
  await page.goto("/account/notifications");
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByText("All read")).toBeVisible();
  await page.goto("/account/reviews");
  await page.getByRole("button", { name: /^Delete the review/ }).click();
  await expect(page.getByText("The review is deleted.")).toBeVisible();
});

test("the same without scripts", async ({ plainPage, newVisitor, browser, contextOptions }) => {
  const piece = await openPiece(plainPage, 24);
  const title = await write(plainPage, piece.path);
  await publish(await newVisitor(), title);
  const guest = await browser.newContext({ ...contextOptions, javaScriptEnabled: false });
  await readAndVote(await guest.newPage(), piece.path, title);
  await guest.close();
});
