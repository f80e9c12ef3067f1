/** The home of the back office on the day itself: against yesterday until the same time, with a bar for each hour. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { deliveredOrder } from "@/db/testing/delivered";
import { comeAs, pageOf, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import AdminHome from "./page";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  // Noon in the store, whenever this runs: an hour ago and in two hours are the same day.
  const hours = 12 - new Date().getUTCHours();
  const zone = `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
  await db.execute(sql`UPDATE settings SET time_zone = ${zone}`);
});
afterAll(() => gateway.close());

/** Sold so many hours ago. Answers the sales without tax, and the hour at which they stand. */
async function sold(price: number, hoursAgo: number) {
  const wishes = [{ variantId: await shelf(world, 5, price), quantity: 1 }];
  const { orderId } = await deliveredOrder(gateway, world.admin, guest(), wishes, {
    email: `at${hoursAgo}@example.com`,
  });
  const back = sql`make_interval(hours => ${hoursAgo})`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(sql`SELECT create_month_partitions(2, 1)`);
    await tx.execute(sql`UPDATE ledger_entries SET created_at = created_at - ${back}
      WHERE transaction_id IN (SELECT id FROM ledger_transactions WHERE order_id = ${orderId})`);
    for (const table of ["ledger_transactions", "stock_movements"])
      await tx.execute(
        sql`UPDATE ${sql.identifier(table)} SET created_at = created_at - ${back} WHERE order_id = ${orderId}`,
      );
    await tx.execute(sql`UPDATE carts SET created_at = created_at - ${back}
      WHERE id = (SELECT cart_id FROM orders WHERE id = ${orderId})`);
    await tx.execute(sql`UPDATE orders SET placed_at = placed_at - ${back}, confirmed_at = confirmed_at - ${back}
      WHERE id = ${orderId}`);
  });
  const [row] = await db.execute<{ sales: number; hour: string }>(sql`
    SELECT (SELECT sum(total - tax)::int FROM order_lines WHERE order_id = ${orderId}) AS sales,
      to_char(created_at AT TIME ZONE (SELECT time_zone FROM settings), 'HH24":00"') AS hour
    FROM ledger_transactions WHERE order_id = ${orderId} AND kind = 'captured'`);
  if (!row) throw new Error("nothing was captured");
  return row;
}

const eur = (cents: number) => `€${(cents / 100).toFixed(2)}`;
const after = (words: string, label: string, lines: number) => {
  const all = words.split("\n");
  const at = all.indexOf(label);
  return all.slice(at + 1, at + 1 + lines);
};

it("compares today with yesterday until the same time, and draws the hours of both", async () => {
  const now = await sold(4_000, 0);
  const earlier = await sold(2_000, 25);
  const later = await sold(9_000, 22);
  await comeAs(world.id.admin);
  const html = await pageOf(AdminHome, { period: "today" });
  const words = wordsOf(html);
  const percent = Math.round(((now.sales - earlier.sales) / earlier.sales) * 100);
  expect(after(words, "Sales", 2)).toEqual([eur(now.sales), `+${percent} %`]);
  expect(after(words, "Carts that became orders", 2)).toEqual(["100 %", "100 % before"]);
  expect(words).toContain("against yesterday until the same time.");
  expect(words).toContain("Sales by hour; the narrow bars are the hours of yesterday");
  const table = wordsOf(/<table class="num.*?<\/table>/s.exec(html)?.[0] ?? "");
  expect(after(table, now.hour, 2)).toEqual([eur(now.sales), eur(0)]);
  expect(after(table, earlier.hour, 2)).toEqual([eur(0), eur(earlier.sales)]);
  // It came later yesterday than it is now: it has its bar, and is no part of the comparison.
  expect(after(table, later.hour, 2)).toEqual([eur(0), eur(later.sales)]);
  expect(table.split("\n").filter((word) => /^\d\d:00$/.test(word))).toHaveLength(24);
});

it("compares a single day of one's own with the whole day before, and an owner's with theirs alone", async () => {
  await comeAs(world.id.admin);
  const [row] = await db.execute<{ yesterday: string }>(sql`
    SELECT ((shop_now() AT TIME ZONE (SELECT time_zone FROM settings))::date - 1)::text AS yesterday`);
  const day = row?.yesterday ?? "";
  const words = wordsOf(await pageOf(AdminHome, { period: "own", from: day, to: day }));
  expect(after(words, "Paid orders", 2)).toEqual(["2", "Nothing before"]);
  expect(words).toContain("against the day before.");
  await comeAs(world.id.ring);
  const theirs = wordsOf(await pageOf(AdminHome, { period: "today" }));
  expect(after(theirs, "Sales", 2)).toEqual(["€0.00", "Nothing before"]);
  expect(theirs).toContain("Sales by hour");
});
