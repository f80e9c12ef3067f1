import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast, guest, product, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { readPricing } from "@/db/pricing";
import { checkouts } from "@/db/schema/checkout";
import { orders } from "@/db/schema/orders";
import { cacheExpiries } from "@/db/schema/settings";
import { shippingRates } from "@/db/schema/shipping";
import { taxRates } from "@/db/schema/tax";
import { withTx } from "@/db/tx";
import { addressInput } from "@/lib/domain/addresses";
import { ShopError } from "@/lib/domain/errors";
import { quoteCart } from "@/lib/domain/quote";
import * as cart from "./cart";
import { lockCart } from "./checkout/steps";
import * as shipping from "./shipping";
import * as tax from "./tax";

let world: Cast;
let heavy: string;
beforeAll(async () => {
  world = await cast();
  const made = await product({
    ownerId: world.id.lineShop,
    categoryId: world.id.category,
    name: "Heavy",
    variants: [{ sku: "HEAVY", price: 1_000, stock: 500, weight: 500 }],
  });
  heavy = made.variantIds[0] ?? "";
});

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error: unknown) => (error instanceof ShopError ? { code: error.code, data: error.data } : error),
  );
const us = (region: string) =>
  addressInput.parse({
    name: "Ada",
    line1: "1 Main Street",
    city: "Springfield",
    region,
    postalCode: "10001",
    country: "US",
  });
async function quoted(quantity: number, place: { country: string; region?: string | null }) {
  const shopper = guest();
  await cart.add(shopper, { variantId: heavy, quantity });
  const { id } = await withTx((tx) => lockCart(tx, shopper));
  return quoteCart(await readPricing(db, id, { place }));
}
const names = (quote: { rates: readonly { name: string }[] }) => quote.rates.map(({ name }) => name);

test("a region has its own zone; weights and sums hold from their start to before their end; free over", async () => {
  const whole = await shipping.createZone(world.admin, { name: "States", places: [{ country: "US" }] });
  const far = await shipping.createZone(world.admin, {
    name: "Far",
    places: [{ country: "US", region: "hawaii" }],
  });
  const rate = (zoneId: string, name: string, rest: object) =>
    shipping.createRate(world.admin, { zoneId, name, amount: 700, ...rest });
  await rate(whole.id, "Light", { kind: "weight", rangeMax: 1_000 });
  await rate(whole.id, "Middle", { kind: "weight", rangeMin: 1_000, rangeMax: 2_000, freeOver: 3_000 });
  await rate(whole.id, "Dear", { kind: "subtotal", rangeMin: 3_000, rangeMax: 3_001 });
  await rate(far.id, "By air", { daysMin: 4, daysMax: 9 });

  expect(names(await quoted(1, { country: "US", region: "NY" }))).toEqual(["Light"]);
  expect(names(await quoted(2, { country: "US", region: null }))).toEqual(["Middle"]);
  const three = await quoted(3, { country: "US", region: "NY" });
  expect(three.rates.map(({ name, price }) => [name, price])).toEqual(
    expect.arrayContaining([
      ["Middle", 0],
      ["Dear", 700],
    ]),
  );
  expect(names(await quoted(4, { country: "US", region: "NY" }))).toEqual([]);
  expect(names(await quoted(4, { country: "US", region: "HI" }))).toEqual(["By air"]);
  expect(names(await quoted(1, { country: "KE", region: null }))).toEqual([]);

  // What nothing fits is refused when placing; what fits tells its days on the order.
  const shopper = guest();
  const ready = await getReady(shopper, [{ variantId: heavy, quantity: 3 }], { address: us("NY") });
  await cart.add(shopper, { variantId: heavy, quantity: 5 });
  const { place } = await import("./checkout/place");
  expect(await refusalOf(place(shopper, { method: "card", ...ready }))).toMatchObject({
    code: "no_shipping",
  });
  const { orderId } = await order(guest(), [{ variantId: heavy, quantity: 1 }], { address: us("Hawaii") });
  const [placed] = await db.select().from(orders).where(eq(orders.id, orderId));
  expect(placed).toMatchObject({ shippingRateName: "By air", deliveryDaysMin: 4, deliveryDaysMax: 9 });
});

