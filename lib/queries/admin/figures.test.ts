import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { ago, runJobs } from "@/db/testing/orders";
import { dayAfter, readPeriod } from "@/lib/domain/periods";
import { refund } from "@/lib/services/payments/refund";
import { keepDays } from "@/lib/services/reports";
import { getToday } from "./calendar";
import { getConversion, getFigures, listTopProducts } from "./figures";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const today = async () => (await getToday()).today;
const month = async (of: "line" | "ring" | "admin" = "admin") =>
  getFigures(world[of], readPeriod({}, await today()));

/** From orders, lines and refunds alone, without the ledger: what the figures must be. */
async function expected(ownerId: string | null) {
  const of = ownerId ? sql`l.owner_id = ${ownerId}` : sql`true`;
  const [row] = await db.execute<Record<string, number>>(sql`
    SELECT (SELECT sum(l.total - l.tax) FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.captured > 0 AND ${of})::float8
        - COALESCE((SELECT sum(f.amount - f.tax) FROM refund_lines f JOIN refunds r ON r.id = f.refund_id
          JOIN order_lines l ON l.id = f.order_line_id WHERE r.status <> 'failed' AND ${of}), 0)::float8 AS sales,
      (SELECT count(DISTINCT o.id) FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.captured > 0 AND ${of})::int AS orders,
      (SELECT sum(l.quantity) FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.captured > 0 AND ${of})::int AS units`);
  return row;
}

it("is what orders and refunds say, to the cent, on the spot and from the days that were kept", async () => {
  const email = "grace@example.com";
  const tote = world.tote.variantIds[0] ?? "";
  const both = [
    { variantId: await shelf(world, 9, 3_333), quantity: 2 },
    { variantId: tote, quantity: 1 },
  ];
  await deliveredOrder(gateway, world.admin, guest(), both, { email });
  const second = await deliveredOrder(gateway, world.admin, guest(), [{ variantId: tote, quantity: 3 }], {
    email,
  });
  const cash = { email: "cash@example.com", method: "cash_on_delivery" as const };
  await deliveredOrder(
    gateway,
    world.admin,
    guest(),
    [{ variantId: await shelf(world, 5, 999), quantity: 1 }],
    cash,
  );
  // In part by amount, and a line whole: each with its own tax.
  await refund(world.admin, { orderId: second.orderId, amount: 777, reason: "A scratch" });
  // Begun and left behind: a cart, no sale.
  await order(guest(), [{ variantId: tote, quantity: 1 }], { email: "never@example.com" });
  await runJobs();
  const check = async () => {
    for (const [who, ownerId] of [
      ["admin", null],
      ["line", world.id.lineShop],
      ["ring", world.id.ringShop],
    ] as const) {
      const { now, slots } = await month(who);
      expect(now, who).toMatchObject((await expected(ownerId)) ?? {});
      expect(
        slots.reduce((sum, { sales }) => sum + sales, 0),
        who,
      ).toBe(now.sales);
      const top = await listTopProducts(world[who], readPeriod({}, await today()), 50);
      expect(
        top.reduce((sum, { sales }) => sum + sales, 0),
        who,
      ).toBe(now.sales);
      expect(
        top.reduce((sum, { units }) => sum + units, 0),
        who,
      ).toBe(now.units);
    }
    // The second order of the same address, and to ring as well: both held a tote.
    expect((await month()).now.repeats).toBe(1);
    expect((await month("ring")).now.repeats).toBe(1);
    expect((await month("line")).now.repeats).toBe(0);
  };
  await check();
  const { carts, ordered } = await getConversion(readPeriod({}, await today()));
  expect([carts, ordered]).toEqual([4, 4]);

  // The same, a week later, of which all days are kept but today; sold again today: both parts add up.
  await ago(7);
  const live = await month();
  expect(live.now.sales).toBeGreaterThan(0);
  expect(await keepDays(world.system)).toBe(7);
  expect(await keepDays(world.system)).toBe(0);
  expect(await month()).toEqual(live);
  await check();
  await deliveredOrder(gateway, world.admin, guest(), [
    { variantId: await shelf(world, 5, 5_000), quantity: 1 },
  ]);
  await check();
  const day = dayAfter(await today(), -7);
  expect((await getFigures(world.admin, readPeriod({ from: day, to: day }, await today()))).now).toEqual(
    live.now,
  );
  const since = readPeriod({ period: "7" }, await today());
  expect((await getFigures(world.admin, since)).before.sales).toBe(live.now.sales);

  // Another zone has other days: what was kept of the old ones counts no more, and is replaced.
  await db.execute(sql`UPDATE settings SET time_zone = 'Pacific/Auckland'`);
  await check();
  expect(await keepDays(world.system)).toBeGreaterThan(0);
  await check();
  const zones = await db.execute(sql`SELECT DISTINCT time_zone FROM sales_days`);
  expect([...zones]).toEqual([{ time_zone: "Pacific/Auckland" }]);
});
