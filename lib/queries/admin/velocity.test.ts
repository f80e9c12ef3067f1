import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { withTx } from "@/db/tx";
import { putBack } from "@/lib/services/inventory/reserve";
import { listStock } from "./stock";
import { readVelocity } from "./velocity";

it("counts what was sold and not brought back, by age, and for its owner alone", async () => {
  const world = await cast();
  const [sells, rests] = [await shelf(world, 20), await shelf(world, 5)];
  // The ledger is append-only: older days are written as such, not moved there.
  const earlier = (variantId: string, days: number, kind: string, items: number) =>
    db.execute(sql`INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, created_at)
      VALUES (${newId()}, ${variantId}, ${kind}::movement_kind, ${items}, ${kind === "sale" ? items : 0}, shop_now() - make_interval(days => ${days}))`);
  await earlier(sells, 200, "restock", 20);
  await earlier(sells, 80, "sale", -9);
  await earlier(sells, 20, "sale", -3);
  await earlier(sells, 100, "sale", -8);
  const { orderId } = await order(guest(), [{ variantId: sells, quantity: 8 }], {
    method: "cash_on_delivery",
  });
  await withTx((tx) => putBack(tx, orderId, [{ variantId: sells, quantity: 2 }]));

  const found = await readVelocity(world.line, [sells, rests, world.tote.variantIds[0] ?? ""]);
  expect([...found.keys()].sort()).toEqual([sells, rests].sort());
  expect(found.get(sells)?.sold).toEqual({ 7: 6, 30: 9, 90: 18 });
  expect(found.get(sells)?.perDay).toEqual({ 7: 6 / 7, 30: 9 / 30, 90: 18 / 90 });
  expect(found.get(rests)?.sold).toEqual({ 7: 0, 30: 0, 90: 0 });

  const query = { search: "", view: "all", sort: "name", page: 1, pageSize: 40 } as const;
  const { rows } = await listStock(world.line, query);
  // 14 left at 0.3 a day.
  expect(rows.find((row) => row.variantId === sells)?.daysLeft).toBe(46);
  expect(rows.find((row) => row.variantId === rests)?.daysLeft).toBeNull();
});