test("a zone's faults are told; a place is in one zone; versions; pages that tell the delivery are expired", async () => {
  const wrong = { name: " ", places: [{ country: "XX" }, { country: "US", region: "Wessex" }] };
  expect(await refusalOf(shipping.createZone(world.admin, wrong))).toMatchObject({
    data: { fields: { name: "Please enter a name.", "places.0.country": "Please choose a country." } },
  });
  expect(
    await refusalOf(shipping.createZone(world.admin, { name: "Again", places: [{ country: "DE" }] })),
  ).toMatchObject({ code: "duplicate", data: { field: "place" } });
  await db.delete(cacheExpiries);
  const { id } = await shipping.createZone(world.admin, { name: "North", places: [{ country: "NO" }] });
  expect(await db.select().from(cacheExpiries)).toMatchObject([{ tag: "store" }]);
  await shipping.updateZone(world.admin, { id, version: 1, name: "North", places: [{ country: "SE" }] });
  expect(await refusalOf(shipping.removeZone(world.admin, { id, version: 1 }))).toMatchObject({
    code: "conflict",
  });
  await shipping.removeZone(world.admin, { id, version: 2 });
});

test.each([
  [{ amount: -1 }, "amount"],
  [{ amount: 1.5 }, "amount"],
  [{ kind: "weight", rangeMin: 100, rangeMax: 100 }, "rangeMax"],
  [{ rangeMax: 100 }, "rangeMin"],
  [{ daysMin: 3, daysMax: 2 }, "daysMax"],
  [{ name: "" }, "name"],
])("a rate of %j is refused at %s", async (wrong, field) => {
  const input = { zoneId: world.id.zone, name: "Bad", amount: 100, ...wrong };
  const refusal = await refusalOf(shipping.createRate(world.admin, input as never));
  expect(Object.keys((refusal as { data: { fields: object } }).data.fields)).toEqual([field]);
});

test("a rate that a checkout has chosen is switched off, and its zone stays", async () => {
  await getReady(guest(), [{ variantId: await shelf(world), quantity: 1 }]);
  const [chosen] = await db.select().from(checkouts).where(eq(checkouts.status, "open"));
  const rate = { id: chosen?.shippingRateId ?? "", version: 1 };
  expect(await refusalOf(shipping.removeZone(world.admin, { id: world.id.zone, version: 1 }))).toMatchObject({
    code: "in_use",
  });
  expect(await shipping.removeRate(world.admin, rate)).toEqual({ removed: "inactive" });
  expect(await refusalOf(shipping.removeRate(world.admin, rate))).toMatchObject({ code: "conflict" });
  await shipping.updateRate(world.admin, {
    ...rate,
    version: 2,
    name: "Standard",
    amount: 490,
    freeOver: 10_000,
  });
  const { id } = await shipping.createRate(world.admin, { zoneId: world.id.zone, name: "New", amount: 1 });
  expect(await shipping.removeRate(world.admin, { id, version: 1 })).toEqual({ removed: "deleted" });
  expect(await db.$count(shippingRates, eq(shippingRates.id, rate.id))).toBe(1);
});

