/** The steps of checkout by their pages: what browsers fill in, what stands beside them, a bill that goes elsewhere. */
import { and, eq } from "drizzle-orm";
import { extractText, getDocumentProxy } from "unpdf";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { type Cast, cast, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { productImages } from "@/db/schema/catalog";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderAddresses, orders } from "@/db/schema/orders";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { runJobs } from "@/db/testing/orders";
import { addToCart } from "@/lib/actions/cart";
import { placeOrder, saveAddress, saveDelivery } from "@/lib/actions/checkout";
import { changeOrderAddress } from "@/lib/actions/orders";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import AdminOrder from "../../admin/orders/[number]/page";
import ChangeAddressPage from "../orders/[number]/address/page";
import InvoicePage from "../orders/[number]/invoice/page";
import { GET as invoiceFile } from "../orders/[number]/invoice.pdf/route";
import OrderPage from "../orders/[number]/page";
import DeliveryPage from "./delivery/page";
import AddressPage from "./page";
import PaymentPage from "./payment/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});
beforeEach(async () => {
  await comeAs(null);
  const form = new FormData();
  form.set("variantId", await shelf(world, 5, 3_000));
  form.set("quantity", "1");
  await addToCart({ status: "idle" }, form);
});

const page = (shown: unknown, query = {}, params = {}) => pageOf(shown as Page, query, params);

const GOODS = {
  email: "nora@example.com",
  "shipping.name": "Nora Quist",
  "shipping.line1": "Torstraße 112",
  "shipping.city": "Berlin",
  "shipping.postalCode": "10119",
  "shipping.country": "DE",
};
const BILL = {
  "billing.name": "Quist Conseil SARL",
  "billing.line1": "12 rue de la Paix",
  "billing.city": "Paris",
  "billing.postalCode": "75002",
  "billing.country": "FR",
};
const PARIS = ["Quist Conseil SARL", "12 rue de la Paix", "75002 Paris", "France"];
const BERLIN = ["Nora Quist", "Torstraße 112", "10119 Berlin", "Germany"];

const tell = async (typed: Record<string, string | readonly string[]>) =>
  sendForm(await page(AddressPage), 'name="email"', saveAddress, typed);

/** Delivery and cash, as the pages propose them. */
async function finish() {
  await sendForm(await page(DeliveryPage), "Continue to payment", saveDelivery);
  const paid = await sendForm(await page(PaymentPage), 'name="method"', placeOrder, {
    method: "cash_on_delivery",
  });
  if (!("to" in paid)) throw new Error(JSON.stringify(paid));
  const { pathname, searchParams } = new URL(paid.to, "http://shop");
  return { number: pathname.split("/").at(-1) ?? "", query: Object.fromEntries(searchParams) };
}
/** What is paid at the door is billed once it has arrived. */
async function arrive(number: string): Promise<void> {
  const [part] = await db
    .select({ orderId: orders.id, fulfilmentId: fulfilments.id })
    .from(fulfilments)
    .innerJoin(orders, eq(orders.id, fulfilments.orderId))
    .where(eq(orders.number, number));
  if (!part) throw new Error("the order has no part");
  const { orderId, fulfilmentId } = part;
  const { shipmentId } = await ship(world.admin, orderId, { carrier: "DHL", fulfilmentId });
  await deliver(world.admin, { orderId, shipmentId });
  await runJobs();
}
/** The lines that follow a heading on the page of an order. */
const under = (html: string, title: string) => {
  const words = wordsOf(html).split("\n");
  return words.slice(words.indexOf(title) + 1, words.indexOf(title) + 5);
};

it("is kept with the order and stands on page, invoice and file, whatever becomes of the delivery", async () => {
  expect(await tell({ ...GOODS, ...BILL, billingSame: [] })).toEqual({ to: "/checkout/delivery" });
  // The step that is done says both, and unfolds with both.
  const done = wordsOf(await page(DeliveryPage));
  expect(done).toContain(`Goes to\n${BERLIN.join(", ")}`);
  expect(done).toContain(`Bill to\n${PARIS.join(", ")}`);
  const { number, query } = await finish();
  const params = { number };
  const html = await page(OrderPage, query, params);
  expect(under(html, "Goes to")).toEqual(BERLIN);
  expect(under(html, "Billed to")).toEqual(PARIS);

  // Another street for the goods is none for the bill.
  const moved = await sendForm(
    await page(ChangeAddressPage, query, params),
    'name="shipping.line1"',
    changeOrderAddress,
    { "shipping.line1": "Invalidenstraße 44", "shipping.postalCode": "10557" },
  );
  expect(moved).toMatchObject({ to: expect.stringContaining(number) });
  const after = await page(OrderPage, query, params);
  expect(under(after, "Goes to")).toEqual(["Nora Quist", "Invalidenstraße 44", "10557 Berlin", "Germany"]);
  expect(under(after, "Billed to")).toEqual(PARIS);

  await arrive(number);
  const sheet = wordsOf(await page(InvoicePage, query, params));
  expect(sheet).toContain(PARIS.join("\n"));
  expect(sheet).not.toContain("Torstraße");
  const asked = new Request(`http://localhost:3000/orders/${number}/invoice.pdf?key=${query.key}`);
  const file = await invoiceFile(asked, { params: Promise.resolve(params) });
  expect(file.headers.get("content-type")).toBe("application/pdf");
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await file.arrayBuffer())), {
    mergePages: true,
  });
  for (const words of PARIS) expect(text.normalize("NFC")).toContain(words);
  expect(text).not.toMatch(/Torstra|Invalidenstra/);

  // The shop reads the same; the tax is that of where the goods go.
  await comeAs(world.id.admin);
  const office = wordsOf(await page(AdminOrder, {}, params));
  for (const words of ["12 rue de la Paix", "Invalidenstraße 44"]) expect(office).toContain(words);
});

