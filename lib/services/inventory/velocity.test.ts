/** What sells, counted anew: on the product, on its row in the search and on each of its entries there. */
import { expect, it } from "vitest";
import { cast, product } from "@/db/cast";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { systemActor } from "@/lib/system";
import { refreshSold } from "./velocity";

const system = systemActor("test");

it("counts the units of 90 days, less what came back, in as many transactions as it takes", async () => {
  const { id: made } = await cast();
  const sales = [
    { name: "Tern", units: 5, back: 2 },
    { name: "Auk", units: 4, back: 0 },
    { name: "Skua", units: 0, back: 0 },
  ];
  for (const { name, units, back } of sales) {
    const { id } = await product({
      ownerId: made.lineShop,
      categoryId: made.category,
      name,
      variants: [{ sku: name, price: 900 }],
    });
    const move = (kind: string, delta: number, days: number) => sql`
      insert into stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, created_at)
      select ${newId()}, id, ${kind}, ${delta}, ${kind === "sale" ? delta : 0}, shop_now() - make_interval(days => ${days}) from variants where product_id = ${id}`;
    if (units > 0) await move("sale", -units, 1);
    if (back > 0) await move("return", back, 1);
    await move("sale", -7, 100);
  }
  const known = () => sql<{ name: string; sold: number; row: number; low: number; high: number }[]>`
    select p.name, p.sold_recently as sold, s.sold as row, min(h.sold) as low, max(h.sold) as high
    from products p join search_products s on s.product_id = p.id join search_hits h using (number)
    where p.name in ('Tern', 'Auk', 'Skua') group by p.id, s.product_id order by p.name`;
  expect(await refreshSold(system, 1)).toBe(2);
  expect(await known()).toEqual([
    { name: "Auk", sold: 4, row: 4, low: 4, high: 4 },
    { name: "Skua", sold: 0, row: 0, low: 0, high: 0 },
    { name: "Tern", sold: 3, row: 3, low: 3, high: 3 },
  ]);
  expect(await refreshSold(system)).toBe(0);
});
