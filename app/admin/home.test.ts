/** The home of the back office as it is drawn: figures and chart against SQL, and cards against the lists they open. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { deliveredOrder, paidOrder } from "@/db/testing/delivered";
import { comeAs, type Page, pageOf, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { ago, runJobs } from "@/db/testing/orders";
import { reviewInput } from "@/lib/domain/reviews";
import { enqueue } from "@/lib/queue";
import * as cart from "@/lib/services/cart";
import { refund } from "@/lib/services/payments/refund";
import { requestReturn } from "@/lib/services/returns/request";
import { write } from "@/lib/services/reviews/write";
import AdminJobs from "./jobs/page";
import AdminMail from "./mail/page";
import AdminOrders from "./orders/page";
import AdminHome from "./page";
import AdminRefunds from "./refunds/page";
import AdminReturns from "./returns/page";
import AdminReviews from "./reviews/page";
import AdminStock from "./stock/page";
import AdminWebhooks from "./webhooks/page";

const LISTS: Record<string, Page> = {
  jobs: AdminJobs,
  mail: AdminMail,
  orders: AdminOrders,
  refunds: AdminRefunds,
  returns: AdminReturns,
  reviews: AdminReviews,
  stock: AdminStock,
  webhooks: AdminWebhooks,
};

let world: Cast;
let gateway: TestGateway;
let mug = "";
let tote = "";

beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  mug = world.mug.variantIds[0] ?? "";
  tote = world.tote.variantIds[0] ?? "";
  await db.execute(sql`UPDATE settings SET time_zone = 'UTC'`);
  const grace = { email: "grace@example.com" };
  const sold = (wishes: [string, number][], how: Parameters<typeof deliveredOrder>[4] = grace) =>
    deliveredOrder(
      gateway,
      world.admin,
      guest(),
      wishes.map(([variantId, quantity]) => ({ variantId, quantity })),
      how,
    );
  await sold([[await shelf(world, 9, 3_333), 2]]);
  // Begun forty days ago and left behind.
  await cart.add(guest(), { variantId: tote, quantity: 1 });
  await ago(40);

  const kept = await sold([
    [tote, 3],
    [mug, 1],
  ]);
  await refund(world.admin, { orderId: kept.orderId, amount: 777, reason: "A scratch" });
  const cash = await sold([[await shelf(world, 5, 999), 2]], { ...grace, method: "cash_on_delivery" });
  await refund(world.admin, { orderId: cash.orderId, amount: 100, reason: "Scuffed" });
  await paidOrder(gateway, guest(), [{ variantId: mug, quantity: 1 }], { email: "new@example.com" });
  await paidOrder(gateway, guest(), [{ variantId: tote, quantity: 2 }], { email: "newer@example.com" });
  await order(guest(), [{ variantId: tote, quantity: 1 }], { email: "waits@example.com" });
  await cart.add(guest(), { variantId: tote, quantity: 1 });
  await cart.add(guest(), { variantId: mug, quantity: 1 });
  const [line] = kept.lines;
  await requestReturn(guest(kept.orderId), {
    orderId: kept.orderId,
    lines: [{ orderLineId: line?.id ?? "", quantity: 1, reason: "damaged" }],
    note: "",
  });
  for (const [who, productId] of [
    [world.ada, world.tote.id],
    [world.ben, world.tote.id],
    [world.ben, world.mug.id],
  ] as const)
    await write(
      who,
      reviewInput.parse({ productId, rating: "4", title: "Good", comment: "Heavy and quiet." }),
    );
  await runJobs();
  // Just at its mark: four of ten are left.
  await db.execute(sql`UPDATE inventory SET low_stock_threshold = 4 WHERE variant_id = ${tote}`);
  await db.execute(sql`INSERT INTO webhook_events (id, provider_event_id, type, payload, error, created_at)
    SELECT gen_random_uuid(), 'evt_' || i, 'charge.failed', '{}', 'It broke', shop_now() FROM generate_series(1, 2) i`);
  await db.execute(
    sql`UPDATE mail SET status = 'failed' WHERE template = 'owner_new_order' AND to_email = 'ring@example.com'`,
  );
  for (const note of ["a", "b", "c", "d"])
    await enqueue(db, "queue.ping", { note }, { key: note, runAt: new Date(Date.now() + 3_600_000) });
  await db.execute(
    sql`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key IN ('a', 'b', 'c')`,
  );
});
afterAll(() => gateway.close());

const eur = (cents: number) => `€${(cents / 100).toLocaleString("en", { minimumFractionDigits: 2 })}`;
const after = (words: string, label: string, lines: number) => {
  const all = words.split("\n");
  const at = all.indexOf(label);
  return all.slice(at + 1, at + 1 + lines);
};

/** From orders, lines, refunds and carts alone; `old` is what happened forty days ago. */
async function expected(ownerId: string | null) {
  const of = ownerId ? sql`l.owner_id = ${ownerId}` : sql`true`;
  const rows = await db.execute<Record<string, number>>(sql`
    SELECT sum(x.sales)::float8 AS sales, count(DISTINCT x.id)::int AS orders, sum(x.units)::int AS units FROM (
      SELECT o.id, o.placed_at < shop_now() - interval '30 days' AS old, l.quantity AS units, l.total - l.tax
        - COALESCE((SELECT sum(f.amount - f.tax) FROM refund_lines f WHERE f.order_line_id = l.id), 0) AS sales
      FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.captured > 0 AND ${of}) x
    GROUP BY old ORDER BY old`);
  const [now, before = { sales: 0, orders: 0, units: 0 }] = rows;
  if (!now) throw new Error("nothing was sold");
  return { now, before } as Record<"now" | "before", { sales: number; orders: number; units: number }>;
}

