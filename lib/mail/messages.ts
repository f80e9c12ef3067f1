/** Every mail of the shop by name, what it has to be told, and its subject line. */

/** An order's mail; lines, totals and addresses are read from the order when it is written. */
interface OfOrder {
  readonly number: string;
}

/** Amounts are minor units of `currency`. */
interface Sum {
  readonly amount: number;
  readonly currency: string;
}

interface Goods {
  readonly product: string;
  /** Empty for a product without options. */
  readonly variant: string;
  /** The page in the shop, from "/" on. */
  readonly path: string;
}

/** What each message is told, by template. */
export interface MailData {
  welcome: { readonly name: string; readonly seed: string };
  verify_email: { readonly name: string; readonly seed: string };
  reset_password: { readonly name: string; readonly seed: string };
  staff_invited: { readonly name: string; readonly seed: string };
  order_placed: OfOrder;
  order_paid: OfOrder;
  /** Cash on delivery, or nothing to pay. */
  order_confirmed: OfOrder;
  payment_failed: OfOrder & { readonly reason?: string | undefined };
  order_shipped: OfOrder & { readonly shipmentId?: string | undefined };
  order_delivered: OfOrder;
  order_cancelled: OfOrder & {
    readonly reason?: string | undefined;
    /** Taken off, where a part of the order stays. */
    readonly lines?: readonly OrderedItem[] | undefined;
  };
  order_expired: OfOrder;
  order_refunded: OfOrder &
    Sum & { readonly reason?: string | undefined; readonly lines?: readonly OrderedItem[] | undefined };
  payment_late_refunded: OfOrder & Sum;
  order_address_changed: OfOrder;
  return_requested: ReturnNews;
  return_approved: ReturnNews;
  return_rejected: ReturnNews;
  return_received: ReturnNews;
  return_refunded: ReturnNews & Partial<Sum>;
  return_expired: ReturnNews;
  owner_new_order: OfOrder & { readonly ownerId: string };
  /** Anything else that an owner hears of one order: `about` is a few words, `message` a sentence or two. */
  owner_order_news: OfOrder & { readonly ownerId: string; readonly about: string; readonly message: string };
  /** What somebody wrote by the contact form; it goes to the shop's own address. */
  contact_message: {
    readonly name: string;
    readonly email: string;
    readonly orderNumber?: string | undefined;
    readonly message: string;
  };
  /** What an admin must look at. `link` from "/" on. */
  admin_alert: { readonly about: string; readonly message: string; readonly link: string };
  low_stock: Goods & { readonly sku: string; readonly available: number };
  review_posted: Goods & { readonly rating: number };
  payout_paid: Sum;
  payout_failed: Sum & { readonly reason?: string | undefined };
  alert_kept: Goods & OfAlert & { readonly kind: "back_in_stock" | "price_drop" };
  back_in_stock: Goods & OfAlert;
  price_drop: Goods & OfAlert & { readonly before: number; readonly now: number; readonly currency: string };
  cart_reminder: {
    readonly cartId: string;
    readonly currency: string;
    readonly items: readonly LeftItem[];
  };
}

/** A line of a cart that was left behind. `subtotal` in minor units. */
interface LeftItem {
  readonly product: string;
  readonly variant: string;
  readonly quantity: number;
  readonly subtotal: number;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
}

/** `alertId` signs the link that stops it. */
interface OfAlert {
  readonly alertId?: string | undefined;
}

export interface OrderedItem {
  readonly orderLineId: string;
  readonly quantity: number;
}

interface ReturnNews extends OfOrder {
  readonly returnId?: string | undefined;
  readonly reason?: string | undefined;
  readonly lines?: readonly OrderedItem[] | undefined;
}

export type MailTemplate = keyof MailData;

const subjects: { [T in MailTemplate]: (data: MailData[T]) => string } = {
  welcome: () => "Welcome: one click to confirm your address",
  verify_email: () => "Confirm your e-mail address",
  reset_password: () => "A new password for your account",
  staff_invited: () => "Your way into the back office",
  order_placed: ({ number }) => `Order ${number} is waiting for payment`,
  order_paid: ({ number }) => `Order ${number} is paid`,
  order_confirmed: ({ number }) => `Order ${number} is confirmed`,
  payment_failed: ({ number }) => `The payment for order ${number} did not go through`,
  order_shipped: ({ number }) => `Order ${number} is on its way`,
  order_delivered: ({ number }) => `Order ${number} has arrived`,
  order_cancelled: ({ number, lines }) =>
    lines ? `Part of order ${number} is cancelled` : `Order ${number} is cancelled`,
  order_expired: ({ number }) => `Order ${number} ran out of time`,
  order_refunded: ({ number }) => `A refund for order ${number}`,
  payment_late_refunded: ({ number }) => `Your late payment for order ${number} goes back`,
  order_address_changed: ({ number }) => `Order ${number} goes to another address`,
  return_requested: ({ number }) => `Your return for order ${number} is with us`,
  return_approved: ({ number }) => `Send it back: return for order ${number} approved`,
  return_rejected: ({ number }) => `Your return for order ${number} was not accepted`,
  return_received: ({ number }) => `Your return for order ${number} has arrived`,
  return_refunded: ({ number }) => `Your return for order ${number} is refunded`,
  return_expired: ({ number }) => `Your return for order ${number} is closed`,
  owner_new_order: ({ number }) => `New order ${number}`,
  owner_order_news: ({ number, about }) => `Order ${number}: ${about}`,
  contact_message: ({ name, orderNumber }) =>
    `${orderNumber ? `${orderNumber}: a` : "A"} message from ${name}`,
  admin_alert: ({ about }) => about,
  low_stock: ({ product, variant, available }) => `${named(product, variant)}: ${available} left`,
  review_posted: ({ product, rating }) => `${rating} of 5 for ${product}`,
  payout_paid: () => "Your payout is on its way",
  payout_failed: () => "Your payout did not go through",
  alert_kept: ({ product, variant }) => `We keep an eye on ${named(product, variant)}`,
  back_in_stock: ({ product, variant }) => `${named(product, variant)} is back`,
  price_drop: ({ product }) => `${product} costs less now`,
  cart_reminder: () => "Your cart is still here",
};

/** The subject line: one line, whatever names are in it. */
export function subjectOf<T extends MailTemplate>(template: T, data: MailData[T]): string {
  return subjects[template](data)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, 200);
}

/** A product with its variant, where it has one. */
export function named(product: string, variant: string): string {
  return variant ? `${product}, ${variant}` : product;
}
