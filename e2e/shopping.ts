/** Steps that several journeys share: finding a piece, putting it into the cart, walking through the checkout. */
import type { Locator, Page } from "@playwright/test";
import { base } from "./authorisation/sending";
import { expect } from "./fixtures";

export interface Piece {
  readonly path: string;
  readonly name: string;
}

/** Opens a piece that can be bought, chosen by `index` so that journeys that run together take different stock. */
export async function openPiece(page: Page, index = 0): Promise<Piece> {
  for (const path of await demoPieces(index)) {
    await page.goto(path);
    if (await page.getByRole("button", { name: "Add to cart" }).isVisible()) {
      return { path, name: ((await page.locator("h1").first().textContent()) ?? "").trim() };
    }
  }
  throw new Error("no piece can be bought");
}

let pieces: Promise<string[]> | undefined;

/** The newest pieces of the demo, from one of them on: goods that other journeys bring into the shop are left out. */
export async function demoPieces(index: number): Promise<string[]> {
  pieces ??= readPieces();
  const paths = await pieces;
  const first = (index * 3) % paths.length;
  return [...paths.slice(first), ...paths.slice(0, first)];
}

async function readPieces(): Promise<string[]> {
  const found: string[] = [];
  let size = 0;
  for (const path of ["/search", "/search?page=2"]) {
    const html = await (await fetch(base + path)).text();
    const hrefs = [...html.matchAll(/<a [^>]*href="(\/p\/[^"?#]+)/g)].map(([, href = ""]) => href);
    found.push(...hrefs);
    size ||= new Set(hrefs).size;
  }
  return [...new Set(found)].filter((path) => !/\d{10}|moire-/.test(path)).slice(0, size);
}

/** Puts the opened piece into the cart and stands on the cart page. */
export async function addAndGoToCart(page: Page, { scripts = true } = {}): Promise<void> {
  await page.getByRole("button", { name: "Add to cart" }).click();
  if (scripts) {
    await expect(page.getByText(/in your cart/i).first()).toBeVisible();
    await page.goto("/cart");
  } else {
    await page.waitForURL("**/cart");
  }
  await expect(page.getByRole("heading", { level: 1, name: "Cart" })).toBeVisible();
}

/** Waits until what stands there answers to presses: right after a load a busy machine is still at it. */
export async function untilAlive(place: Locator): Promise<void> {
  await expect
    .poll(() => place.evaluate((node) => Object.keys(node).some((key) => key.startsWith("__reactFiber"))))
    .toBe(true);
}

export const HOME = {
  email: "grace@example.org",
  name: "Grace Hopper",
  line1: "Torstraße 112",
  postalCode: "10119",
  city: "Berlin",
} as const;

/** From the cart to the payment step, as a guest in Berlin. */
export async function goToPayment(page: Page): Promise<void> {
  await page.getByRole("button", { name: /check out$/i }).click();
  await page.waitForURL("**/checkout");
  await fillAddress(page);
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.waitForURL("**/checkout/delivery");
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.waitForURL("**/checkout/payment");
}

export async function fillAddress(page: Page): Promise<void> {
  const shipping = (name: string) => page.locator(`[name="shipping.${name}"]`);
  await page.locator('[name="email"]').fill(HOME.email);
  await shipping("country").selectOption("DE");
  await shipping("name").fill(HOME.name);
  await shipping("line1").fill(HOME.line1);
  await shipping("postalCode").fill(HOME.postalCode);
  await shipping("city").fill(HOME.city);
}

/** Types a card into the sandbox's form. */
export async function typeCard(page: Page, number: string): Promise<void> {
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry").fill("12/39");
  await page.getByLabel("Security code").fill("123");
}

export const CARDS = {
  pays: "4242424242424242",
  declined: "4000000000000002",
  asks: "4000002500003155",
} as const;

/** The order's page says that it is paid; the webhook may take a moment. */
export async function expectPaid(page: Page): Promise<void> {
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you. It is paid and ordered", {
    timeout: 20_000,
  });
  await expect(page.getByText("Paid", { exact: true })).toBeVisible();
}
