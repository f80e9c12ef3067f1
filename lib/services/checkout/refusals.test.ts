import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { ledgerEntries, ledgerTransactions } from "@/db/schema/ledger";
import { orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { stateOf, stockOf } from "@/db/testing/orders";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { place } from "./place";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

it("says sold out, not an empty cart, when the only thing in the cart is gone", async () => {
  const variantId = await shelf(world, 1);
  const shopper = guest();
  const ready = await getReady(shopper, [{ variantId, quantity: 1 }]);
  await order(guest(), [{ variantId, quantity: 1 }]);
  await expect(place(shopper, { method: "card", ...ready })).rejects.toMatchObject({
    code: "sold_out",
    data: { lines: [{ variantId, requested: 1, available: 0 }] },
  });
});

it("refuses a card below the gateway's smallest charge before anything is placed", async () => {
  const variantId = await shelf(world, 5, 30);
  await db.execute(sql`UPDATE shipping_rates SET free_over = 0 WHERE id = ${world.id.standard}`);
  const shopper = guest();
  const ready = await getReady(shopper, [{ variantId, quantity: 1 }]);
  expect(ready.expectedTotal).toBe(30);
  await expect(place(shopper, { method: "card", ...ready })).rejects.toMatchObject({
    code: "amount_too_small",
    data: { minimum: 50, currency: "EUR" },
  });
  expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
  await place(shopper, { method: "cash_on_delivery", ...ready });
});

it("confirms an order that costs nothing, with what it gave away in the books", async () => {
  await db
    .insert(discounts)
    .values({ id: newId(), title: "Gift", code: "GIFT", kind: "percentage", value: 100 });
  await db.execute(sql`UPDATE shipping_rates SET free_over = 0 WHERE id = ${world.id.standard}`);
  const variantId = await shelf(world, 5, 2_000);
  const shopper = guest();
  const { orderId, total } = await order(shopper, [{ variantId, quantity: 2 }], {
    code: "GIFT",
    method: "none",
  });
  expect(total).toBe(0);
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: 0, refunded: 0 });
  expect(await db.select().from(payments).where(eq(payments.orderId, orderId))).toEqual([]);
  const entries = await db
    .select({ account: ledgerEntries.account, amount: ledgerEntries.amount })
    .from(ledgerEntries)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(eq(ledgerTransactions.orderId, orderId));
  expect(new Set(entries.map(({ account, amount }) => `${account} ${amount}`))).toEqual(
    new Set(["discounts 4000", "sales -4000"]),
  );
  await cancelOrder(shopper, orderId);
  expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 0 });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("gives a code to a customer as often as its limit says, and gives a cancelled use back", async () => {
  await db.insert(discounts).values({
    id: newId(),
    title: "Once each",
    code: "ONCE",
    kind: "fixed",
    value: 100,
    perCustomerLimit: 1,
  });
  const variantId = await shelf(world, 20, 5_000);
  const wish = [{ variantId, quantity: 1 }];
  const told = { code: "ONCE", email: "Once@example.com" };
  const [one, two] = [guest(), guest()];
  const ready = [await getReady(one, wish, told), await getReady(two, wish, told)] as const;
  const results = await Promise.allSettled([
    place(one, { method: "card", ...ready[0] }),
    place(two, { method: "card", ...ready[1] }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "discount_refused" });
  const [held] = await db.select({ id: orders.id }).from(orders).where(eq(orders.email, told.email));
  await cancelOrder(guest(held?.id ?? null), held?.id ?? "");
  await order(guest(), wish, { ...told, email: "once@EXAMPLE.com" });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("answers a replay with the order of that checkout alone, and only to whoever placed it", async () => {
  const variantId = await shelf(world, 20);
  const wish = [{ variantId, quantity: 1 }];
  const shopper = guest();
  const first = await getReady(shopper, wish);
  const placed = await place(shopper, { method: "card", ...first });
  const second = await getReady(shopper, wish);
  // The old page is sent again while the next cart is ready: it must not place that one.
  expect((await place(shopper, { method: "card", ...first })).orderId).toBe(placed.orderId);
  await expect(place(guest(), { method: "card", ...first })).rejects.toMatchObject({ code: "cart_empty" });
  await expect(place(world.ada, { method: "card", ...first })).rejects.toMatchObject({ code: "cart_empty" });
  // Who opened the order by its link did not place it.
  await expect(place(guest(placed.orderId), { method: "card", ...first })).rejects.toMatchObject({
    code: "cart_empty",
  });
  expect((await place(shopper, { method: "card", ...second })).orderId).not.toBe(placed.orderId);
});
