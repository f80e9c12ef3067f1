/** Limits that a hostile shopper leans against: per customer under another spelling, and goods on backorder. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { readPricing } from "@/db/pricing";
import { discounts } from "@/db/schema/discounts";
import { quoteCart } from "@/lib/domain/quote";
import { getWishlist } from "@/lib/queries/wishlist";
import * as cart from "@/lib/services/cart";
import { setBackorder } from "@/lib/services/inventory/policy";
import * as wishlist from "@/lib/services/wishlist";
import { place } from "./place";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

test.each([
  ["Ada@Example.com", "ada@example.com"],
  ["ada+shop@example.com", "ada@example.com"],
  ["ada.b@example.com", "ada.b@example.com"],
  ["A.d.a+x@GoogleMail.com", "ada@gmail.com"],
  ["+all@example.com", "+all@example.com"],
  ["a@b@example.com", "a@b@example.com"],
  ["nobody", "nobody"],
])("the mailbox of %s is %s", async (email, mailbox) => {
  const [row] = await db.execute<{ mailbox: string }>(sql`SELECT mailbox_of(${email}) AS mailbox`);
  expect(row?.mailbox).toBe(mailbox);
});

test("a code of one use is refused to the same mailbox under another spelling, in the quote and in placing", async () => {
  await db
    .insert(discounts)
    .values({ id: newId(), title: "Once", code: "ONCE", kind: "fixed", value: 100, perCustomerLimit: 1 });
  const wishes = [{ variantId: await shelf(world, 20, 5_000), quantity: 1 }];
  await order(guest(), wishes, { code: "ONCE", email: "eve.gmail@gmail.com" });
  const again = guest();
  const ready = await getReady(again, wishes, { code: "ONCE", email: "E.VEGMAIL+second@googlemail.com" });
  const pricing = await readPricing(db, ready.cartId, {
    place: { country: "DE" },
    email: "evegmail+third@gmail.com",
  });
  expect(quoteCart(pricing).refusedCode?.reason).toBe("You have used this code already.");
  await expect(place(again, { method: "card", ...ready })).rejects.toMatchObject({
    code: "discount_refused",
  });
  await order(guest(), wishes, { code: "ONCE", email: "eve@gmail.example" });
});

test("backorder with an end: cart, wishlist and placing count alike", async () => {
  const variantId = await shelf(world, 1, 2_000);
  await setBackorder(world.line, { variantId, backorder: true, limit: 2 });
  const shopper = guest();
  await wishlist.add(shopper, { variantId });
  expect((await getWishlist(shopper)).items[0]).toMatchObject({ available: 3 });
  await cart.add(shopper, { variantId, quantity: 3 });
  const ready = await getReady(shopper, []);
  await order(guest(), [{ variantId, quantity: 2 }]);
  const quote = quoteCart(await readPricing(db, ready.cartId, { place: { country: "DE" } }));
  expect(quote.lines[0]).toMatchObject({ state: "short", room: 1, buyable: 1 });
  await expect(place(shopper, { method: "card", ...ready })).rejects.toMatchObject({
    code: "sold_out",
    data: { lines: [{ requested: 3, available: 1 }] },
  });
  await order(guest(), [{ variantId, quantity: 1 }]);
  const empty = quoteCart(await readPricing(db, ready.cartId, { place: { country: "DE" } }));
  expect(empty.lines[0]).toMatchObject({ state: "sold_out", room: 0 });
  expect((await getWishlist(shopper)).items[0]).toMatchObject({ available: 0 });
});
