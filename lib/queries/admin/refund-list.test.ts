import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { readRefundList, readRefundQuery, refundQueryOf, refundsHref } from "@/lib/domain/refund-list";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { collectCash } from "@/lib/services/payments/capture";
import { recordPaidBack, refund } from "@/lib/services/payments/refund";
import { refundAgain } from "@/lib/services/payments/refund-again";
import { getDesk } from "./home";
import { listAllRefunds, readRefunds } from "./refund-list";

let world: Cast;
/** A mug of Line's and a tote of Ring's, and a tote alone; their refunds in the order in which they were asked for. */
const numbers: string[] = [];
const refunds: { id: string; amount: number }[] = [];

beforeAll(async () => {
  world = await cast();
  const [mug, tote] = [await variantId("MUG"), await variantId("TOTE")];
  for (const [name, goods] of [
    ["Ada", [mug, tote]],
    ["Grace", [tote]],
  ] as const) {
    const placed = await order(
      guest(),
      goods.map((id) => ({ variantId: id, quantity: 1 })),
      {
        method: "cash_on_delivery",
        email: `${name}@example.com`.toLowerCase(),
        address: { ...BERLIN, name },
      },
    );
    numbers.push(placed.number);
    const { orderId } = placed;
    const parts = await sql<{ id: string }[]>`select id from fulfilments where order_id = ${orderId}`;
    for (const { id: fulfilmentId } of parts)
      await deliver(world.admin, {
        orderId,
        ...(await ship(world.admin, orderId, { carrier: "DHL", fulfilmentId })),
      });
    await collectCash(world.system, orderId);
    const lines = await sql<
      { id: string }[]
    >`select id from order_lines where order_id = ${orderId} order by sku desc`;
    for (const [i, { id }] of lines.entries()) {
      const wish = { orderId, lines: [{ orderLineId: id, quantity: 1 }], reason: `Chipped, ${name}` };
      const { refundId, amount } = await refund(world.admin, { ...wish, shipping: i === 0 ? 90 : 0 });
      refunds.push({ id: refundId, amount });
    }
  }
});

const found = async (staff: Staff, query: Record<string, string> = {}) => {
  const { rows } = await listAllRefunds(staff, { ...readRefundList(query), pageSize: 50 });
  return rows.map(({ id }) => refunds.findIndex((one) => one.id === id) + 1);
};

it("lists refunds newest first, found by their order, cut down by day and seller, sorted by sum", async () => {
  const { admin, ring } = world;
  expect(refunds).toHaveLength(3);
  expect(await found(admin)).toEqual([3, 2, 1]);
  expect(await found(admin, { dir: "asc" })).toEqual([1, 2, 3]);
  expect(await found(admin, { q: numbers[1] ?? "" })).toEqual([3]);
  expect(await found(admin, { q: "ada@" })).toEqual([2, 1]);
  expect(await found(admin, { q: "nobody" })).toEqual([]);
  expect(await found(admin, { owner: ring.ownerId })).toHaveLength(2);
  const [day] = await sql<{ day: string }[]>`
    select (shop_now() at time zone (select time_zone from settings))::date::text as day`;
  expect(await found(admin, { from: day?.day ?? "", to: day?.day ?? "" })).toEqual([3, 2, 1]);
  expect(await found(admin, { to: "2020-01-01" })).toEqual([]);
  expect(await found(admin, { to: "2021-02-29", owner: "me" })).toHaveLength(3);
  // Both totes went with a part of their shipping, and are alike: the newest first.
  const [one, mug, other] = refunds.map(({ amount }) => amount);
  expect(one).toBe(other);
  const isDearer = (mug ?? 0) > (one ?? 0);
  expect(await found(admin, { sort: "amount" })).toEqual(isDearer ? [2, 3, 1] : [3, 1, 2]);
  expect(await found(admin, { sort: "amount", dir: "asc" })).toEqual(isDearer ? [3, 1, 2] : [2, 3, 1]);
});

