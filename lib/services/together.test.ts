import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db, sql as raw } from "@/db/client";
import { besideOf, type CompanionRow, companionsOf } from "@/lib/queries/catalog/together";
import { setBackorder } from "./inventory/policy";
import { cancelOrder } from "./payments/cancel";
import { addTogether } from "./together";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const inCart = (who: ReturnType<typeof guest>) =>
  db.execute<{ variantId: string; quantity: number }>(sql`
    SELECT ci.variant_id AS "variantId", ci.quantity FROM carts c JOIN cart_items ci ON ci.cart_id = c.id
    WHERE c.status = 'active' AND c.guest_token_hash = ${who.tokenHash} ORDER BY ci.variant_id`);

/** The variants that the page of a variant's product offers along with it. */
async function companions(variantId: string): Promise<string[]> {
  const [row] = await raw<{ found: CompanionRow[] }[]>`
    with recursive here as (select p.* from products p join variants v on v.product_id = p.id where v.id = ${variantId}),
    above as (select c.id, 0 as up from categories c join here h on h.category_id = c.id),
    ${besideOf()} select ${companionsOf()} as found`;
  return (row?.found ?? []).map((one) => one.variantId);
}

const buy = (...variantIds: string[]) =>
  order(
    guest(),
    variantIds.map((variantId) => ({ variantId, quantity: 1 })),
    { method: "cash_on_delivery" },
  );

describe("bought together", () => {
  it("is what at least two orders held, the most frequent first, and never the piece itself", async () => {
    const [piece, often, twice, once] = [
      await shelf(world, 9),
      await shelf(world, 9),
      await shelf(world, 9),
      await shelf(world, 9),
    ];
    for (let i = 0; i < 2; i += 1) await buy(piece, often, twice);
    await buy(piece, often, once);
    expect(await companions(piece)).toEqual([often, twice]);
    expect(await companions(often)).toEqual([piece, twice]);
    expect(await companions(once)).toEqual([]);
  });

  it("leaves out what is sold out, withdrawn, or was only in cancelled orders", async () => {
    const [piece, gone, withdrawn, cancelled] = [
      await shelf(world, 9),
      await shelf(world, 2),
      await shelf(world, 9),
      await shelf(world, 9),
    ];
    for (let i = 0; i < 2; i += 1) {
      await buy(piece, gone);
      await buy(piece, withdrawn);
      const { orderId } = await order(
        world.ada,
        [piece, cancelled].map((variantId) => ({ variantId, quantity: 1 })),
        { method: "cash_on_delivery" },
      );
      await cancelOrder(world.ada, orderId);
    }
    expect(await companions(piece)).toEqual([withdrawn]);
    await db.execute(sql`UPDATE products SET status = 'archived', archived_at = shop_now()
      WHERE id = (SELECT product_id FROM variants WHERE id = ${withdrawn})`);
    expect(await companions(piece)).toEqual([]);
    await setBackorder(world.line, { variantId: gone, backorder: true });
    expect(await companions(piece)).toEqual([gone]);
  });
});

describe("adding together", () => {
  it("puts one of each into the cart, named twice or not", async () => {
    const who = guest();
    const [one, two] = [await shelf(world, 3), await shelf(world, 3)];
    const { names, count } = await addTogether(who, [one, two, one]);
    expect([names.length, count]).toEqual([2, 2]);
    expect(await inCart(who)).toHaveLength(2);
  });

  it("adds none where one cannot be had", async () => {
    const who = guest();
    const [there, gone] = [await shelf(world, 3), await shelf(world, 0)];
    await expect(addTogether(who, [there, gone])).rejects.toMatchObject({ code: "sold_out" });
    expect(await inCart(who)).toHaveLength(0);
  });
});
