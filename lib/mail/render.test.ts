import { expect, test } from "vitest";
import type { MailOrder, MailParts } from "@/db/mail-parts";
import { orderLink, tokenOf } from "./links";
import { type MailData, type MailTemplate, subjectOf } from "./messages";
import { render } from "./render";

const EVIL = `<script>alert("1")</script>`;

const order: MailOrder = {
  id: "0199f0a0-0000-7000-8000-000000000001",
  number: "MR-4F7K2Q",
  status: "pending",
  paymentMethod: "card",
  currency: "EUR",
  pricesIncludeTax: true,
  subtotal: 5_900,
  discount: 590,
  shipping: 490,
  tax: 927,
  total: 5_800,
  captured: 0,
  shippingRateName: "Standard",
  deliveryDaysMin: 2,
  deliveryDaysMax: 4,
  placedAt: "2026-11-20T10:00:00Z",
  expiresAt: "2026-11-20T10:15:00Z",
  lines: [
    {
      id: "l1",
      ownerId: "o1",
      name: `Cushion ${EVIL}`,
      variant: "Cobalt & co",
      sku: "C-1",
      imageKey: "products/c.webp",
      imageBackdrop: "cobalt",
      quantity: 2,
      subtotal: 4_100,
      discount: 590,
      total: 3_510,
    },
    {
      id: "l2",
      ownerId: "o2",
      name: "Mug",
      variant: "",
      sku: "M-1",
      imageKey: null,
      imageBackdrop: null,
      quantity: 1,
      subtotal: 1_800,
      discount: 0,
      total: 1_800,
    },
  ],
  address: {
    name: `Ada ${EVIL}`,
    line1: "Torstraße 112",
    city: "Berlin",
    postalCode: "10119",
    country: "DE",
  },
};

const number = order.number;
const goods = { product: `Mug ${EVIL}`, variant: "Small", path: "/p/mug" };
const lines = [{ orderLineId: "l1", quantity: 1 }];
const sum = { amount: 1_200, currency: "EUR" };

/** Every message once, with the worst names. */
const all: { [T in MailTemplate]: MailData[T] } = {
  welcome: { name: EVIL, seed: "seed-1" },
  verify_email: { name: EVIL, seed: "seed-1" },
  reset_password: { name: EVIL, seed: "seed-1" },
  staff_invited: { name: EVIL, seed: "seed-1" },
  order_placed: { number },
  order_paid: { number },
  order_confirmed: { number },
  payment_failed: { number, reason: "insufficient_funds" },
  order_shipped: { number, shipmentId: "s1" },
  order_delivered: { number },
  order_cancelled: { number, reason: EVIL, lines },
  order_expired: { number },
  order_refunded: { number, ...sum, reason: EVIL, lines },
  payment_late_refunded: { number, ...sum },
  order_address_changed: { number },
  return_requested: { number, lines },
  return_approved: { number, lines },
  return_rejected: { number, reason: EVIL, lines },
  return_received: { number, lines },
  return_refunded: { number, lines, ...sum },
  return_expired: { number },
  owner_new_order: { number, ownerId: "o1" },
  owner_order_news: { number, ownerId: "o1", about: EVIL, message: EVIL },
  contact_message: { name: EVIL, email: "ada@example.com", orderNumber: number, message: EVIL },
  admin_alert: { about: EVIL, message: EVIL, link: "/admin" },
  low_stock: { ...goods, sku: "M-1", available: 2 },
  review_posted: { ...goods, rating: 2 },
  payout_paid: sum,
  payout_failed: { ...sum, reason: EVIL },
  alert_kept: { ...goods, kind: "price_drop", alertId: "a1" },
  back_in_stock: { ...goods, alertId: "a1" },
  price_drop: { ...goods, alertId: "a1", before: 2_000, now: 1_500, currency: "EUR" },
  cart_reminder: {
    cartId: "019b0000-0000-7000-8000-000000000001",
    currency: "EUR",
    items: [{ ...goods, quantity: 2, subtotal: 5800, imageKey: null, imageBackdrop: null }],
  },
};
const templates = Object.keys(all) as MailTemplate[];

