/** The pages that `npm run shots` looks at. Add yours here. */
import type { Page } from "@playwright/test";
import { fillAddress, goToPayment } from "../e2e/shopping";

export type Shot = {
  /** File name of the pictures. */
  name: string;
  /** A path, or a function that finds one (and may fill a cart on the way). */
  path: string | ((page: Page) => Promise<string>);
  /** A demo login to sign in with first. */
  as?: "ada@example.com" | "line@example.com" | "ring@example.com" | "admin@example.com";
};

export const DEMO_PASSWORD = "moire-demo-shop-2026";

/** The address of the nth link on a page whose target starts so. @throws where there is none: another page is no stand-in */
async function linkOn(page: Page, path: string, start: string, nth = 0): Promise<string> {
  await page.goto(path);
  const link = page.locator(`main a[href^="${start}"]`).nth(nth);
  const href = (await link.count()) ? await link.getAttribute("href") : null;
  if (!href) throw new Error(`${path} has no link to ${start}…: the page behind it cannot be looked at`);
  return href;
}

/** Pages that an admin sees: name, address, and where the page is behind a link of that one, how its target starts. */
const backOffice = (pages: readonly (readonly [name: string, path: string, start?: string])[]): Shot[] =>
  pages.map(([name, path, start]) => ({
    name: `admin-${name}`,
    path: start ? (page) => linkOn(page, path, start) : path,
    as: "admin@example.com",
  }));

/** Puts a product into the cart, then goes on to `path`. */
const withCart = (path: string) => async (page: Page) => {
  await page.goto(await linkOn(page, "/", "/p/"));
  await page.getByRole("button", { name: "Add to cart" }).first().click();
  await page.waitForTimeout(800);
  return path;
};

/** Walks a guest with one piece to the payment step. */
async function toPayment(page: Page): Promise<void> {
  await page.goto(await withCart("/cart")(page));
  await goToPayment(page);
}

/** Orders by cash and answers the order's page. */
async function orderInCash(page: Page): Promise<string> {
  await toPayment(page);
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  return page.url();
}

/** An order of the signed-in demo customer that has arrived. */
async function deliveredOrder(page: Page): Promise<string> {
  await page.goto("/account/orders");
  const row = page.locator("main li").filter({ hasText: "Delivered" }).locator('a[href^="/orders/"]').first();
  const href = (await row.count()) ? await row.getAttribute("href") : null;
  if (!href) throw new Error("the demo customer has no delivered order");
  return href;
}

/** Another page of an order, by the address of its own. */
const orderPage = (address: string, page: string): string => address.replace(/(?=\?|$)/, `/${page}`);

