/**
 * Who sees what: a line for every page and every method of a route handler. authorisation.test.ts fails where a line is
 * missing or left over, e2e/authorisation.spec.ts walks all of it.
 */
import { holder, type Identity, seller, type World } from "./world";

export type Sees = "everybody" | "users" | "staff" | "admins" | "nobody" | readonly Identity[];

export interface Place {
  readonly sees: Sees;
  /** The address of somebody's own thing; who does not see it gets the answer of an unknown one. */
  readonly address: (world: World) => string;
}

/** What stands behind an address of its own in the demo, for everybody. */
const shown = (address: (world: World) => string): Place => ({ sees: "everybody", address });
export const pages: Readonly<Record<string, Sees | Place>> = {
  "/": "everybody",
  "/about": "everybody",
  "/account": "users",
  "/account/addresses": "users",
  "/account/addresses/[id]": { sees: holder, address: ({ address }) => `/account/addresses/${address}` },
  "/account/addresses/new": "users",
  "/account/alerts": "users",
  "/account/data": "users",
  "/account/notifications": "users",
  "/account/orders": "users",
  "/account/profile": "users",
  "/account/returns": "users",
  "/account/reviews": "users",
  "/account/reviews/[slug]": { sees: "users", address: ({ slug }) => `/account/reviews/${slug}` },
  "/admin": "staff",
  "/admin/audit": "admins",
  "/admin/books": "admins",
  "/admin/categories": "admins",
  "/admin/customers": "staff",
  "/admin/customers/memberships": "admins",
  // Admins know this buyer by the account, owners by the order.
  "/admin/customers/[key]": { sees: ["owner"], address: ({ order }) => `/admin/customers/${order}` },
  "/admin/discounts": "admins",
  "/admin/discounts/[id]": { sees: ["admin"], address: ({ discount }) => `/admin/discounts/${discount}` },
  "/admin/discounts/new": "admins",
  "/admin/find": "staff",
  "/admin/import": "staff",
  "/admin/import/[id]": { sees: seller, address: ({ imported }) => `/admin/import/${imported}` },
  "/admin/jobs": "admins",
  "/admin/mail": "admins",
  "/admin/mail/[id]": { sees: ["admin"], address: ({ mail }) => `/admin/mail/${mail}` },
  "/admin/orders": "staff",
  "/admin/orders/[number]": { sees: seller, address: ({ number }) => `/admin/orders/${number}` },
  "/admin/orders/[number]/invoice": {
    sees: ["admin"],
    address: ({ number }) => `/admin/orders/${number}/invoice`,
  },
  "/admin/orders/former": "admins",
  "/admin/orders/former/[id]": { sees: ["admin"], address: ({ former }) => `/admin/orders/former/${former}` },
  "/admin/orders/new": "admins",
  "/admin/orders/slips": { sees: seller, address: ({ order }) => `/admin/orders/slips?ids=${order}` },
  "/admin/pages": "admins",
  "/admin/pages/[slug]": { sees: ["admin"], address: () => "/admin/pages/terms" },
  "/admin/payouts": "staff",
  "/admin/payouts/[id]": { sees: seller, address: ({ payout }) => `/admin/payouts/${payout}` },
  "/admin/payouts/pay": "admins",
  "/admin/payouts/runs/[id]": { sees: ["admin"], address: ({ run }) => `/admin/payouts/runs/${run}` },
  "/admin/payouts/owners/[id]": { sees: seller, address: ({ owner }) => `/admin/payouts/owners/${owner}` },
  "/admin/products": "staff",
  "/admin/products/[id]": { sees: seller, address: ({ product }) => `/admin/products/${product}` },
  "/admin/products/[id]/preview": {
    sees: seller,
    address: ({ product }) => `/admin/products/${product}/preview`,
  },
  "/admin/products/new": "staff",
  "/admin/refunds": "staff",
  "/admin/returns": "staff",
  "/admin/returns/[number]": {
    sees: seller,
    address: ({ returnNumber }) => `/admin/returns/${returnNumber}`,
  },
  "/admin/reviews": "staff",
  "/admin/search": "admins",
  "/admin/settings": "admins",
  "/admin/shipping": "admins",
  "/admin/slow": "admins",
  "/admin/staff": "admins",
  "/admin/staff/[id]": { sees: ["admin"], address: ({ colleague }) => `/admin/staff/${colleague}` },
  "/admin/stock": "staff",
  "/admin/stock/count": "staff",
  "/admin/stock/count/[id]": { sees: seller, address: ({ count }) => `/admin/stock/count/${count}` },
  "/admin/stock/[variantId]": { sees: seller, address: ({ variant }) => `/admin/stock/${variant}` },
  "/admin/taxes": "admins",
  "/admin/webhooks": "admins",
  "/admin/webhooks/[id]": { sees: ["admin"], address: ({ webhook }) => `/admin/webhooks/${webhook}` },
  // Opened by the key of a mail alone.
  "/alerts/[id]": { sees: "nobody", address: ({ alert }) => `/alerts/${alert}?key=AAAAAAAAAAAAAAAAAAAAAA` },
  "/browse/[...category]": shown(({ category }) => `/c/${category}?sort=newest`),
  "/c/[...category]": shown(({ category }) => `/c/${category}`),
  "/cart": "everybody",
  "/cart/open": {
    sees: "nobody",
    address: ({ cart }) => `/cart/open?cart=${cart}&key=AAAAAAAAAAAAAAAAAAAAAA`,
  },
  "/cart/reminders": {
    sees: "nobody",
    address: ({ cart }) => `/cart/reminders?cart=${cart}&key=AAAAAAAAAAAAAAAAAAAAAA`,
  },
  "/checkout": "everybody",
  "/checkout/delivery": "everybody",
  "/checkout/payment": "everybody",
  "/contact": "everybody",
  "/forgot-password": "everybody",
  "/journal": "everybody",
  "/journal/[slug]": { sees: "everybody", address: () => "/journal/care" },
  "/orders": "everybody",
  "/orders/[number]": { sees: holder, address: ({ number }) => `/orders/${number}` },
  "/orders/[number]/address": { sees: holder, address: ({ number }) => `/orders/${number}/address` },
  "/orders/[number]/invoice": { sees: holder, address: ({ number }) => `/orders/${number}/invoice` },
  "/orders/[number]/payment": { sees: holder, address: ({ number }) => `/orders/${number}/payment` },
  "/orders/[number]/return": { sees: holder, address: ({ number }) => `/orders/${number}/return` },
  "/p/[slug]": shown(({ slug }) => `/p/${slug}`),
  "/p/[slug]/[sku]": shown(({ slug, sku }) => `/p/${slug}/${sku}`),
  "/privacy": "everybody",
  "/reset-password": shown(() => "/reset-password?token=of-a-mail"),
  "/returns": "everybody",
  "/reviews/[slug]": shown(({ slug }) => `/reviews/${slug}`),
  "/search": "everybody",
  "/shipping-and-returns": "everybody",
  "/sign-in": "everybody",
  // Without a session that waits for its code it leads on, or back to the first step.
  "/sign-in/code": "users",
  "/sign-up": "everybody",
  "/something-slipped": "everybody",
  "/terms": "everybody",
  "/verify-email": "everybody",
  "/wishlist": "everybody",
  // Opened by its secret token alone.
  "/wishlist/[token]": { sees: "nobody", address: ({ cart }) => `/wishlist/${cart}` },
};

