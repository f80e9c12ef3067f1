import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { orderViews } from "@/lib/domain/back-office";
import { readOrderList } from "@/lib/domain/order-list";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { collectCash } from "@/lib/services/payments/capture";
import { recordPaidBack, refund } from "@/lib/services/payments/refund";
import { fillOwnerOrders } from "@/lib/services/reports";
import { getNeighbours, listOrders } from "./orders";
import { getRefundable, listRefunds } from "./refunds";

let world: Cast;
const numbers: string[] = [];
const ids: string[] = [];

beforeAll(async () => {
  world = await cast();
  const [mug, tote] = [await variantId("MUG"), await variantId("TOTE")];
  const buy = async (variants: string[], name: string, email: string, quantity = 1) => {
    const placed = await order(
      guest(),
      variants.map((id) => ({ variantId: id, quantity })),
      { method: "cash_on_delivery", email, address: { ...BERLIN, name } },
    );
    numbers.push(placed.number);
    ids.push(placed.orderId);
  };
  await buy([mug, tote], "Ada", "one@example.com");
  await buy([tote], "Grace", "two@example.com", 2);
  await buy([mug], "Grace", "three@example.com");
  await buy([mug], "Joan", "four@example.com");
  await cancelOrder(world.admin, ids[3] ?? "", { note: "Too late" });
});

const found = async (staff: Cast["admin"] | Cast["line"], query: Record<string, string>) => {
  const { rows } = await listOrders(staff, { ...readOrderList(query), pageSize: 50 });
  return rows.map(({ number }) => numbers.indexOf(number) + 1);
};

it("finds orders by number, name, SKU and, for admins, e-mail, whatever the letters' case", async () => {
  const { admin, line, ring } = world;
  expect(await found(admin, {})).toEqual([4, 3, 2, 1]);
  expect(await found(admin, { q: numbers[1]?.toLowerCase() ?? "" })).toEqual([2]);
  // Its beginning, with all letters before the dash, the last of them, and others.
  const [, prefix = "", rest = ""] = /^([A-Z]+)-(.+)$/.exec(numbers[1] ?? "") ?? [];
  for (const q of [`${prefix}-${rest.slice(0, 5)}`, `${prefix.slice(-1)}-${rest}`, rest.slice(2)])
    expect(await found(admin, { q }), q).toEqual([2]);
  for (const q of [`Q${prefix}-${rest}`, `${prefix}-${rest}2`, `QQ-${rest.slice(0, 5)}`])
    expect(await found(admin, { q }), q).toEqual([]);
  expect(await found(admin, { q: "grace" })).toEqual([3, 2]);
  expect(await found(admin, { q: "tote" })).toEqual([2, 1]);
  expect(await found(admin, { q: "TWO@" })).toEqual([2]);
  expect(await found(ring, { q: "two@" })).toEqual([]);
  // The tote in the first order is none of line's.
  expect(await found(line, { q: "tote" })).toEqual([]);
  for (const q of ["%", "___", "\\"]) expect(await found(admin, { q }), q).toEqual([]);
  // Two letters are looked for where a word begins; a phone number whatever stands between its digits.
  expect(await found(admin, { q: "gr" })).toEqual([3, 2]);
  expect(await found(admin, { q: "ra" })).toEqual([]);
  await sql`update order_addresses set replaced_at = shop_now() where order_id = ${ids[0] ?? ""} and kind = 'shipping'`;
  await sql`insert into order_addresses (id, order_id, kind, name, line1, city, postal_code, country, phone)
    values (gen_random_uuid(), ${ids[0] ?? ""}, 'shipping', 'Ada', 'Torstraße 1', 'Berlin', '10119', 'DE', '+49 (30) 1234-567')`;
  expect(await found(admin, { q: "030 123 45 67" })).toEqual([1]);
  expect(await found(line, { q: "030 123 45 67" })).toEqual([]);
});

