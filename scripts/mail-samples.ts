/** An example of every mail, for `npm run shots:mail`: the demo shop's goods, and one name that is far too long. */
import type { MailParts } from "../db/mail-parts";
import { type MailData, type MailTemplate, subjectOf } from "../lib/mail/messages";

const number = "MR-4F7K2Q";
const goods = {
  product: "Grating cushion",
  variant: "Vermilion / 50 × 50 cm",
  path: "/p/grating-cushion/CU-237-VER-50",
};
const lines = [{ orderLineId: "l1", quantity: 1 }];
const sum = { amount: 4_700, currency: "EUR" };
const LONG =
  "A very long blanket of merino wool with a name that nobody would give to a blanket, in twelve colours";

export const samples: { readonly [T in MailTemplate]: MailData[T] } = {
  welcome: { name: "Ada", seed: "seed" },
  verify_email: { name: "Ada", seed: "seed" },
  reset_password: { name: "Ada", seed: "seed" },
  staff_invited: { name: "Ada", seed: "seed" },
  order_placed: { number },
  order_paid: { number },
  order_confirmed: { number },
  payment_failed: { number, reason: "insufficient_funds" },
  order_shipped: { number, shipmentId: "s1" },
  order_delivered: { number },
  order_cancelled: { number, reason: "You asked us to.", lines },
  order_expired: { number },
  order_refunded: { number, ...sum, reason: "It came with a chip.", lines },
  payment_late_refunded: { number, ...sum },
  order_address_changed: { number },
  return_requested: { number, lines },
  return_approved: { number, lines },
  return_rejected: { number, reason: "It was washed at sixty degrees.", lines },
  return_received: { number, lines },
  return_refunded: { number, lines, ...sum },
  return_expired: { number },
  owner_new_order: { number, ownerId: "o1" },
  owner_order_news: {
    number,
    ownerId: "o1",
    about: "new address",
    message: "It goes elsewhere than before.",
  },
  contact_message: {
    name: "Grace Hopper",
    email: "grace@example.org",
    orderNumber: number,
    message: "The cup has a chip.\n\nCan I send a picture of it, and to whom?",
  },
  admin_alert: {
    about: "Order MR-4F7K2Q: a refund failed",
    message: "Pay it back another way.",
    link: "/admin",
  },
  low_stock: { ...goods, path: "/admin/stock", sku: "CU-237-VER-50", available: 2 },
  review_posted: { ...goods, rating: 4 },
  payout_paid: sum,
  payout_failed: { ...sum, reason: "The account is closed." },
  alert_kept: { ...goods, kind: "price_drop", alertId: "a1" },
  back_in_stock: goods,
  price_drop: { ...goods, before: 5_900, now: 4_700, currency: "EUR" },
  cart_reminder: {
    cartId: "c1",
    currency: "EUR",
    items: [{ ...goods, quantity: 2, subtotal: 9_400, imageKey: null, imageBackdrop: null }],
  },
};

/** All that a mail is written from. Pictures are those that the running shop shows of its first product. */
export async function sampleParts<T extends MailTemplate>(
  shop: string,
  template: T,
  data: MailData[T],
): Promise<MailParts> {
  const key = await firstPicture(shop);
  const line = (id: string, name: string, variant: string, subtotal: number, quantity: number) => ({
    id,
    ownerId: "o1",
    name,
    variant,
    sku: "CU-237-VER-50",
    imageKey: key,
    imageBackdrop: id === "l1" ? "vermilion" : "moss",
    quantity,
    subtotal,
    discount: 0,
    total: subtotal,
  });
  return {
    mail: {
      id: "m1",
      template,
      toEmail: "ada@example.com",
      subject: subjectOf(template, data),
      data: { ...data },
      status: "queued",
      attempts: 0,
      lastError: null,
      createdAt: "2026-11-20T10:00:00Z",
      sentAt: null,
    },
    store: {
      name: "Moiré",
      email: "hello@example.com",
      locale: "en-IE",
      timeZone: "Europe/Berlin",
      currency: "EUR",
      returnWindowDays: 30,
      bankDetails: null,
    },
    order: {
      id: "o1",
      number,
      status: "pending",
      paymentMethod: "card",
      currency: "EUR",
      pricesIncludeTax: true,
      subtotal: 27_300,
      discount: 2_730,
      shipping: 0,
      tax: 3_923,
      total: 24_570,
      captured: 24_570,
      shippingRateName: "Standard",
      deliveryDaysMin: 2,
      deliveryDaysMax: 3,
      placedAt: "2026-11-20T10:00:00Z",
      expiresAt: "2026-11-20T10:15:00Z",
      lines: [
        line("l1", "Grating cushion", "Vermilion / 50 × 50 cm", 9_400, 2),
        line("l2", LONG, "", 17_900, 1),
      ],
      address: {
        name: "Ada Lindqvist",
        line1: "Torstraße 112",
        line2: "Hinterhaus, 2. OG",
        city: "Berlin",
        postalCode: "10119",
        country: "DE",
      },
    },
    parcel: {
      id: "s1",
      carrier: "DHL",
      trackingNumber: "00340434161094042557",
      trackingUrl: "https://www.dhl.com/track",
      items: lines,
    },
    returnItems: null,
    picture: { key, backdrop: "vermilion" },
  };
}

let picture: Promise<string> | undefined;

function firstPicture(shop: string): Promise<string> {
  picture ??= fetch(`${shop}/sitemaps/products-1.xml`)
    .then((answer) => answer.text())
    .then((map) => /\/media\/([^<]+)<\/image:loc>/.exec(map)?.[1] ?? "none.webp");
  return picture;
}
