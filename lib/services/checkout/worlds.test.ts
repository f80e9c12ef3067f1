/** Whole orders in other shops' worlds: yen, fils, prices without tax; and carts that change behind a page. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { readPricing } from "@/db/pricing";
import { membershipTiers, users } from "@/db/schema/accounts";
import { cartItems } from "@/db/schema/cart";
import { discountRedemptions, discounts } from "@/db/schema/discounts";
import { orderAddresses, orderLines, orders } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf } from "@/db/testing/orders";
import { type Address, addressInput } from "@/lib/domain/addresses";
import { isShopError } from "@/lib/domain/errors";
import { fingerprintOf } from "@/lib/domain/fingerprint";
import { quoteCart } from "@/lib/domain/quote";
import * as shipping from "@/lib/services/shipping";
import * as tax from "@/lib/services/tax";
import { place } from "./place";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  const { id: zoneId } = await shipping.createZone(world.admin, {
    name: "Overseas",
    places: [{ country: "US" }, { country: "JP" }, { country: "KW" }],
  });
  await shipping.createRate(world.admin, { zoneId, name: "Post", amount: 550 });
  const rate = { taxClassId: world.id.taxClass };
  await tax.createRate(world.admin, { ...rate, name: "JCT", rate: 100_000, country: "JP" });
  await tax.createRate(world.admin, {
    ...rate,
    name: "Sales tax",
    rate: 88_750,
    country: "US",
    region: "New York",
  });
});
afterAll(() => gateway.close());
beforeEach(async () => {
  await db.execute(sql`UPDATE settings SET currency = 'EUR', prices_include_tax = true`);
});

const address = (parts: Record<string, string>): Address =>
  addressInput.parse({ name: "Ada", line1: "1-1 Somewhere", city: "Town", ...parts });
const TOKYO = { country: "JP", region: "Tokyo", postalCode: "100-0001" };
const NEW_YORK = { country: "US", region: "new york", postalCode: "10001" };

test.each([
  // 3 × 1,280 yen + 550: no fraction anywhere; the tax contained is 10 ÷ 110, goods and shipping apart.
  ["JPY", true, TOKYO, 1_280, { total: 4_390, tax: 349 + 50 }],
  // 3 × 12.340 dinar + 0.550 without any tax.
  ["KWD", true, { country: "KW" }, 12_340, { total: 37_570, tax: 0 }],
  // 3 × 12.99 + 5.50, and New York's 8.875 % on both.
  ["USD", false, NEW_YORK, 1_299, { total: 3_897 + 550 + 346 + 49, tax: 346 + 49 }],
  // The neighbouring state has no rate in this shop.
  ["USD", false, { ...NEW_YORK, region: "NJ" }, 1_299, { total: 4_447, tax: 0 }],
] as const)(
  "%s, tax included: %s: placed, paid and booked",
  async (currency, included, parts, price, sums) => {
    await db.execute(sql`UPDATE settings SET currency = ${currency}, prices_include_tax = ${included}`);
    const shopper = guest();
    const wishes = [{ variantId: await shelf(world, 5, price), quantity: 3 }];
    const { orderId, total } = await order(shopper, wishes, { address: address(parts) });
    const [placed] = await db.select().from(orders).where(eq(orders.id, orderId));
    expect(placed).toMatchObject({ currency, ...sums });
    expect(await gateway.pay(shopper, orderId)).toBe(200);
    await gateway.settled();
    await runJobs();
    expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  },
);

test("a cart that was swapped for another of the same total is seen", async () => {
  const [mine, other] = [await shelf(world, 5, 2_000), await shelf(world, 5, 2_000)];
  const shopper = guest();
  const ready = await getReady(shopper, [{ variantId: mine, quantity: 1 }]);
  const show = async () => {
    const pricing = await readPricing(db, ready.cartId, {
      place: { country: "DE" },
      email: "ada@example.com",
    });
    return quoteCart(pricing, { rateId: world.id.standard });
  };
  const shown = await show();
  await db.update(cartItems).set({ variantId: other }).where(eq(cartItems.cartId, ready.cartId));
  expect((await show()).totals.total).toBe(shown.totals.total);
  const input = { method: "card", ...ready } as const;
  const stale = place(shopper, { ...input, fingerprint: fingerprintOf(shown) });
  await expect(stale).rejects.toMatchObject({ code: "cart_changed", data: { reason: "goods" } });
  await place(shopper, { ...input, fingerprint: fingerprintOf(await show()) });
});

test("a tier that ends between cart and order is seen", async () => {
  const tier = newId();
  await db.insert(membershipTiers).values({ id: tier, code: tier, name: "Plus" });
  await db.insert(discounts).values({
    id: newId(),
    title: "Members",
    code: "PLUS",
    kind: "percentage",
    value: 10,
    membershipTierId: tier,
  });
  await db.update(users).set({ membershipTierId: tier }).where(eq(users.id, world.id.ben));
  const wishes = [{ variantId: await shelf(world), quantity: 1 }];
  const ready = await getReady(world.ben, wishes, { code: "PLUS", email: "ben@example.com" });
  await db.update(users).set({ membershipTierId: null }).where(eq(users.id, world.id.ben));
  await expect(place(world.ben, { method: "card", ...ready })).rejects.toMatchObject({
    code: "discount_refused",
    data: { reason: "This code is for members." },
  });
});

test("the same customer in ten tabs uses a code of one use once, whatever the case of the e-mail", async () => {
  const id = newId();
  await db
    .insert(discounts)
    .values({ id, title: "Once", code: "ONCE", kind: "fixed", value: 100, perCustomerLimit: 1 });
  const wishes = [{ variantId: await shelf(world, 50), quantity: 1 }];
  const ready = [];
  for (let i = 0; i < 10; i += 1) {
    const shopper = guest();
    const email = i % 2 ? "Same@Example.com" : "same@example.com";
    ready.push({ shopper, ...(await getReady(shopper, wishes, { code: "ONCE", email })) });
  }
  const results = await Promise.allSettled(
    ready.map(({ shopper, ...rest }) => place(shopper, { method: "card", ...rest })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(
    results.every(
      (one) =>
        one.status === "fulfilled" ||
        isShopError(one.reason, "discount_refused") ||
        isShopError(one.reason, "cart_changed"),
    ),
  ).toBe(true);
  const live = and(eq(discountRedemptions.discountId, id), isNull(discountRedemptions.givenBackAt));
  expect(await db.$count(discountRedemptions, live)).toBe(1);
  expect(await wrongInTheBooks()).toEqual([]);
});

test("what an order copied stays, whoever edits it", async () => {
  const { orderId } = await order(guest(), [{ variantId: await shelf(world), quantity: 1 }]);
  const edits = [
    db.update(orderAddresses).set({ city: "Elsewhere" }).where(eq(orderAddresses.orderId, orderId)),
    db.update(orderLines).set({ unitPrice: 1 }).where(eq(orderLines.orderId, orderId)),
    db.update(orders).set({ total: 1 }).where(eq(orders.id, orderId)),
  ];
  for (const edit of await Promise.allSettled(edits)) expect(edit.status).toBe("rejected");
});