export const routes: Readonly<Record<string, Sees | Place>> = {
  "GET /admin/orders/[number]/invoice.pdf": {
    sees: ["admin"],
    address: ({ number }) => `/admin/orders/${number}/invoice.pdf`,
  },
  "GET /admin/orders/export.csv": "staff",
  "GET /admin/orders/slips.pdf": {
    sees: seller,
    address: ({ order }) => `/admin/orders/slips.pdf?ids=${order}`,
  },
  "GET /admin/payouts/runs/[id]/payouts.csv": {
    sees: ["admin"],
    address: ({ run }) => `/admin/payouts/runs/${run}/payouts.csv`,
  },
  "GET /admin/payouts/owners/[id]/statement.csv": {
    sees: seller,
    address: ({ owner }) => `/admin/payouts/owners/${owner}/statement.csv`,
  },
  "GET /admin/refunds/export.csv": "staff",
  "GET /api/account/export": "users",
  "GET /api/admin/find": "staff",
  "GET /api/alerts/stop": "everybody",
  "POST /api/alerts/stop": {
    sees: "nobody",
    address: ({ alert }) => `/api/alerts/stop?alert=${alert}&key=AAAAAAAAAAAAAAAAAAAAAA`,
  },
  "GET /api/auth/[...nextauth]": shown(() => "/api/auth/session"),
  "POST /api/auth/[...nextauth]": { sees: "nobody", address: () => "/api/auth/callback/credentials" },
  "POST /api/cache/expire": { sees: "nobody", address: () => "/api/cache/expire" },
  "GET /api/cards": shown(({ product }) => `/api/cards?ids=${product}`),
  "GET /api/cart/unsubscribe": "everybody",
  "POST /api/cart/unsubscribe": {
    sees: "nobody",
    address: ({ cart }) => `/api/cart/unsubscribe?cart=${cart}&key=AAAAAAAAAAAAAAAAAAAAAA`,
  },
  // Without the address typed out it tells nobody anything.
  "POST /api/customers/[key]": { sees: "nobody", address: ({ order }) => `/api/customers/${order}` },
  "GET /api/export": "staff",
  "GET /api/health/live": "everybody",
  "GET /api/health/ready": "everybody",
  // Without METRICS_TOKEN it is not there at all.
  "GET /api/metrics": { sees: "nobody", address: () => "/api/metrics" },
  // Both take a file from the shop's own forms alone.
  "POST /api/import": { sees: "nobody", address: () => "/api/import" },
  "POST /api/stock/count": { sees: "nobody", address: () => "/api/stock/count" },
  "GET /api/stock/sheet": "staff",
  "GET /api/live": shown(({ product }) => `/api/live?product=${product}`),
  "GET /api/orders/status": { sees: holder, address: ({ number }) => `/api/orders/status?number=${number}` },
  "GET /api/orders/new": "staff",
  "POST /api/stripe/webhook": { sees: "nobody", address: () => "/api/stripe/webhook" },
  "GET /api/suggest": shown(() => "/api/suggest?q=lamp"),
  "GET /feeds/google.xml": "everybody",
  "GET /llms.txt": "everybody",
  "GET /markdown/category/[...path]": shown(({ category }) => `/c/${category}.md`),
  "GET /markdown/page/[...path]": shown(() => "/about.md"),
  "GET /markdown/product/[slug]": shown(({ slug }) => `/p/${slug}.md`),
  "GET /media/[...key]": shown(({ picture }) => `/media/${picture}`),
  // Without its mark it leads to the picture of today.
  "GET /og/[...name]": shown(() => "/og/home/today.png"),
  "GET /orders/[number]/invoice.pdf": {
    sees: holder,
    address: ({ number }) => `/orders/${number}/invoice.pdf`,
  },
  "GET /robots.txt": "everybody",
  // The offline stand-in of the payment service answers to its own keys.
  "GET /sandbox/[...path]": { sees: "nobody", address: () => "/sandbox/v1/payment_intents" },
  "POST /sandbox/[...path]": { sees: "nobody", address: () => "/sandbox/v1/payment_intents" },
  "GET /sitemap.xml": "everybody",
  "GET /sitemaps/[name]": shown(() => "/sitemaps/pages.xml"),
  "GET /thumb/[backdrop]/[...key]": shown(({ picture }) => `/thumb/stone/${picture}.jpg`),
};

/** The addresses of a table's lines, as far as the demo has what they are of. */
export const addressesOf = (table: Readonly<Record<string, Sees | Place>>, world: World): string[] =>
  Object.entries(table).flatMap(([pattern, line]) => {
    const address = typeof line === "object" && "address" in line ? line.address(world) : pattern;
    return address.includes("[") ? [] : [address];
  });