const changed = (now: number, before: number) => {
  const percent = Math.round(((now - before) / before) * 100);
  return `${percent > 0 ? "+" : "−"}${Math.abs(percent)} %`;
};

it("shows an admin the figures that SQL says, each against the period before", async () => {
  await comeAs(world.id.admin);
  const words = wordsOf(await pageOf(AdminHome));
  const { now, before } = await expected(null);
  expect([now.orders, before.orders]).toEqual([4, 1]);
  expect(after(words, "Sales", 2)).toEqual([eur(now.sales), changed(now.sales, before.sales)]);
  expect(after(words, "Paid orders", 2)).toEqual(["4", "+300 %"]);
  const average = Math.round(now.sales / 4);
  expect(after(words, "Average order", 2)).toEqual([eur(average), changed(average, before.sales)]);
  expect(after(words, "Pieces sold", 2)).toEqual(["9", "+350 %"]);
  // Grace came twice more; two others came once.
  expect(after(words, "From returning customers", 2)).toEqual(["50 %", "0 % before"]);
  // Of seven carts with goods five are orders, the unpaid one too; of two before, one.
  expect(after(words, "Carts that became orders", 2)).toEqual(["71 %", "50 % before"]);
  expect(words).toContain("7 carts with goods were begun, 5 of them became orders");
  expect(words).toContain("against the 30 days before");

  const top = await db.execute<{ name: string; units: number; sales: number }>(sql`
    SELECT p.name, sum(l.quantity)::int AS units, sum(l.total - l.tax
      - COALESCE((SELECT sum(f.amount - f.tax) FROM refund_lines f WHERE f.order_line_id = l.id), 0))::float8 AS sales
    FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN variants v ON v.id = l.variant_id
      JOIN products p ON p.id = v.product_id
    WHERE o.captured > 0 AND o.placed_at > shop_now() - interval '30 days' GROUP BY p.id ORDER BY 3 DESC`);
  expect(top).toHaveLength(3);
  for (const { name, units, sales } of top)
    expect(after(words, name, 4)).toEqual([
      String(units),
      "pieces",
      `${Math.round((sales / now.sales) * 100)} %`,
      eur(sales),
    ]);
});