test("region beats country, class beats default, zero is a rate, unknown places pay none, shipping has its own", async () => {
  const books = await tax.createClass(world.admin, { code: "Books", name: "Books" });
  const rate = (taxClassId: string, name: string, rate: number, rest: object) =>
    tax.createRate(world.admin, { taxClassId, name, rate, country: "CA", ...rest });
  await rate(world.id.taxClass, "GST", 50_000, { appliesToShipping: false });
  await rate(world.id.taxClass, "HST", 130_000, { region: "ontario" });
  await rate(books.id, "Books in Ontario", 0, { region: "ON" });
  const { variantIds } = await product({
    ownerId: world.id.lineShop,
    categoryId: world.id.category,
    taxClassId: books.id,
    name: "Book",
    variants: [{ sku: "BOOK", price: 1_000, stock: 10 }],
  });
  const shopper = guest();
  await cart.add(shopper, { variantId: variantIds[0] ?? "", quantity: 1 });
  await cart.add(shopper, { variantId: heavy, quantity: 1 });
  const { id } = await withTx((tx) => lockCart(tx, shopper));
  const ratesAt = async (place: { country: string; region?: string | null }) => {
    const pricing = await readPricing(db, id, { place });
    const bySku = Object.fromEntries(pricing.lines.map((line) => [line.sku, line.taxRate]));
    return [bySku.BOOK, bySku.HEAVY, pricing.shippingTaxRate];
  };
  expect(await ratesAt({ country: "CA", region: "ON" })).toEqual([0, 130_000, 130_000]);
  // Books say nothing about Alberta: the default holds, not zero.
  expect(await ratesAt({ country: "CA", region: "AB" })).toEqual([50_000, 50_000, 0]);
  expect(await ratesAt({ country: "CA", region: null })).toEqual([50_000, 50_000, 0]);
  expect(await ratesAt({ country: "KE", region: null })).toEqual([0, 0, 0]);

  expect(await refusalOf(rate(books.id, "Twice", 1, { region: "Ontario" }))).toMatchObject({
    code: "duplicate",
  });
  expect(await refusalOf(rate(books.id, "Much", 1_000_001, {}))).toMatchObject({
    data: { fields: { rate: "At most 100 %." } },
  });
  expect(await refusalOf(rate(books.id, "Where", 1, { country: "XX" }))).toMatchObject({
    code: "invalid_input",
  });
  expect(await refusalOf(rate(newId(), "Whose", 1, {}))).toMatchObject({ code: "not_found" });
  expect(await refusalOf(tax.removeClass(world.admin, { ...books, version: 1 }))).toMatchObject({
    data: { by: "a product" },
  });
  const standard = { id: world.id.taxClass, version: 1, code: "standard", name: "Standard" };
  expect(await refusalOf(tax.removeClass(world.admin, standard))).toMatchObject({ code: "in_use" });
  expect(await refusalOf(tax.updateClass(world.admin, standard))).toMatchObject({ code: "invalid_input" });
  await tax.updateClass(world.admin, { ...books, version: 1, code: "books", name: "Books", isDefault: true });
  expect(
    await refusalOf(tax.updateClass(world.admin, { ...books, version: 1, code: "books", name: "B" })),
  ).toMatchObject({ code: "conflict" });
  await tax.updateClass(world.admin, { ...standard, isDefault: true });
  const [row] = await db.select().from(taxRates).where(eq(taxRates.name, "HST"));
  const edit = { taxClassId: world.id.taxClass, name: "HST", rate: 150_000, country: "CA", region: "ON" };
  await tax.updateRate(world.admin, { id: row?.id ?? "", version: 1, ...edit });
  expect(await ratesAt({ country: "CA", region: "ON" })).toEqual([0, 150_000, 150_000]);
  // A region whose rate leaves shipping out does not fall back to its country's.
  await tax.createRate(world.admin, {
    ...edit,
    name: "QST",
    region: "QC",
    rate: 99_750,
    appliesToShipping: false,
  });
  const [gst] = await db.select().from(taxRates).where(eq(taxRates.name, "GST"));
  const whole = { taxClassId: world.id.taxClass, name: "GST", rate: 50_000, country: "CA" };
  await tax.updateRate(world.admin, { id: gst?.id ?? "", version: 1, ...whole });
  expect(await ratesAt({ country: "CA", region: "QC" })).toEqual([99_750, 99_750, 0]);
  expect(await ratesAt({ country: "CA", region: "AB" })).toEqual([50_000, 50_000, 50_000]);
  await tax.updateRate(world.admin, { id: gst?.id ?? "", version: 2, ...whole, appliesToShipping: false });
  await tax.removeRate(world.admin, { id: row?.id ?? "", version: 2 });
  expect(await ratesAt({ country: "CA", region: "ON" })).toEqual([0, 50_000, 0]);
});