function partsOf(template: MailTemplate, change: Partial<MailOrder> = {}): MailParts {
  return {
    mail: {
      id: "m1",
      template,
      toEmail: "ada@example.com",
      subject: subjectOf(template, all[template] as never),
      data: { ...all[template] },
      status: "queued",
      attempts: 0,
      lastError: null,
      createdAt: "2026-11-20T10:00:00Z",
      sentAt: null,
    },
    store: {
      name: "Moiré",
      email: "shop@example.com",
      locale: "en-IE",
      currency: "EUR",
      returnWindowDays: 30,
      bankDetails: null,
      timeZone: "Europe/Berlin",
    },
    order: { ...order, ...change },
    parcel: {
      id: "s1",
      carrier: `DHL ${EVIL}`,
      trackingNumber: "123",
      trackingUrl: "https://dhl.example/123?a=1&b=2",
      items: lines,
    },
    returnItems: null,
    picture: { key: "products/c.webp", backdrop: "moss" },
  };
}

test.each(templates)("%s is written as HTML and text, with nothing that a name could start", (template) => {
  const { html, text, subject } = render(partsOf(template));
  expect(html).not.toMatch(/<script/i);
  expect(html).not.toContain('alert("1")');
  expect(html).not.toMatch(/undefined|\[object|null/);
  expect(text).not.toMatch(/undefined|\[object|null/);
  expect(subject).not.toMatch(/[\r\n]/);
  expect(subject.length).toBeGreaterThan(5);
  expect(html).toContain('name="color-scheme" content="light dark"');
  expect(html).toContain("Moiré");
  for (const [, href = ""] of html.matchAll(/(?:href|src)="([^"]*)"/g))
    expect(href).toMatch(/^(?:https?:\/\/|mailto:ada@example\.com$)/);
  // Every table is for looks only, and every address of the HTML stands in the text too.
  expect(html.match(/<table/g)?.length).toBe(html.match(/<table role="presentation"/g)?.length);
  for (const [, href = ""] of html.matchAll(/<a href="([^"]*)"/g))
    expect(text).toContain(href.replaceAll("&amp;", "&"));
});

test("an order's mail has its lines, sums, address and signed link", () => {
  const { html, text } = render(partsOf("order_placed"));
  for (const said of [
    "€41.00",
    "-€5.90",
    "€4.90",
    "€58.00",
    "€9.27",
    "Torstraße 112",
    "10119 Berlin",
    "Germany",
    "2 to 4 working days",
    "Order MR-4F7K2Q",
  ]) {
    expect(html).toContain(said);
    expect(text).toContain(said);
  }
  expect(text).toContain(orderLink(order));
  expect(orderLink(order)).toMatch(/^http:\/\/localhost:3000\/orders\/MR-4F7K2Q\?key=[\w-]{22}$/);
  expect(html).toContain("http://localhost:3000/thumb/cobalt/products/c.webp.jpg");
  expect(text).toContain("until 20 Nov 2026, 11:15");
});

test("an owner reads of their own lines only, and not the shopper's e-mail address", () => {
  const { text } = render(partsOf("owner_new_order"));
  expect(text).toContain("Cushion");
  expect(text).not.toContain("Mug");
  expect(text).not.toContain("ada@example.com");
  expect(text).not.toContain("key=");
});

test("amounts follow the order's currency", () => {
  expect(render(partsOf("order_paid", { currency: "JPY" })).text).toContain("¥5,800");
  expect(render(partsOf("order_paid", { currency: "KWD" })).text).toMatch(/KWD\s5\.800/);
});

test("tax that is added has a row before the total, tax that is contained one after it", () => {
  const added = render(partsOf("order_paid", { pricesIncludeTax: false })).text;
  expect(added.indexOf("Tax:")).toBeLessThan(added.indexOf("Total:"));
  const contained = render(partsOf("order_paid")).text;
  expect(contained.indexOf("Tax in it:")).toBeGreaterThan(contained.indexOf("Total:"));
});

test("links that prove who somebody is lose their secret for those who only look", () => {
  const secret = tokenOf("reset_password", "seed-1");
  expect(render(partsOf("reset_password")).text).toContain(`/reset-password?token=${secret}`);
  const seen = render(partsOf("reset_password"), { withoutSecrets: true });
  expect(seen.text + seen.html).not.toContain(secret);
  expect(tokenOf("verify_email", "seed-1")).not.toBe(secret);
});

test("a shop name in a heading cannot break a header", () => {
  expect(
    subjectOf("owner_order_news", { number, ownerId: "o1", about: "a\r\nBcc: x@y.z", message: "" }),
  ).toBe("Order MR-4F7K2Q: a Bcc: x@y.z");
});

test("a template that nobody knows, and an order's mail without its order, are errors", () => {
  const parts = partsOf("order_paid");
  expect(() => render({ ...parts, mail: { ...parts.mail, template: "toString" } })).toThrow("toString");
  expect(() => render({ ...parts, order: null })).toThrow("gone");
});