export const SHOTS: readonly Shot[] = [
  { name: "home", path: "/" },
  { name: "category", path: (page) => linkOn(page, "/", "/c/") },
  { name: "product", path: (page) => linkOn(page, "/", "/p/") },
  { name: "product-2", path: (page) => linkOn(page, "/", "/p/", 4) },
  { name: "search", path: "/search?q=mug" },
  { name: "search-nothing", path: "/search?q=zzqqx" },
  { name: "cart-empty", path: "/cart" },
  { name: "cart", path: withCart("/cart") },
  {
    name: "cart-saved",
    path: async (page) => {
      await page.goto(await withCart("/cart")(page));
      await page.getByRole("button", { name: /^Save for later/ }).click();
      await page.getByRole("heading", { name: "Saved for later" }).waitFor();
      return page.url();
    },
  },
  { name: "cart-reminders", path: "/cart/reminders?done=1" },
  { name: "cart-open", path: "/cart/open?cart=none&key=none" },
  { name: "wishlist-empty", path: "/wishlist" },
  { name: "checkout-address", path: withCart("/checkout") },
  {
    name: "checkout-delivery",
    path: async (page) => {
      await page.goto(await withCart("/checkout")(page));
      await fillAddress(page);
      await page.getByRole("button", { name: "Continue to delivery" }).click();
      await page.waitForURL("**/checkout/delivery");
      return "/checkout/delivery";
    },
  },
  {
    name: "checkout-payment",
    path: async (page) => {
      await toPayment(page);
      return "/checkout/payment";
    },
  },
  {
    name: "order-by-cash",
    path: orderInCash,
  },
  { name: "category-page-2", path: "/c/textiles/page/2" },
  { name: "variant", path: (page) => linkOn(page, "/p/grating-cushion", "/p/grating-cushion/", 1) },
  {
    name: "wishlist",
    path: async (page) => {
      await page.goto("/p/grating-cushion");
      await page
        .getByRole("button", { name: /wishlist|save/i })
        .first()
        .click();
      await page.waitForTimeout(800);
      return "/wishlist";
    },
  },
  { name: "orders", path: "/orders" },
  { name: "returns", path: "/returns" },
  {
    name: "order-address",
    path: async (page) => orderPage(await orderInCash(page), "address"),
  },
  { name: "sign-in", path: "/sign-in" },
  { name: "sign-up", path: "/sign-up" },
  { name: "forgot-password", path: "/forgot-password?sent=1" },
  { name: "reset-password", path: "/reset-password?token=a" },
  { name: "verify-email", path: "/verify-email?token=a" },
  { name: "not-found", path: "/not/here" },
  { name: "something-slipped", path: "/something-slipped" },
  { name: "offline", path: "/offline.html" },
  { name: "about", path: "/about" },
  { name: "shipping-and-returns", path: "/shipping-and-returns" },
  { name: "privacy", path: "/privacy" },
  { name: "terms", path: "/terms" },
  { name: "contact", path: "/contact" },
  { name: "contact-sent", path: "/contact?sent=1" },
  { name: "journal", path: "/journal" },
  { name: "journal-entry", path: "/journal/why-two-combs" },
  { name: "account", path: "/account", as: "ada@example.com" },
  { name: "account-orders", path: "/account/orders", as: "ada@example.com" },
  { name: "product-sold-out", path: "/p/grating-cushion/CU-237-VER-40" },
  { name: "account-alerts", path: "/account/alerts", as: "ada@example.com" },
  { name: "account-addresses", path: "/account/addresses", as: "ada@example.com" },
  { name: "account-profile", path: "/account/profile", as: "ada@example.com" },
  { name: "account-address-new", path: "/account/addresses/new", as: "ada@example.com" },
  { name: "order", path: (page) => linkOn(page, "/account/orders", "/orders/"), as: "ada@example.com" },
  { name: "reviews", path: "/reviews/grating-cushion" },
  { name: "reviews-cut", path: "/reviews/grating-cushion?stars=5&verified=1&sort=newest" },
  { name: "account-reviews", path: "/account/reviews", as: "ada@example.com" },
  { name: "account-review", path: "/account/reviews/grating-cushion", as: "ada@example.com" },
  { name: "account-notifications", path: "/account/notifications", as: "ada@example.com" },
  { name: "account-data", path: "/account/data", as: "ada@example.com" },
  { name: "admin-reviews", path: "/admin/reviews", as: "line@example.com" },
  { name: "admin", path: "/admin", as: "line@example.com" },
  { name: "admin-orders", path: "/admin/orders", as: "admin@example.com" },
  {
    name: "admin-order",
    path: (page) => linkOn(page, "/admin/orders", "/admin/orders/MR-"),
    as: "admin@example.com",
  },
  { name: "account-returns", path: "/account/returns", as: "ada@example.com" },
  {
    name: "order-return",
    path: async (page) => orderPage(await deliveredOrder(page), "return"),
    as: "ada@example.com",
  },
  {
    name: "order-invoice",
    path: async (page) => orderPage(await deliveredOrder(page), "invoice"),
    as: "ada@example.com",
  },
  { name: "order-delivered", path: deliveredOrder, as: "ada@example.com" },
  {
    name: "admin-invoice",
    path: async (page) =>
      orderPage(await linkOn(page, "/admin/orders?payment=part-refunded", "/admin/orders/MR-"), "invoice"),
    as: "admin@example.com",
  },
  {
    name: "admin-slips",
    path: async (page) =>
      linkOn(page, await linkOn(page, "/admin/orders", "/admin/orders/MR-"), "/admin/orders/slips?ids="),
    as: "admin@example.com",
  },
  {
    name: "admin-preview",
    path: async (page) => `${await linkOn(page, "/admin/products", "/admin/products/0")}/preview`,
    as: "line@example.com",
  },
  { name: "admin-refunds", path: "/admin/refunds", as: "admin@example.com" },
  { name: "admin-returns", path: "/admin/returns?view=every", as: "admin@example.com" },
  {
    name: "admin-return",
    path: (page) => linkOn(page, "/admin/returns", "/admin/returns/"),
    as: "admin@example.com",
  },
  { name: "admin-products", path: "/admin/products", as: "line@example.com" },
  {
    name: "admin-product",
    path: (page) => linkOn(page, "/admin/products", "/admin/products/0"),
    as: "line@example.com",
  },
  { name: "admin-stock", path: "/admin/stock", as: "line@example.com" },
  { name: "admin-mail", path: "/admin/mail", as: "admin@example.com" },
  {
    name: "admin-mail-one",
    path: (page) => linkOn(page, "/admin/mail?q=is+paid", "/admin/mail/"),
    as: "admin@example.com",
  },
  ...backOffice([
    ["order-new", "/admin/orders/new?q=mug"],
    ["orders-former", "/admin/orders/former"],
    ["variant-stock", "/admin/stock", "/admin/stock/0"],
    ["order-refunds", "/admin/orders?payment=part-refunded", "/admin/orders/MR-"],
    ["customers", "/admin/customers"],
    ["memberships", "/admin/customers/memberships"],
    ["customer", "/admin/customers?view=accounts", "/admin/customers/0"],
    ["product-new", "/admin/products/new"],
    ["categories", "/admin/categories"],
    ["stocktake", "/admin/stock/count"],
    ["import", "/admin/import"],
    ["discounts", "/admin/discounts"],
    ["discount", "/admin/discounts", "/admin/discounts/0"],
    ["discount-new", "/admin/discounts/new"],
    ["payouts", "/admin/payouts"],
    ["payout", "/admin/payouts", "/admin/payouts/0"],
    ["payouts-due", "/admin/payouts/pay"],
    ["statement", "/admin/payouts", "/admin/payouts/owners/"],
    ["books", "/admin/books"],
    ["search", "/admin/search"],
    ["webhooks", "/admin/webhooks"],
    ["webhook", "/admin/webhooks", "/admin/webhooks/0"],
    ["jobs", "/admin/jobs"],
    ["slow", "/admin/slow"],
    ["audit", "/admin/audit"],
    ["shipping", "/admin/shipping"],
    ["taxes", "/admin/taxes"],
    ["settings", "/admin/settings"],
    ["pages", "/admin/pages"],
    ["page", "/admin/pages", "/admin/pages/terms"],
    ["staff", "/admin/staff"],
    ["colleague", "/admin/staff", "/admin/staff/"],
    ["find", "/admin/find?q=line"],
  ]),
  { name: "admin-second-factor", path: "/account/profile", as: "ring@example.com" },
];
