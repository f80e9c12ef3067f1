/**
 * Who may what: a line for every page, every method of a route handler and every server action. authorisation.test.ts
 * fails where a line is missing or left over, e2e/authorisation.spec.ts walks all of it.
 */
import { randomUUID } from "node:crypto";
import { type Identity, NOWHERE, type World } from "./world";

export type Sees = "everybody" | "users" | "staff" | "admins" | "nobody" | readonly Identity[];

export interface Place {
  readonly sees: Sees;
  /** The address of somebody's own thing; who does not see it gets the answer of an unknown one. */
  readonly address: (world: World) => string;
}

/** What stands behind an address of its own in the demo, for everybody. */
const shown = (address: (world: World) => string): Place => ({ sees: "everybody", address });
const holder = ["customer"] as const;
const seller = ["owner", "admin"] as const;
/** Admins act for a customer; the owner of a part knows the order and is told that it is not theirs to cancel. */
const buyer = ["customer", "owner", "admin"] as const;

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
  "/admin/orders/new": "admins",
  "/admin/orders/slips": { sees: seller, address: ({ order }) => `/admin/orders/slips?ids=${order}` },
  "/admin/payouts": "staff",
  "/admin/payouts/[id]": { sees: seller, address: ({ payout }) => `/admin/payouts/${payout}` },
  "/admin/payouts/owners/[id]": { sees: seller, address: ({ owner }) => `/admin/payouts/owners/${owner}` },
  "/admin/products": "staff",
  "/admin/products/[id]": { sees: seller, address: ({ product }) => `/admin/products/${product}` },
  "/admin/products/new": "staff",
  "/admin/returns": "staff",
  "/admin/returns/[number]": {
    sees: seller,
    address: ({ returnNumber }) => `/admin/returns/${returnNumber}`,
  },
  "/admin/reviews": "staff",
  "/admin/search": "admins",
  "/admin/settings": "admins",
  "/admin/shipping": "admins",
  "/admin/staff": "admins",
  "/admin/staff/[id]": { sees: ["admin"], address: ({ colleague }) => `/admin/staff/${colleague}` },
  "/admin/stock": "staff",
  "/admin/stock/count": "staff",
  "/admin/stock/count/[id]": { sees: seller, address: () => `/admin/stock/count/${NOWHERE}` },
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
  "/journal/[slug]": "everybody",
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
  "GET /admin/payouts/owners/[id]/statement.csv": {
    sees: seller,
    address: ({ owner }) => `/admin/payouts/owners/${owner}/statement.csv`,
  },
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
  "GET /og/[...name]": "everybody",
  "GET /orders/[number]/invoice.pdf": {
    sees: holder,
    address: ({ number }) => `/orders/${number}/invoice.pdf`,
  },
  "GET /robots.txt": "everybody",
  // The offline stand-in of the payment service answers to its own keys.
  "GET /sandbox/[...path]": { sees: "nobody", address: () => "/sandbox/v1/payment_intents" },
  "POST /sandbox/[...path]": { sees: "nobody", address: () => "/sandbox/v1/payment_intents" },
  "GET /sitemap.xml": "everybody",
  "GET /sitemaps/[name]": "everybody",
  "GET /thumb/[backdrop]/[...key]": "everybody",
};

interface Deed {
  readonly who: "anybody" | "user" | "staff" | "admin";
  /** Fields that would do it to somebody else's thing; a form without any where left out. */
  readonly to?: (world: World) => Readonly<Record<string, string>>;
  /** Who may do it to that thing, and therefore is not sent: it would happen. */
  readonly may?: readonly Identity[];
  /** An empty form does something to whoever sends it, so it is sent by those alone who may not. */
  readonly acts?: true;
  /** It says nothing about what it was sent for: known or not, it goes on to the next page (and does nothing there). */
  readonly isSilent?: true;
}

const anybody: Deed = { who: "anybody" };
const user: Deed = { who: "user" };
const staff: Deed = { who: "staff" };
const admin: Deed = { who: "admin" };
const unsent = { acts: true } as const;

const order = ({ order: orderId, number: orderNumber }: World) => ({ orderId, orderNumber });
const imported = ({ imported: importId }: World) => ({ importId });
const street = {
  name: "Ada Lovelace",
  line1: "Torstrasse 1",
  city: "Berlin",
  postalCode: "10119",
  country: "DE",
};
const shipping = Object.fromEntries(
  Object.entries(street).map(([name, value]) => [`shipping.${name}`, value]),
);

