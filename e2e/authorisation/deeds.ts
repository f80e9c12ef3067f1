/**
 * Who may do what: a line for every server action. authorisation.test.ts fails where a line is missing or left over,
 * e2e/authorisation.spec.ts walks all of it.
 */
import { randomUUID } from "node:crypto";
import { holder, type Identity, seller, type World } from "./world";

/** Admins act for a customer; the owner of a part knows the order and is told that it is not theirs to cancel. */
const buyer = ["customer", "owner", "admin"] as const;

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
  "admin/astray.ts#callOff": {
    who: "staff",
    to: (world) => ({
      ...order(world),
      fulfilmentId: world.fulfilment,
      all: "1",
      became: "shelf",
      note: "Not mine",
    }),
    may: seller,
  },
  "admin/astray.ts#correctParcel": {
    who: "staff",
    to: (world) => ({ ...order(world), shipmentId: world.shipment, carrier: "DHL" }),
    may: seller,
  },
  "admin/astray.ts#giveUpPart": admin,
  "admin/astray.ts#parcelStrayed": {
    who: "staff",
    to: (world) => ({ ...order(world), shipmentId: world.shipment, became: "lost" }),
    may: seller,
  },
  "admin/audit.ts#revertEntry": admin,
  "admin/audit.ts#undoSave": staff,
  "admin/books.ts#bookCash": admin,
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
  "admin/catalog-options.ts#makeVariants": {
    who: "staff",
    to: ({ product: productId }) => ({
      productId,
      version: "1",
      requestKey: randomUUID(),
      keys: productId,
      price: "1",
      weight: "1",
    }),
    may: seller,
  },
  "admin/catalog-options.ts#saveOptions": {
    who: "staff",
    to: ({ product: productId }) => ({ productId, version: "1", newName: "Mine", newValues: "Now" }),
    may: seller,
  },
  // Pictures themselves cannot be walked with: a form without a file is refused before its product is looked for.
  "admin/catalog-pictures.ts#addPictures": staff,
  "admin/catalog-pictures.ts#describePicture": {
    who: "staff",
    to: ({ product: productId, image: imageId }) => ({ productId, imageId, version: "1", alt: "Not mine" }),
    may: seller,
  },
  "admin/catalog-pictures.ts#movePicture": {
    who: "staff",
    to: ({ product: productId, image: imageId }) => ({ productId, imageId, to: "0", order: "" }),
    may: seller,
  },
  "admin/catalog-pictures.ts#removePicture": {
    who: "staff",
    to: ({ product: productId, image: imageId }) => ({ productId, imageId, version: "1" }),
    may: seller,
  },
  "admin/catalog-schedule.ts#scheduleProduct": {
    who: "staff",
    to: ({ product: productId }) => ({ productId, version: "1" }),
    may: seller,
  },
  "admin/catalog-tree.ts#createCategory": admin,
  "admin/catalog-tree.ts#editCategory": admin,
  "admin/catalog-tree.ts#emptyCategory": admin,
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
  "admin/content.ts#resetPageText": admin,
  "admin/content.ts#savePageText": admin,
  "admin/customers.ts#eraseCustomer": admin,
  "admin/customers.ts#giveMembership": admin,
  "admin/customers.ts#noteCustomer": admin,
  "admin/customers.ts#noteGuest": admin,
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
  "admin/inventory.ts#changeRowStock": {
    who: "staff",
    to: ({ variant: variantId }) => ({ variantId, available: "1", was: "0" }),
    may: seller,
  },
  "admin/inventory.ts#changeStock": {
    who: "staff",
    to: ({ variant: variantId }) => ({
      variantId,
      version: "0",
      how: "receive",
      delta: "1",
      reason: "Not mine",
    }),
    may: seller,
  },
  "admin/inventory.ts#changeThreshold": {
    who: "staff",
    to: ({ variant: variantId }) => ({ variantId, version: "3", threshold: "1" }),
    may: seller,
  },
  "admin/mail.ts#resendMail": admin,
  "admin/manual-order.ts#orderByHand": admin,
  "admin/memberships.ts#deleteMembership": admin,
  "admin/memberships.ts#saveMembership": admin,
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
  "admin/orders.ts#markPaidByTransfer": admin,
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
  "admin/payouts.ts#payAll": admin,
  "admin/payouts.ts#payOut": admin,
  "admin/payouts.ts#saveShop": admin,
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
    to: ({ review: reviewId }) => ({ reviewId, version: "1", decision: "reject", seen: "x" }),
    may: seller,
  },
  "admin/reviews.ts#replyToReview": {
    who: "staff",
    to: ({ review: reviewId }) => ({ reviewId, version: "1", reply: "Not mine" }),
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
