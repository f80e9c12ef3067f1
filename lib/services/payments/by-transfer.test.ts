import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN } from "@/db/cast-orders";
import { db, sql } from "@/db/client";
import { mail } from "@/db/schema/notifications";
import { orders } from "@/db/schema/orders";
import { settings } from "@/db/schema/settings";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { getStaffOrder } from "@/lib/queries/admin/order";
import { getOrder } from "@/lib/queries/orders";
import { createManual, type ManualOrder } from "@/lib/services/checkout/manual";
import { systemActor } from "@/lib/system";
import { markTransferred } from "./by-transfer";
import { cancelOrder, expire } from "./cancel";
import { open } from "./open";
import { refund } from "./refund";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function agreed(more: Partial<ManualOrder> = {}) {
  const variantId = await shelf(world, 5, 2_000);
  const placed = await createManual(world.admin, {
    email: "walk-in@example.com",
    lines: [{ variantId, quantity: 2 }],
    address: BERLIN,
    shippingRateId: world.id.standard,
    method: "bank_transfer",
    holdDays: 7,
    ...more,
  });
  return { variantId, ...placed };
}
const bank = (bankDetails: string | null) => db.update(settings).set({ bankDetails });
const held = async (account: string, orderId: string) => {
  const [row] = await sql<{ sum: number }[]>`
    select coalesce(sum(e.amount), 0)::int as sum from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
    where t.order_id = ${orderId} and e.account = ${account}`;
  return row?.sum;
};

it("holds the goods for the days that were agreed, tells where to pay, and is confirmed by hand, once", async () => {
  await bank("Moiré\nDE00 1234 5678");
  const { orderId, number, total, variantId } = await agreed();
  expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 2 });
  const [row] = await sql`
    select status, extract(epoch from expires_at - placed_at)::int as seconds,
      (select extract(epoch from r.expires_at - o.placed_at)::int from stock_reservations r where r.order_id = o.id) as held
    from orders o where id = ${orderId}`;
  expect(row).toMatchObject({ status: "pending", seconds: 7 * 86_400, held: 7 * 86_400 });
  // Nobody pays it a second time by card.
  const shopper = guest(orderId);
  await expect(open(shopper, orderId)).rejects.toMatchObject({ code: "payment_closed" });
  expect(await getOrder(shopper, number)).toMatchObject({
    can: { pay: false },
    paymentMethod: "bank_transfer",
  });
  await runJobs();
  expect(await stateOf(orderId)).toMatchObject({ status: "pending" });

  const seen = (await getStaffOrder(world.admin, number))?.seen;
  const transfer = { orderId, reference: "MR 0815, walk-in", key: "transfer-0001", seen };
  await markTransferred(world.admin, transfer);
  await markTransferred(world.admin, transfer);
  expect(await stateOf(orderId)).toMatchObject({ status: "confirmed", captured: total });
  expect(await stockOf(variantId)).toEqual({ on_hand: 3, reserved: 0 });
  expect([await held("bank", orderId), await held("cod_receivable", orderId)]).toEqual([total, 0]);
  await expect(markTransferred(world.admin, { orderId, reference: "again" })).rejects.toMatchObject({
    code: "payment_closed",
  });
  expect(await getStaffOrder(world.admin, number)).toMatchObject({
    whole: { payments: [{ status: "paid", amount: total, reference: "MR 0815, walk-in" }] },
  });
  await runJobs();
  const told = await db.select({ template: mail.template }).from(mail).where(eq(mail.orderId, orderId));
  expect(told.map(({ template }) => template)).toEqual(
    expect.arrayContaining(["order_placed", "order_paid"]),
  );
  expect(told.map(({ template }) => template)).not.toContain("order_confirmed");

  // What goes back goes back from the bank, by hand, like cash.
  await refund(world.admin, { orderId, amount: 500, reason: "A scratch" });
  await runJobs();
  expect(await wrongInTheBooks()).toEqual([]);
});

it("runs out like every order that is not paid, or is called off, and takes no money afterwards", async () => {
  await bank("DE00 1234 5678");
  const late = await agreed();
  await letExpire(late.orderId);
  await expire(systemActor("test"), late.orderId);
  expect(await stateOf(late.orderId)).toMatchObject({ status: "cancelled", captured: 0 });
  expect(await stockOf(late.variantId)).toEqual({ on_hand: 5, reserved: 0 });
  const off = await agreed();
  await cancelOrder(world.admin, off.orderId, { note: "Changed their mind" });
  for (const { orderId } of [late, off])
    await expect(markTransferred(world.admin, { orderId, reference: "late" })).rejects.toMatchObject({
      code: "payment_closed",
    });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("wants days and bank details, and is nothing that an order by card or in cash takes", async () => {
  await bank(null);
  await expect(agreed()).rejects.toMatchObject({ data: { fields: { method: expect.any(String) } } });
  await bank("DE00 1234 5678");
  for (const holdDays of [undefined, 0, 61, 1.5])
    await expect(agreed({ holdDays })).rejects.toMatchObject({
      data: { fields: { holdDays: expect.any(String) } },
    });
  for (const method of ["card", "cash_on_delivery"] as const) {
    const { orderId } = await agreed({ method });
    await expect(markTransferred(world.admin, { orderId, reference: "no" })).rejects.toMatchObject({
      code: "payment_closed",
    });
  }
  const [row] = await db.select().from(orders).where(eq(orders.paymentMethod, "card"));
  expect(Number(row?.expiresAt) - Number(row?.placedAt)).toBeLessThan(3_600_000);
});
