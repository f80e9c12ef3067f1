/** A wishlist tells what came back, and saving for later is undone as if it had not been. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { getCart } from "@/lib/queries/cart";
import { getWishlist } from "@/lib/queries/wishlist";
import * as cart from "./cart";
import { restock } from "./inventory/adjust";
import * as wishlist from "./wishlist";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

test("back in stock is told where it was sold out since it was saved, for a month", async () => {
  const shopper = guest();
  const [back, plenty, out] = [await shelf(world, 2), await shelf(world, 9), await shelf(world, 1)];
  for (const variantId of [back, plenty, out]) await wishlist.add(shopper, { variantId });
  await order(guest(), [
    { variantId: back, quantity: 2 },
    { variantId: plenty, quantity: 2 },
    { variantId: out, quantity: 1 },
  ]);
  const of = async (variantId: string) =>
    (await getWishlist(shopper)).items.find((item) => item.variantId === variantId)?.backAt;
  expect(await of(back)).toBeNull();
  await restock(world.line, { variantId: back, quantity: 4 });
  await restock(world.line, { variantId: plenty, quantity: 4 });
  expect(await of(back)).toBeInstanceOf(Date);
  expect(await of(plenty)).toBeNull();
  expect(await of(out)).toBeNull();
  // Saved after it came back: no news.
  const late = guest();
  await wishlist.add(late, { variantId: back });
  expect((await getWishlist(late)).items[0]?.backAt).toBeNull();
  await order(guest(), [{ variantId: back, quantity: 4 }]);
  expect(await of(back)).toBeNull();
});

test("undoing a save puts the pieces back, and keeps what was on the wishlist before", async () => {
  const shopper = guest();
  const [fresh, kept] = [await shelf(world, 9), await shelf(world, 9)];
  await wishlist.add(shopper, { variantId: kept });
  const saved = [];
  for (const variantId of [fresh, kept]) {
    const { itemId } = await cart.add(shopper, { variantId, quantity: 3 });
    saved.push(await cart.saveForLater(shopper, { itemId }));
  }
  expect(saved.map(({ isNew }) => isNew)).toEqual([true, false]);
  for (const line of [...saved, ...saved]) await cart.undoSave(shopper, line);
  expect(
    (await getCart(shopper))?.quote.lines.map(({ variantId, quantity }) => [variantId, quantity]),
  ).toEqual([
    [fresh, 3],
    [kept, 3],
  ]);
  expect((await getWishlist(shopper)).items.map(({ variantId }) => variantId)).toEqual([kept]);
});

test("the estimate asks for the region where a zone or a tax has one, and uses it", async () => {
  const shopper = guest();
  await cart.add(shopper, { variantId: await shelf(world, 9, 2_000), quantity: 1 });
  await db.execute(sql`
    WITH zone AS (INSERT INTO shipping_zones (id, name) VALUES (gen_random_uuid(), 'Far') RETURNING id),
    place AS (INSERT INTO shipping_zone_places (id, zone_id, country, region)
      SELECT gen_random_uuid(), id, 'US', 'HI' FROM zone)
    INSERT INTO shipping_rates (id, zone_id, name, amount) SELECT gen_random_uuid(), id, 'Far', 3490 FROM zone`);
  await cart.setEstimate(shopper, { country: "US" });
  const anywhere = await getCart(shopper);
  expect(anywhere?.regions.US?.some(({ value, name }) => value === "HI" && name === "Hawaii")).toBe(true);
  expect(anywhere?.regions.DE).toBeUndefined();
  expect(anywhere?.quote.rates).toEqual([]);
  await cart.setEstimate(shopper, { country: "US", region: "hawaii" });
  const hawaii = await getCart(shopper);
  expect(hawaii?.place).toEqual({ country: "US", region: "HI" });
  expect(hawaii?.quote.totals.shipping).toBe(3490);
});
