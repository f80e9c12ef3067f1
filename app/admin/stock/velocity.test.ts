/** How fast variants sell and for how long they last, as the stock pages draw it from sales that are known. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { comeAs, pageOf, wordsOf } from "@/db/testing/front-door";
import AdminVariantStock from "./[variantId]/page";
import AdminStock from "./page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
  await comeAs(world.id.line);
});

/** The ledger is append-only: older days are written as such, not moved there. */
const earlier = (variantId: string, days: number, kind: "sale" | "return" | "restock", items: number) =>
  db.execute(sql`INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, created_at)
    VALUES (${newId()}, ${variantId}, ${kind}::movement_kind, ${items}, ${kind === "sale" ? items : 0}, shop_now() - make_interval(days => ${days}))`);

const velocityOf = async (variantId: string): Promise<string> => {
  const html = await pageOf(AdminVariantStock, {}, { variantId });
  const section = /<section[^>]*aria-labelledby="velocity".*?<\/section>/s.exec(html)?.[0] ?? "";
  return wordsOf(section).replaceAll("\n", " ");
};
/** What the list says in the column of days. */
const daysOf = async (variantId: string): Promise<string | undefined> => {
  const html = await pageOf(AdminStock, { cols: "daysLeft" });
  const heads = [...html.matchAll(/<th [^>]*>(.*?)<\/th>/gs)].map(([, head = ""]) => wordsOf(head));
  const row = [...html.matchAll(/<tr .*?<\/tr>/gs)].find(([each]) =>
    each.includes(`/admin/stock/${variantId}`),
  );
  const cells = [...(row?.[0] ?? "").matchAll(/<td .*?<\/td>/gs)].map(([cell]) => wordsOf(cell));
  return cells[heads.findIndex((head) => head.startsWith("Days left"))];
};

it("draws what sold in 7, 30 and 90 days less what came back, and the days that the rest will do", async () => {
  const variantId = await shelf(world, 30);
  await earlier(variantId, 200, "restock", 30);
  await earlier(variantId, 100, "sale", -8);
  await earlier(variantId, 60, "sale", -9);
  await earlier(variantId, 20, "sale", -4);
  await earlier(variantId, 10, "return", 1);
  await order(guest(), [{ variantId, quantity: 6 }], { method: "cash_on_delivery" });
  expect(await velocityOf(variantId)).toBe(
    // 24 left, 9 of them in 30 days: 80 days.
    "How it sells Sold in 7 days 6 Sold in 30 days 9 Sold in 90 days 18 Days of stock left 80",
  );
  expect(await daysOf(variantId)).toBe("80");
  // Another owner's stock is nobody's business.
  await comeAs(world.id.ring);
  expect(wordsOf(await pageOf(AdminVariantStock, {}, { variantId }))).toContain("Nothing here.");
  expect(await daysOf(variantId)).toBeUndefined();
  await comeAs(world.id.line);
});

it("counts what is new by its own days, not by a month that it was not there", async () => {
  const variantId = await shelf(world, 20);
  // Received just now: a day at the least.
  await order(guest(), [{ variantId, quantity: 4 }], { method: "cash_on_delivery" });
  expect(await velocityOf(variantId)).toMatch(/Sold in 30 days 4 .* Days of stock left 4$/);
});

it("says where nothing sold, where nothing is left, and where there is plenty", async () => {
  const [rests, gone, plenty] = [await shelf(world, 5), await shelf(world, 3), await shelf(world, 100)];
  await order(guest(), [{ variantId: gone, quantity: 3 }], { method: "cash_on_delivery" });
  await earlier(plenty, 200, "restock", 100);
  await earlier(plenty, 20, "sale", -1);
  expect(await velocityOf(rests)).toMatch(/Sold in 90 days 0 Days of stock left nothing sold lately$/);
  expect(await velocityOf(gone)).toMatch(/Sold in 7 days 3 .*Days of stock left 0$/);
  expect(await velocityOf(plenty)).toMatch(/Days of stock left 365\+$/);
  expect([await daysOf(rests), await daysOf(gone), await daysOf(plenty)]).toEqual(["–", "0", "365+"]);
});
