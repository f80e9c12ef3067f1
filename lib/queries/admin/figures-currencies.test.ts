/** The home's figures in currencies without and with three decimals, against orders and refunds alone. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs } from "@/db/testing/orders";
import { formatMoney } from "@/lib/domain/money";
import { dayAfter, readPeriod } from "@/lib/domain/periods";
import { refund } from "@/lib/services/payments/refund";
import { keepDays } from "@/lib/services/reports";
import { getToday } from "./calendar";
import { getFigures, listTopProducts } from "./figures";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function expected(currency: string, ownerId: string | null) {
  const of = ownerId ? sql`AND l.owner_id = ${ownerId}` : sql``;
  const [row] = await db.execute<{ sales: number }>(sql`
    SELECT (SELECT sum(l.total - l.tax) FROM order_lines l JOIN orders o ON o.id = l.order_id
        WHERE o.captured > 0 AND o.currency = ${currency} ${of})::float8
      - COALESCE((SELECT sum(f.amount - f.tax) FROM refund_lines f JOIN refunds r ON r.id = f.refund_id
        JOIN order_lines l ON l.id = f.order_line_id JOIN orders o ON o.id = l.order_id
        WHERE r.status <> 'failed' AND o.currency = ${currency} ${of}), 0)::float8 AS sales`);
  return row?.sales;
}

it.each([
  ["JPY", 2_341, 333, /^¥[\d,]+$/],
  ["KWD", 2_349, 1_010, /^KWD\s\d+\.\d{3}$/],
] as const)(
  "%s: to the last unit, on the spot and kept, and of this currency alone",
  async (currency, price, back, text) => {
    await db.execute(sql`UPDATE settings SET currency = ${currency}`);
    const order = await deliveredOrder(
      gateway,
      world.admin,
      guest(),
      [{ variantId: await shelf(world, 9, price), quantity: 3 }],
      { method: "cash_on_delivery", email: `${currency}@example.com` },
    );
    await refund(world.admin, { orderId: order.orderId, amount: back, reason: "A scratch" });
    await runJobs();
    const check = async () => {
      const period = readPeriod({}, (await getToday()).today);
      for (const [who, ownerId] of [
        ["admin", null],
        ["line", world.id.lineShop],
      ] as const) {
        const { now, slots } = await getFigures(world[who], period);
        expect(now.sales, who).toBe(await expected(currency, ownerId));
        expect(now.orders, who).toBe(1);
        expect(slots.reduce((sum, { sales }) => sum + sales, 0)).toBe(now.sales);
        const top = await listTopProducts(world[who], period, 50);
        expect(top.reduce((sum, { sales }) => sum + sales, 0)).toBe(now.sales);
        expect(formatMoney(now.sales, currency)).toMatch(text);
      }
    };
    // Read on the spot, also what was sold in the other currency before.
    const forget = async () => {
      await db.execute(sql`DELETE FROM sales_days`);
      await db.execute(sql`DELETE FROM product_days`);
    };
    await forget();
    await check();
    await db.transaction(async (tx) => {
      await tx.execute(sql`SET LOCAL session_replication_role = replica`);
      await tx.execute(sql`SELECT create_month_partitions(4, 1)`);
      for (const table of ["ledger_transactions", "ledger_entries", "stock_movements"])
        await tx.execute(
          sql`UPDATE ${sql.identifier(table)} SET created_at = created_at - interval '2 days' WHERE created_at > shop_now() - interval '1 day'`,
        );
    });
    await forget();
    expect(await keepDays(world.system)).toBeGreaterThan(0);
    const yesterday = dayAfter((await getToday()).today, -1);
    expect((await db.execute(sql`SELECT FROM sales_days WHERE day <= ${yesterday}`)).length).toBeGreaterThan(
      0,
    );
    await check();
  },
);