export const actions: Readonly<Record<string, Deed>> = {
  "accounts.ts#changePassword": user,
  "accounts.ts#claimOrder": {
    who: "anybody",
    to: (world) => ({ ...order(world), password: "four words of my own choice" }),
  },
  "accounts.ts#eraseAccount": user,
  "accounts.ts#forgotPassword": anybody,
  "accounts.ts#keepOrder": { who: "user", to: order, may: holder },
  "accounts.ts#resetPassword": anybody,
  "accounts.ts#revokeOtherSessions": { ...user, ...unsent },
  "accounts.ts#revokeSession": { who: "user", to: ({ session: sessionId }) => ({ sessionId }), may: holder },
  "accounts.ts#sendVerification": { ...user, ...unsent },
  "accounts.ts#signIn": anybody,
  "accounts.ts#signInWith": anybody,
  "accounts.ts#signOut": { ...anybody, ...unsent },
  "accounts.ts#signUp": anybody,
  "accounts.ts#updateProfile": user,
  "accounts.ts#verifyEmail": anybody,
  "addresses.ts#makeDefaultAddress": {
    who: "user",
    to: ({ address: id }) => ({ id, purpose: "shipping" }),
    may: holder,
  },
  "addresses.ts#removeAddress": { who: "user", to: ({ address: id }) => ({ id }), may: holder },
  "addresses.ts#saveAddress": { who: "user", to: ({ address: id }) => ({ id, ...street }), may: holder },
  "admin/audit.ts#revertEntry": admin,
  "admin/catalog-bulk.ts#changeProducts": {
    who: "staff",
    to: ({ product: ids }) => ({ ids, status: "archived" }),
    may: seller,
  },
  "admin/catalog-bulk.ts#changeRow": {
    who: "staff",
    to: ({ product: productId }) => ({ productId, version: "1", status: "archived" }),
    may: seller,
  },
  "admin/catalog-bulk.ts#undoProducts": staff,
  // Pictures themselves cannot be walked with: a form without a file is refused before its product is looked for.
  "admin/catalog-pictures.ts#addPictures": staff,
  "admin/catalog-pictures.ts#describePicture": {
    who: "staff",
    to: ({ product: productId, image: imageId }) => ({ productId, imageId, alt: "Not mine" }),
    may: seller,
  },
  "admin/catalog-pictures.ts#movePicture": {
    who: "staff",
    to: ({ product: productId, image: imageId }) => ({ productId, imageId, to: "0" }),
    may: seller,
  },
  "admin/catalog-pictures.ts#removePicture": {
    who: "staff",
    to: ({ product: productId, image: imageId }) => ({ productId, imageId }),
    may: seller,
  },
  "admin/catalog-tree.ts#createCategory": admin,
  "admin/catalog-tree.ts#editCategory": admin,
  "admin/catalog-tree.ts#moveCategory": admin,
  "admin/catalog-tree.ts#placeCategory": admin,
  "admin/catalog-tree.ts#removeCategory": admin,
  "admin/catalog.ts#duplicateProduct": {
    who: "staff",
    to: ({ product: productId }) => ({ productId, requestKey: randomUUID() }),
    may: seller,
  },
  "admin/catalog.ts#editProduct": {
    who: "staff",
    to: ({ product, variant, categoryId }) => ({
      productId: product,
      version: "1",
      name: "Taken over",
      subtitle: "",
      slug: "taken-over",
      description: "",
      status: "draft",
      categoryId,
      tags: "",
      "variants.0.id": variant,
      "variants.0.version": "1",
      "variants.0.price": "1",
    }),
    may: seller,
  },
  "admin/catalog.ts#newProduct": staff,
  "admin/customers.ts#editCustomer": admin,
  "admin/customers.ts#eraseCustomer": admin,
  "admin/discounts.ts#deleteDiscount": admin,
  "admin/discounts.ts#endDiscount": admin,
  "admin/discounts.ts#saveDiscount": admin,
  "admin/discounts.ts#testDiscount": admin,
  "admin/engine-room.ts#giveUpJob": admin,
  "admin/engine-room.ts#replayWebhook": admin,
  "admin/engine-room.ts#retryJob": admin,
  "admin/imports.ts#checkImport": { who: "staff", to: imported, may: seller },
  "admin/imports.ts#reopenImport": { who: "staff", to: imported, may: seller },
  "admin/imports.ts#resumeImport": { who: "staff", to: imported, may: seller },
  "admin/imports.ts#startImport": { who: "staff", to: imported, may: seller },
  "admin/imports.ts#stopImport": { who: "staff", to: imported, may: seller },
  "admin/imports.ts#undoImport": { who: "staff", to: imported, may: seller },
  "admin/inventory.ts#changeStock": {
    who: "staff",
    to: ({ variant: variantId }) => ({ variantId, how: "receive", delta: "1", reason: "Not mine" }),
    may: seller,
  },
  "admin/inventory.ts#changeThreshold": {
    who: "staff",
    to: ({ variant: variantId }) => ({ variantId, threshold: "1" }),
    may: seller,
  },
  "admin/mail.ts#resendMail": admin,
  "admin/manual-order.ts#orderByHand": admin,
  "admin/order-list.ts#deleteOrderView": {
    who: "staff",
    to: ({ view: viewId }) => ({ viewId }),
    may: ["owner"],
    isSilent: true,
  },
  "admin/order-list.ts#keepOrderView": staff,
  "admin/order-list.ts#processOrders": {
    who: "staff",
    to: ({ order: ids }) => ({ ids }),
    may: seller,
    isSilent: true,
  },
  "admin/order-list.ts#renameOrderView": {
    who: "staff",
    to: ({ view: viewId }) => ({ viewId, name: "Not mine" }),
    may: ["owner"],
  },
  "admin/orders.ts#cancelForShop": admin,
  "admin/orders.ts#changeAddressForShop": admin,
  "admin/orders.ts#markDelivered": {
    who: "staff",
    to: (world) => ({ ...order(world), shipmentId: world.shipment }),
    may: seller,
  },
  "admin/orders.ts#sendParcel": {
    who: "staff",
    to: (world) => ({ ...order(world), fulfilmentId: world.fulfilment, carrier: "DHL" }),
    may: seller,
  },
  "admin/orders.ts#sendMailAgain": admin,
  "admin/orders.ts#startPacking": {
    who: "staff",
    to: (world) => ({ ...order(world), fulfilmentId: world.fulfilment }),
    may: seller,
  },
  "admin/orders.ts#writeNote": {
    who: "staff",
    to: (world) => ({ ...order(world), body: "Not mine" }),
    may: seller,
  },
  "admin/payouts.ts#changeCommission": admin,
  "admin/payouts.ts#confirmPayout": admin,
  "admin/payouts.ts#failPayout": admin,
  "admin/payouts.ts#payOut": admin,
  "admin/refunds.ts#recordCashBack": admin,
  "admin/refunds.ts#refundOrder": admin,
  "admin/refunds.ts#retryRefund": admin,
  "admin/returns.ts#approveReturn": {
    who: "staff",
    to: ({ returnId, returnNumber }) => ({ returnId, returnNumber }),
    may: seller,
  },
  "admin/returns.ts#payReturn": {
    who: "staff",
    to: ({ returnId, returnNumber }) => ({ returnId, returnNumber, currency: "EUR" }),
    may: seller,
  },
  "admin/returns.ts#receiveReturn": {
    who: "staff",
    to: ({ returnId, returnNumber, line }) => ({
      returnId,
      returnNumber,
      "lines.0.orderLineId": line,
      "lines.0.restock": "1",
      "lines.0.writeOff": "0",
    }),
    may: seller,
  },
  "admin/returns.ts#rejectReturn": {
    who: "staff",
    to: ({ returnId, returnNumber }) => ({ returnId, returnNumber, note: "Not mine" }),
    may: seller,
  },
  "admin/reviews.ts#moderateReview": {
    who: "staff",
    to: ({ review: reviewId }) => ({ reviewId, decision: "reject", seen: "x" }),
    may: seller,
  },
  "admin/reviews.ts#replyToReview": {
    who: "staff",
    to: ({ review: reviewId }) => ({ reviewId, reply: "Not mine" }),
    may: seller,
  },
  "admin/search.ts#addSynonyms": admin,
  "admin/search.ts#changeSynonyms": admin,
  "admin/search.ts#removeSynonyms": admin,
  "admin/settings.ts#saveSettings": admin,
  "admin/shipping.ts#deleteRate": admin,
  "admin/shipping.ts#deleteZone": admin,
  "admin/shipping.ts#saveRate": admin,
  "admin/shipping.ts#saveZone": admin,
  "admin/staff.ts#activateStaff": admin,
  "admin/staff.ts#changeStaffPolicy": { ...admin, ...unsent },
  "admin/staff.ts#changeStaffRole": admin,
  "admin/staff.ts#deactivateStaff": admin,
  "admin/staff.ts#endStaffSessions": admin,
  "admin/staff.ts#inviteStaff": admin,
  "admin/staff.ts#removeStaffFactor": admin,
  "admin/tax.ts#deleteTaxClass": admin,
  "admin/tax.ts#deleteTaxRate": admin,
  "admin/tax.ts#saveTaxClass": admin,
  "admin/tax.ts#saveTaxRate": admin,
  "admin/stocktake.ts#applyStocktake": {
    who: "staff",
    to: ({ imported: importId }) => ({ importId, reason: "Not mine" }),
    may: seller,
  },
  "alerts.ts#askForAlert": anybody,
  "alerts.ts#dropAlert": user,
  "alerts.ts#forgetAlert": anybody,
  "alerts.ts#stopAlerts": {
    who: "anybody",
    to: ({ alert: alertId }) => ({ alertId, key: "AAAAAAAAAAAAAAAAAAAAAA" }),
  },
  "cart-link.ts#openLinkedCart": {
    who: "anybody",
    to: ({ cart }) => ({ "link.cartId": cart, "link.key": "AAAAAAAAAAAAAAAAAAAAAA" }),
  },
  "cart-link.ts#stopReminders": {
    who: "anybody",
    to: ({ cart }) => ({ "link.cartId": cart, "link.key": "AAAAAAAAAAAAAAAAAAAAAA" }),
  },
  "cart.ts#addToCart": anybody,
  "cart.ts#applyCode": anybody,
  "cart.ts#beginCheckout": { ...anybody, ...unsent },
  "cart.ts#changeQuantity": { who: "anybody", to: ({ cartItem: itemId }) => ({ itemId, quantity: "2" }) },
  "cart.ts#estimateFor": anybody,
  "cart.ts#removeCode": { ...anybody, ...unsent },
  "cart.ts#removeLine": { who: "anybody", to: ({ cartItem: itemId }) => ({ itemId }) },
  "cart.ts#saveLineForLater": { who: "anybody", to: ({ cartItem: itemId }) => ({ itemId }) },
  "cart.ts#undoRemove": anybody,
  "cart.ts#undoSave": anybody,
  "checkout.ts#placeOrder": {
    who: "anybody",
    to: ({ checkout: checkoutId }) => ({ checkoutId, method: "cash_on_delivery", expectedTotal: "1" }),
  },
  "checkout.ts#saveAddress": anybody,
  "checkout.ts#saveDelivery": anybody,
  "contact.ts#writeToShop": anybody,
  "notifications.ts#openNotification": {
    who: "user",
    to: ({ notification: id }) => ({ id }),
    may: holder,
    isSilent: true,
  },
  "notifications.ts#readAllNotifications": { ...user, ...unsent },
  "orders.ts#buyOrderAgain": { who: "anybody", to: order, may: holder },
  "orders.ts#cancelOrder": { who: "anybody", to: order, may: buyer },
  "orders.ts#changeOrderAddress": {
    who: "anybody",
    to: (world) => ({ ...order(world), ...shipping }),
    may: buyer,
  },
  "orders.ts#findOrder": {
    who: "anybody",
    to: ({ number }) => ({ number, email: "nobody@example.org" }),
  },
  "payments.ts#openHostedPayment": { who: "anybody", to: ({ order: orderId }) => ({ orderId }), may: holder },
  "payments.ts#openPayment": { who: "anybody", to: ({ order: orderId }) => ({ orderId }), may: holder },
  "returns.ts#requestReturn": {
    who: "anybody",
    to: (world) => ({
      ...order(world),
      "lines.0.orderLineId": world.line,
      "lines.0.quantity": "1",
      "lines.0.reason": "damaged",
    }),
    may: buyer,
  },
  "returns.ts#withdrawReturn": {
    who: "anybody",
    to: (world) => ({ ...order(world), returnId: world.returnId }),
    may: buyer,
  },
  "reviews.ts#removeReview": { who: "user", to: ({ ownReview: reviewId }) => ({ reviewId }) },
  "reviews.ts#voteReview": anybody,
  "reviews.ts#writeReview": user,
  "second-factor.ts#beginSecondFactor": { ...user, ...unsent },
  "second-factor.ts#confirmSecondFactor": user,
  "second-factor.ts#endSecondFactor": user,
  "second-factor.ts#giveSecondFactor": anybody,
  "together.ts#addTogether": anybody,
  "wishlist.ts#addSharedToCart": anybody,
  "wishlist.ts#addToWishlist": anybody,
  "wishlist.ts#moveToCart": anybody,
  "wishlist.ts#removeFromWishlist": anybody,
  "wishlist.ts#shareWishlist": { ...anybody, ...unsent },
  "wishlist.ts#toggleWishlist": anybody,
  "wishlist.ts#unshareWishlist": { ...anybody, ...unsent },
};