it("draws each day beside the day of the period before, as bars and as a table", async () => {
  await comeAs(world.id.admin);
  const { now, before } = await expected(null);
  const html = await pageOf(AdminHome, { period: "90" });
  const [row] = await db.execute<{ day: string }>(
    sql`SELECT to_char(shop_now() - interval '40 days', 'FMDD Mon') AS day`,
  );
  const table = wordsOf(/<table class="num.*?<\/table>/s.exec(html)?.[0] ?? "").split("\n");
  const at = table.findIndex((word) => word.endsWith(row?.day ?? "?"));
  expect(table.slice(at + 1, at + 3)).toEqual([eur(before.sales), eur(0)]);
  expect(table.slice(-2)).toEqual([eur(now.sales), eur(0)]);

  // In forty days it stands beside the day before them all: the first narrow bar of the period of forty.
  const bars = (of: string) =>
    [...of.matchAll(/<rect [^>]*height="([\d.]+)" class="fill-(ink|control)"/g)].map(([, tall, kind]) => ({
      kind,
      tall: Number(tall),
    }));
  const drawn = bars(html);
  expect(drawn).toHaveLength(180);
  expect(drawn.filter(({ tall }) => tall > 0)).toEqual([
    { kind: "ink", tall: expect.closeTo((before.sales / now.sales) * 100, 3) },
    { kind: "ink", tall: 100 },
  ]);
  const month = bars(await pageOf(AdminHome));
  expect(month.filter(({ tall }) => tall > 0)).toEqual([
    { kind: "control", tall: expect.closeTo((before.sales / now.sales) * 100, 3) },
    { kind: "ink", tall: 100 },
  ]);
  expect(month.findIndex(({ kind, tall }) => kind === "control" && tall > 0)).toBe(2 * 19 + 1);
});

/** The cards: how many there are to do, by what they are called, and where each leads. */
function cardsOf(html: string) {
  const list = /<h2 id="to-do".*?<\/ul>/s.exec(html)?.[0] ?? "";
  return [...list.matchAll(/href="([^"]*)".*?<\/a>/gs)].map(([text, href]) => {
    const [count, label] = wordsOf(`<a ${text}`).split("\n");
    return { count: Number(count), label, href: (href ?? "").replaceAll("&amp;", "&") };
  });
}

it.each([
  [
    "admin",
    {
      "to ship": 2,
      "returns to see to": 1,
      "refunds to see to": 1,
      "running low or sold out": 3,
      "reviews to read": 3,
      "waiting for payment": 1,
      "failed webhooks": 2,
      "mails that failed": 2,
      "jobs given up": 3,
    },
  ],
  [
    "ring",
    {
      "to ship": 1,
      "returns to see to": 1,
      "running low or sold out": 1,
      "reviews to read": 2,
      "waiting for payment": 1,
    },
  ],
  [
    "line",
    {
      "to ship": 1,
      "returns to see to": 0,
      "running low or sold out": 2,
      "reviews to read": 1,
      "waiting for payment": 0,
    },
  ],
] as const)(
  "counts for %s what waits, and each card opens the list of just that many",
  async (who, counts) => {
    await comeAs(world.id[who]);
    const cards = cardsOf(await pageOf(AdminHome));
    expect(Object.fromEntries(cards.map(({ label, count }) => [label, count]))).toEqual(counts);
    for (const { label, count, href } of cards) {
      const { pathname, searchParams } = new URL(href, "http://shop");
      const list = LISTS[pathname.split("/").at(-1) ?? ""];
      if (!list) throw new Error(`no list at ${href}`);
      const html = await pageOf(list, Object.fromEntries(searchParams));
      const rows = /<tbody.*?<\/tbody>/s.exec(html)?.[0].match(/<tr /g) ?? [];
      expect(rows.length, `${label}: ${href}`).toBe(count);
    }
  },
);

it("shows an owner the own goods alone, and no carts", async () => {
  await comeAs(world.id.ring);
  const words = wordsOf(await pageOf(AdminHome));
  const { now } = await expected(world.id.ringShop);
  expect(after(words, "Sales", 2)).toEqual([eur(now.sales), "Nothing before"]);
  expect(after(words, "Paid orders", 1)).toEqual(["2"]);
  expect(after(words, "Average order", 1)).toEqual([eur(Math.round(now.sales / 2))]);
  expect(after(words, "Pieces sold", 1)).toEqual(["5"]);
  expect(after(words, "Tote One", 4).at(-1)).toBe(eur(now.sales));
  for (const none of [
    "Carts that became orders",
    "carts with goods",
    "Mug One",
    "failed webhooks",
    "All goods",
  ])
    expect(words).not.toContain(none);
});
