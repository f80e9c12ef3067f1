/** Steps that the journeys of the back office share: signing in, and an order whose seller is known. */
import type { Cookie, Page } from "@playwright/test";
import { expect } from "./fixtures";
import { addAndGoToCart, goToPayment, openPiece } from "./shopping";

const PASSWORD = "moire-demo-shop-2026";

/** Signs in by the form and arrives at `path`. */
export async function signIn(page: Page, email: string, path: string): Promise<void> {
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === path);
}

const kept = new Map<string, Cookie[]>();

/** Enters as a person who signed in before in this worker: for walks that end no session. */
export async function enterAs(page: Page, email: string): Promise<void> {
  const cookies = kept.get(email);
  if (cookies) await page.context().addCookies(cookies);
  else {
    await signIn(page, email, email.startsWith("ada") ? "/account" : "/admin");
    kept.set(email, await page.context().cookies());
  }
}

export interface Sold {
  readonly number: string;
  /** The guest's own page of the order. */
  readonly link: string;
  /** Who sells what was bought, and who does not. */
  readonly seller: string;
  readonly other: string;
}

/** A guest orders one piece, to be paid in cash. Journeys that run together take different pieces. */
export async function orderByCash(page: Page, index: number): Promise<Sold> {
  await openPiece(page, index);
  const byLine = await page.getByText(/^Made by Line/).isVisible();
  await addAndGoToCart(page);
  await goToPayment(page);
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  const link = page.url();
  const number = /orders\/([A-Z]+-[0-9A-Z]+)/.exec(link)?.[1] ?? "";
  const [line, ring] = ["line@example.com", "ring@example.com"];
  return { number, link, seller: byLine ? line : ring, other: byLine ? ring : line };
}

/** Whether the page says that there is nothing, as it does for everything that is not one's own. */
export async function expectNothing(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: "Nothing here." })).toBeVisible();
}