it("finds what most orders have along the list, and says that it did not count to the end", async () => {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into orders select one.* from orders o, generate_series(1, 10001) n,
      lateral jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(),
      'number', 'BULK-' || lpad(n::text, 6, '0'), 'email', 'bulk@example.com', 'checkout_id', null,
      'placed_at', o.placed_at - interval '2 years' - n * interval '1 second')) one
      where o.number = ${numbers[0] ?? ""}`;
  });
  const { rows, counts, pages } = await listOrders(world.admin, {
    ...readOrderList({ q: "bulk@" }),
    page: 2,
    pageSize: 3,
  });
  expect(rows.map(({ number }) => number)).toEqual(["BULK-000004", "BULK-000005", "BULK-000006"]);
  expect([counts.all, pages]).toEqual(["10,000+", 3_334]);
  const { counts: all } = await listOrders(world.admin, { ...readOrderList({}), pageSize: 3 });
  expect([all.all, all.unpaid]).toEqual(["10,000+", "0"]);
  const cut = await listOrders(world.admin, { ...readOrderList({ payment: "on-delivery" }), pageSize: 3 });
  expect(cut.counts.all).toBe("10,000+");
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`delete from orders where number like 'BULK-%'`;
  });
});

it("cuts the list down by status, payment, date, country and seller", async () => {
  const { admin, line } = world;
  const today = (
    await sql`select (shop_now() at time zone (select time_zone from settings))::date::text as day`
  )[0]?.day;
  expect(await found(admin, { status: "cancelled" })).toEqual([4]);
  expect(await found(admin, { payment: "on-delivery" })).toEqual([3, 2, 1]);
  expect(await found(admin, { payment: "unpaid" })).toEqual([]);
  expect(await found(admin, { from: today, to: today })).toEqual([4, 3, 2, 1]);
  expect(await found(admin, { to: "2020-02-29" })).toEqual([]);
  // No date at all: the filter is dropped, not the page.
  expect(
    await found(admin, { to: "2021-02-29", from: "x", country: "de", owner: "me", status: "lost" }),
  ).toHaveLength(4);
  expect(await found(admin, { country: "DE" })).toHaveLength(4);
  expect(await found(admin, { country: "FR" })).toEqual([]);
  expect(await found(admin, { owner: world.ring.ownerId })).toEqual([2, 1]);
  // Whose goods they are is no choice of an owner's.
  expect(await found(line, { owner: world.ring.ownerId })).toEqual([4, 3, 1]);
  expect(await found(admin, { sort: "total", dir: "asc" })).toHaveLength(4);
  expect(await found(line, { country: "DE" })).toEqual([4, 3, 1]);
  expect(await found(line, { country: "FR" })).toEqual([]);
  expect(await found(line, { status: "cancelled", from: today })).toEqual([4]);
  expect(await found(admin, { owner: world.ring.ownerId, country: "DE", to: today })).toEqual([2, 1]);
});

it("pages, counts each view, and knows an order's neighbours in that very list", async () => {
  const list = readOrderList({ view: "to-ship" });
  const { counts, pages, rows } = await listOrders(world.admin, { ...list, page: 2, pageSize: 2 });
  expect(counts).toEqual({
    all: "4",
    "to-ship": "3",
    unpaid: "0",
    shipped: "0",
    delivered: "0",
    cancelled: "1",
  });
  expect([pages, rows.map(({ number }) => number)]).toEqual([2, [numbers[0]]]);
  const beside = async (staff: Cast["admin"] | Cast["line"], at: number, query: Record<string, string>) => {
    const { before, after } = await getNeighbours(staff, ids[at - 1] ?? "", readOrderList(query));
    return [before, after].map((number) => number && numbers.indexOf(number) + 1);
  };
  expect(await beside(world.admin, 2, {})).toEqual([3, 1]);
  expect(await beside(world.admin, 3, { view: "to-ship" })).toEqual([null, 2]);
  expect(await beside(world.admin, 2, { dir: "asc" })).toEqual([1, 3]);
  expect(await beside(world.line, 3, {})).toEqual([4, 1]);
  for (const dir of ["asc", "desc"])
    for (const [staff, owner, many] of [
      [world.admin, "", 4],
      [world.admin, world.line.ownerId, 3],
      [world.ring, "", 2],
    ] as const) {
      const byTotal = readOrderList({ sort: "total", dir, owner });
      const { rows: all } = await listOrders(staff, { ...byTotal, pageSize: 50 });
      const totals = all.map(({ total }) => (dir === "asc" ? total : -total));
      expect([all.length, totals]).toEqual([many, totals.toSorted((a, b) => a - b)]);
      for (const [i, row] of all.entries())
        expect(await getNeighbours(staff, row.id, byTotal)).toEqual({
          before: all[i - 1]?.number ?? null,
          after: all[i + 1]?.number ?? null,
        });
    }
});

it("tells an admin what may still be refunded, piece by piece, and an owner nothing", async () => {
  const orderId = ids[1] ?? "";
  expect(await getRefundable(world.admin, orderId)).toBeNull();
  await deliver(world.ring, { orderId, ...(await ship(world.ring, orderId, { carrier: "DHL" })) });
  await collectCash(world.system, orderId);
  const before = await getRefundable(world.admin, orderId);
  const [line] = before?.lines ?? [];
  expect(before).toMatchObject({ shipping: 490, disputed: 0, lines: [{ pieces: 2 }] });
  expect(before?.left).toBe((line?.left ?? 0) + 490);
  expect(await getRefundable(world.ring, orderId)).toBeNull();
  const wish = {
    orderId,
    lines: [{ orderLineId: line?.id ?? "", quantity: 1 }],
    shipping: 90,
    reason: "Chipped",
  };
  const { amount } = await refund(world.admin, wish);
  const after = await getRefundable(world.admin, orderId);
  expect(after).toMatchObject({ shipping: 400, lines: [{ pieces: 1 }] });
  expect(after?.left).toBe((before?.left ?? 0) - amount);
  const [one] = await listRefunds(world.admin, orderId);
  expect(one).toMatchObject({
    amount,
    shipping: 90,
    byHand: true,
    canTryAgain: false,
    pieces: [{ quantity: 1 }],
  });
  expect(await listRefunds(world.ring, orderId)).toEqual([]);
  await recordPaidBack(world.admin, { refundId: one?.id ?? "", isDone: false });
  expect((await listRefunds(world.admin, orderId))[0]).toMatchObject({ byHand: false, canTryAgain: true });
  expect((await getRefundable(world.admin, orderId))?.left).toBe(before?.left);
});

it("writes down whose orders there were before as those of later, and shows what has just left the list between its neighbours", async () => {
  const kept = () =>
    sql`select owner_id, order_id, placed_at::text, status, part, country, total::int from owner_orders order by 1, 2`;
  const before = [...(await kept())];
  expect(before).toHaveLength(5);
  await sql`delete from owner_orders where order_id <> ${ids[1] ?? ""}`;
  expect(await found(world.line, {})).toEqual([]);
  await fillOwnerOrders(world.system);
  expect([...(await kept())]).toEqual(before);
  const cancelled = readOrderList({ status: "cancelled", owner: world.line.ownerId });
  expect(await getNeighbours(world.admin, ids[0] ?? "", cancelled)).toEqual({
    before: numbers[3],
    after: null,
  });
});

it("counts an owner's views as it lists them, and finds what of their goods was refunded", async () => {
  const { line, ring } = world;
  const give = (amount: string) =>
    sql`update order_lines set refunded_amount = ${sql.unsafe(amount)} where order_id = ${ids[1] ?? ""}`;
  await give("1");
  expect(await found(ring, { payment: "part-refunded" })).toEqual([2]);
  expect(await found(ring, { payment: "refunded" })).toEqual([]);
  expect(await found(ring, { payment: "paid" })).toEqual([]);
  expect(await found(line, { payment: "part-refunded" })).toEqual([]);
  await give("total");
  expect(await found(ring, { payment: "part-refunded" })).toEqual([]);
  expect(await found(ring, { payment: "refunded" })).toEqual([2]);
  for (const owner of [line, ring])
    for (const view of orderViews) {
      const { counts, rows } = await listOrders(owner, { ...readOrderList({ view }), pageSize: 50 });
      expect([view, counts[view]]).toEqual([view, String(rows.length)]);
    }
});
