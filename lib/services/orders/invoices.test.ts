import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { invoices } from "@/db/schema/invoices";
import { orders } from "@/db/schema/orders";
import { paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs } from "@/db/testing/orders";
import type { Shopper } from "@/lib/domain/actors";
import { taxRows } from "@/lib/domain/invoices";
import { getInvoice } from "@/lib/queries/invoices";
import { getOrder } from "@/lib/queries/orders";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { refund } from "@/lib/services/payments/refund";
import { issueInvoices, sweepInvoices } from "./invoices";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const papersOf = (orderId: string) =>
  db.select().from(invoices).where(eq(invoices.orderId, orderId)).orderBy(invoices.kind, invoices.seq);

async function documentOf(shopper: Shopper, orderNumber: string, number?: string) {
  const seen = await getOrder(shopper, orderNumber);
  return seen && (await getInvoice(seen, number));
}

const settle = async () => {
  await runJobs();
  await gateway.settled();
  await runJobs();
};

it("is issued when the order is confirmed, once, and states the order's figures", async () => {
  const shopper = guest();
  const wishes = [
    { variantId: await shelf(world, 9, 4_999), quantity: 3 },
    { variantId: world.tote.variantIds[0] ?? "", quantity: 1 },
  ];
  const pending = await order(shopper, wishes);
  expect(await issueInvoices(world.system, pending.orderId)).toEqual([]);
  expect(await documentOf(shopper, pending.number)).toBeNull();
  await gateway.pay(shopper, pending.orderId);
  await settle();
  const [paper, ...more] = await papersOf(pending.orderId);
  expect(more).toEqual([]);
  expect(paper).toMatchObject({
    kind: "invoice",
    number: expect.stringMatching(/^INV-\d{6}$/),
    amount: pending.total,
  });
  expect(await issueInvoices(world.system, pending.orderId)).toEqual([]);
  const found = await documentOf(shopper, pending.number);
  if (!found) throw new Error("no document");
  const [row] = await db.select().from(orders).where(eq(orders.id, pending.orderId));
  expect(found).toMatchObject({ number: paper?.number, total: row?.total, tax: row?.tax });
  const inRates = taxRows(found).reduce((sum, { net, tax }) => sum + net + tax, 0);
  expect(inRates).toBe(row?.total);
  expect(found.lines.reduce((sum, line) => sum + line.total, 0) + (found.shipping?.total ?? 0)).toBe(
    row?.total,
  );
  // Others do not even learn that there is one.
  expect(await documentOf(guest(), pending.number)).toBeNull();
  expect(await documentOf(world.ben, pending.number)).toBeNull();
  // Nor does another order's number open it.
  const other = await paidOrder(gateway, shopper, [{ variantId: await shelf(world, 3), quantity: 1 }]);
  expect(await documentOf(shopper, other.number, paper?.number)).toBeNull();
});

it("credits what was refunded: by piece, as an amount, and the rest with its shipping", async () => {
  const shopper = guest();
  const { orderId, number, total, lines } = await paidOrder(gateway, shopper, [
    { variantId: await shelf(world, 9, 3_333), quantity: 3 },
  ]);
  await settle();
  const orderLineId = lines[0]?.id ?? "";
  await refund(world.admin, { orderId, lines: [{ orderLineId, quantity: 1 }], reason: "Scratched" });
  await settle();
  await refund(world.admin, { orderId, amount: 1_000, reason: "Late" });
  await settle();
  await refund(world.admin, {
    orderId,
    lines: [{ orderLineId, quantity: 2 }],
    shipping: "all",
    reason: "All",
  });
  await settle();
  const [invoice, ...notes] = await papersOf(orderId);
  expect(notes.map(({ kind, amount }) => [kind, amount]).slice(0, 2)).toEqual([
    ["credit_note", 3_333],
    ["credit_note", 1_000],
  ]);
  expect(notes.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
  expect(notes.reduce((sum, { tax }) => sum + tax, 0)).toBe(invoice?.tax);
  for (const note of notes) {
    const found = await documentOf(shopper, number, note.number);
    if (!found) throw new Error("no document");
    expect(found).toMatchObject({ ofInvoice: invoice?.number, total: note.amount });
    expect(taxRows(found).reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(note.amount);
    expect(taxRows(found).reduce((sum, { tax }) => sum + tax, 0)).toBe(note.tax);
  }
});

it("takes back an order in cash that ended before anybody paid", async () => {
  const shopper = guest();
  const { orderId, total } = await order(shopper, [{ variantId: await shelf(world, 3), quantity: 1 }], {
    method: "cash_on_delivery",
  });
  await runJobs();
  await cancelOrder(shopper, orderId);
  await runJobs();
  expect((await papersOf(orderId)).map(({ kind, amount }) => [kind, amount])).toEqual([
    ["invoice", total],
    ["credit_note", total],
  ]);
});

it("numbers in one unbroken row, however many are issued at once, and what was missed is made up for", async () => {
  const made = [];
  for (let i = 0; i < 6; i += 1)
    made.push(
      await order(guest(), [{ variantId: await shelf(world, 3), quantity: 1 }], {
        method: "cash_on_delivery",
      }),
    );
  const [last, ...rest] = made;
  await Promise.all(rest.flatMap(({ orderId }) => [0, 1].map(() => issueInvoices(world.system, orderId))));
  expect(await papersOf(last?.orderId ?? "")).toEqual([]);
  expect(await sweepInvoices(world.system)).toBeGreaterThan(0);
  expect(await papersOf(last?.orderId ?? "")).toHaveLength(1);
  for (const kind of ["invoice", "credit_note"]) {
    const [row] = await db.execute<{ many: number; last: number }>(
      sql`SELECT count(*)::int AS many, COALESCE(max(seq), 0) AS last FROM invoices WHERE kind = ${kind}`,
    );
    expect([kind, row?.many]).toEqual([kind, row?.last]);
  }
});