it("counts only while it is another one, and is asked for in full", async () => {
  const half = await tell({ ...GOODS, ...BILL, "billing.line1": "", billingSame: [] });
  expect(half).toMatchObject({
    status: "error",
    fieldErrors: { "billing.line1": [expect.any(String)] },
    values: { "billing.city": "Paris", "shipping.line1": "Torstraße 112" },
  });
  await tell({ ...GOODS, ...BILL, billingSame: [] });
  // Told again with the tick: what still stands in the hidden fields does not count.
  const again = await page(AddressPage);
  expect(again).toMatch(/name="billing.line1"[^>]* value="12 rue de la Paix"/);
  await tell({ billingSame: "on" });
  expect(wordsOf(await page(DeliveryPage))).not.toContain("Bill to");
  const { number, query } = await finish();
  expect(under(await page(OrderPage, query, { number }), "Billed to")).toEqual(BERLIN);
  const [row] = await db
    .select({ line1: orderAddresses.line1 })
    .from(orderAddresses)
    .innerJoin(orders, eq(orders.id, orderAddresses.orderId))
    .where(and(eq(orders.number, number), eq(orderAddresses.kind, "billing")));
  expect(row?.line1).toBe("Torstraße 112");
});

it("tells browsers what to fill in where, apart for goods and bill", async () => {
  const html = await page(AddressPage);
  const tokens = (whose: string) =>
    [...html.matchAll(/<(?:input|select)[^>]*>/g)].flatMap(([tag]) => {
      const name = /name="(\w+)\.(\w+)"/.exec(tag);
      return name?.[1] === whose ? [`${name[2]}: ${/autoComplete="([^"]*)"/i.exec(tag)?.[1]}`] : [];
    });
  const meant = (whose: string) => [
    `name: ${whose} name`,
    `company: ${whose} organization`,
    `line1: ${whose} address-line1`,
    `line2: ${whose} address-line2`,
    `postalCode: ${whose} postal-code`,
    `city: ${whose} address-level2`,
    `country: ${whose} country`,
    `phone: ${whose} tel`,
  ];
  for (const whose of ["shipping", "billing"])
    expect(tokens(whose).sort()).toEqual(expect.arrayContaining(meant(whose)));
  expect(html).toMatch(/<input[^>]*autoComplete="email"[^>]*name="email"/i);
});

it("shows what is bought with its picture beside every step", async () => {
  const [variantId] = world.mug.variantIds;
  await db.insert(productImages).values({
    id: newId(),
    productId: world.mug.id,
    key: "told/mug.webp",
    alt: "A mug",
    width: 800,
    height: 1_000,
    position: 0,
    isPrimary: true,
  });
  const form = new FormData();
  form.set("variantId", variantId ?? "");
  form.set("quantity", "2");
  await addToCart({ status: "idle" }, form);
  const shows = (html: string) => {
    expect(html).toMatch(/<img[^>]*told(?:\/|%2F)mug\.webp/);
    expect(wordsOf(html)).toMatch(/Mug One\nQuantity\n2\n€36/);
  };
  shows(await page(AddressPage));
  await tell(GOODS);
  shows(await page(DeliveryPage));
  await sendForm(await page(DeliveryPage), "Continue to payment", saveDelivery);
  shows(await page(PaymentPage));
});

it("tells on the order's page what happened, in its order", async () => {
  await tell(GOODS);
  const { number, query } = await finish();
  const happened = async () => {
    const words = wordsOf(await page(OrderPage, query, { number })).split("\n");
    return words.slice(words.indexOf("What happened") + 1);
  };
  expect((await happened())[0]).toBe("Order placed");
  await arrive(number);
  const told = (await happened()).join("\n");
  const places = ["Order placed", "Order confirmed", "Handed to the carrier", "Delivered"].map((text) =>
    told.indexOf(text),
  );
  expect(places, told).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(places[0]).toBe(0);
});
