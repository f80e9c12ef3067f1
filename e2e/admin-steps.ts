/** Steps that the journeys of the back office share: signing in, and an order whose seller is known. */
import type { Cookie, Page } from "@playwright/test";
import { Visitor } from "@/bench/checkout/visitor";
import { base } from "./authorisation/sending";
import { expect } from "./fixtures";
import { demoPieces, HOME } from "./shopping";

const PASSWORD = "moire-demo-shop-2026";

const kept = new Map<string, Cookie[]>();

/** Arrives at `path` as somebody: by the form, or as who came in by it before in this worker. */
export async function signIn(page: Page, email: string, path: string): Promise<void> {
  const context = page.context();
  // A cart that somebody brings along is taken over by the form.
  const isNew = (await context.cookies()).length === 0;
  if (isNew && kept.has(email)) {
    await enterAs(page, email);
    await page.goto(path);
    // Another journey may have ended it.
    if (new URL(page.url()).pathname === path) return;
    await context.clearCookies();
  }
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === path);
  if (isNew) kept.set(email, await context.cookies());
}

/** Enters as a person who signed in before in this worker, without a look at a page. */
export async function enterAs(page: Page, email: string): Promise<void> {
  const cookies = kept.get(email);
  if (cookies) await page.context().addCookies(cookies);
  else await signIn(page, email, email.startsWith("ada") ? "/account" : "/admin");
}

export interface Sold {
  readonly number: string;
  /** The guest's own page of the order. */
  readonly link: string;
  /** Who sells what was bought, and who does not. */
  readonly seller: string;
  readonly other: string;
}

/** A guest orders one piece, to be paid in cash, by the forms alone. Journeys that run together take different pieces. */
export async function orderByCash(index: number): Promise<Sold> {
  const guest = new Visitor(base);
  const { path, html } = await findPiece(guest, index);
  const send = async (page: string, field: string, filled: Record<string, string> = {}) =>
    guest.post(page, (await guest.form(page, field)).with(filled));
  await send(path, "variantId");
  const { email, ...home } = HOME;
  const shipping = Object.entries({ country: "DE", ...home }).map(([name, value]) => [
    `shipping.${name}`,
    value,
  ]);
  await send("/checkout", "email", { email, billingSame: "on", ...Object.fromEntries(shipping) });
  await send("/checkout/delivery", "shippingRateId");
  const link = new URL(
    await send("/checkout/payment", "expectedTotal", { method: "cash_on_delivery" }),
    base,
  );
  const number = /^\/orders\/([A-Z]+-[0-9A-Z]+)$/.exec(link.pathname)?.[1];
  if (!number || !link.searchParams.has("key")) throw new Error(`the last step led to ${link}`);
  const [line, ring] = ["line@example.com", "ring@example.com"] as const;
  const isByLine = /Made by (?:<[^>]*>)*Line/.test(html);
  return { number, link: link.href, seller: isByLine ? line : ring, other: isByLine ? ring : line };
}

async function findPiece(guest: Visitor, index: number) {
  for (const path of await demoPieces(index)) {
    const html = await guest.read(base, path);
    if (html.includes("Add to cart")) return { path, html };
  }
  throw new Error("no piece can be bought");
}

/** Whether the page says that there is nothing, as it does for everything that is not one's own. */
export async function expectNothing(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: "Nothing here." })).toBeVisible();
}