it("shows an owner what was given back for their goods, and nothing of the shop's business", async () => {
  const { admin, line, ring } = world;
  const all = { ...readRefundList({}), pageSize: 50 };
  const of = async (staff: Staff) => (await listAllRefunds(staff, all)).rows;
  const [ofLine, ofRing] = [await of(line), await of(ring)];
  expect([ofLine.length, ofRing.length]).toEqual([1, 2]);
  const shown = new Set([...ofLine, ...ofRing].map(({ id }) => id));
  expect(shown.size).toBe(3);
  const whole = await of(admin);
  for (const row of [...ofLine, ...ofRing]) {
    const asked = whole.find(({ id }) => id === row.id);
    expect(row).toMatchObject({
      email: null,
      sellers: null,
      by: null,
      failure: null,
      byHand: false,
      canTryAgain: false,
    });
    expect(asked).toMatchObject({
      byHand: true,
      email: expect.stringContaining("@"),
      currency: row.currency,
    });
    // The shipping is none of theirs.
    const { shipping } = (
      await sql<{ shipping: number }[]>`select shipping::int from refunds where id = ${row.id}`
    )[0] ?? { shipping: 0 };
    expect(row.amount).toBe((asked?.amount ?? 0) - shipping);
  }
  // A foreign seller's list is no choice of theirs.
  expect(await found(line, { owner: ring.ownerId })).toEqual(await found(line));
  expect((await listAllRefunds(line, all)).counts).toMatchObject({ all: "1", reserved: "1", "to-do": "0" });
  expect((await getDesk(line)).refunds).toBe(0);
});

it("holds what waits for a person until somebody saw to it", async () => {
  const { admin } = world;
  const [first, second, third] = refunds.map(({ id }) => id);
  const waiting = async () => {
    const { counts } = await listAllRefunds(admin, { ...readRefundList({}), pageSize: 50 });
    expect(counts["to-do"]).toBe(String((await getDesk(admin)).refunds));
    return found(admin, { view: "to-do" });
  };
  expect(await waiting()).toEqual([3, 2, 1]);
  await recordPaidBack(admin, { refundId: first ?? "" });
  expect(await waiting()).toEqual([3, 2]);
  expect(await found(admin, { view: "succeeded" })).toEqual([1]);
  await recordPaidBack(admin, { refundId: second ?? "", isDone: false });
  expect(await waiting()).toEqual([3, 2]);
  const [failed] = (await listAllRefunds(admin, { ...readRefundList({ view: "failed" }), pageSize: 50 }))
    .rows;
  expect(failed).toMatchObject({ id: second, canTryAgain: true, byHand: false, failure: "by_hand" });
  await refundAgain(admin, { refundId: second ?? "" });
  // The new one waits instead.
  expect(await waiting()).toEqual([0, 3]);
  // What was given back otherwise leaves nothing to try again.
  await recordPaidBack(admin, { refundId: third ?? "", isDone: false });
  expect(await waiting()).toEqual([0, 3]);
  const [{ orderId, left } = { orderId: "", left: 0 }] = await sql<{ orderId: string; left: number }[]>`
    select p.order_id as "orderId", (p.amount - p.refunded)::int as left from payments p
    where p.id = (select payment_id from refunds where id = ${third ?? ""})`;
  await refund(admin, { orderId, amount: left, reason: "All of it" });
  expect((await waiting()).filter((n) => n === 3)).toEqual([]);
});

it("reads on after a refund, as the export does, and a list keeps its address", async () => {
  const all = await readRefunds(world.admin, readRefundList({}), { page: 1, pageSize: 50 });
  const pieces = [];
  for (let after = ""; ; ) {
    const query = { search: "", view: "all", sort: "when", ...(after && { after }) } as const;
    const rows = await readRefunds(world.admin, query, { page: 1, pageSize: 2 });
    pieces.push(...rows.map(({ id }) => id));
    if (rows.length < 2) break;
    after = rows.at(-1)?.id ?? "";
  }
  expect(pieces).toEqual(all.map(({ id }) => id));
  const query = "from=2026-01-02&q=Ada&view=failed&sort=amount&dir=asc&page=2";
  expect(refundQueryOf(readRefundQuery(query))).toBe(query);
  expect(refundsHref(query, "retried")).toBe(`/admin/refunds?${query}&done=retried`);
  expect(refundsHref("view=lost&x=//evil", "retried")).toBe("/admin/refunds?done=retried");
});
