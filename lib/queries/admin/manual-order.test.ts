import { expect, it } from "vitest";
import { cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { findBuyer, readGoods, searchGoods } from "./manual-order";
import { countOrdersAfter, getNewestOrder } from "./orders";

it("offers goods and what is known of a buyer; the list learns of orders that came after", async () => {
  const world = await cast();
  const { admin, line, ring } = world;
  expect(await getNewestOrder(admin)).toBe("");
  const [mug, tote] = [await variantId("MUG"), await variantId("TOTE")];
  expect((await searchGoods(admin, "mug")).map(({ sku }) => sku)).toEqual(["MUG"]);
  expect(await searchGoods(admin, "")).toEqual([]);
  expect((await readGoods(admin, [tote, newId(), mug])).map(({ sku }) => sku)).toEqual(["TOTE", "MUG"]);
  expect(await findBuyer(admin, "new@example.com")).toEqual({ account: null, orders: 0, address: null });
  const buy = (id: string) =>
    order(guest(), [{ variantId: id, quantity: 1 }], {
      method: "cash_on_delivery",
      email: "new@example.com",
    });
  const found = async () =>
    (await searchGoods(admin, "o")).map(({ sku, isSoldOut }) => `${sku} ${isSoldOut}`);
  const before = await found();
  expect(before[0]).toMatch(/ false$/);
  const [soonest = ""] = before.map((one) => one.split(" ")[0] ?? "");
  await sql`update inventory set backorder = false, on_hand = reserved where variant_id = ${await variantId(soonest)}`;
  // What is left of it is nothing: it comes last and is no offer.
  expect((await found()).at(-1)).toBe(`${soonest} true`);
  await sql`update inventory set on_hand = reserved + 9 where variant_id = ${await variantId(soonest)}`;
  const first = await buy(tote);
  expect([await getNewestOrder(admin), await getNewestOrder(line)]).toEqual([first.orderId, ""]);
  await buy(mug);
  expect(await countOrdersAfter(admin, first.orderId)).toBe(1);
  expect([await countOrdersAfter(line, ""), await countOrdersAfter(ring, first.orderId)]).toEqual([1, 0]);
  expect(await findBuyer(admin, "NEW@example.com")).toMatchObject({ orders: 2, address: { city: "Berlin" } });
});
