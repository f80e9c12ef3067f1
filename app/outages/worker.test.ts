/** While no worker runs: what happens at once happens, mails, holds and payouts wait, and are made up for once. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { deliveredOrder } from "@/db/testing/delivered";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, runJobs, stockOf } from "@/db/testing/orders";
import { type Bought, buyForCash, orderPage } from "@/db/testing/shopping";
import { sendParcel } from "@/lib/actions/admin/orders";
import { payOut } from "@/lib/actions/admin/payouts";
import { call } from "@/lib/gateway/stripe";
import { complete } from "@/lib/services/orders/complete";
import AdminOrder from "../admin/orders/[number]/page";
import AdminPayouts from "../admin/payouts/page";

let world: Cast;
let gateway: TestGateway;
let bought: Bought;
let unpaid: { orderId: string; number: string; key: string; variantId: string };

beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  const { id: stripeAccountId } = await call((api) => api.accounts.create({ type: "express" }));
  await db.update(owners).set({ stripeAccountId }).where(eq(owners.id, world.id.lineShop));
  const arrived = await deliveredOrder(gateway, world.admin, guest(), [
    { variantId: await shelf(world, 5), quantity: 1 },
  ]);
  await complete(world.system, arrived.orderId);
  await runJobs();
  const variantId = await shelf(world, 5);
  unpaid = { ...(await order(guest(), [{ variantId, quantity: 1 }])), variantId };
});
afterAll(() => gateway.close());

/** What waits for a worker, and what was done. */
async function state() {
  const [row] = await db.execute(sql`SELECT
    (SELECT count(*)::int FROM mail WHERE to_email = 'nora@example.com') AS mails,
    (SELECT status FROM orders WHERE id = ${unpaid.orderId}) AS unpaid, (SELECT status FROM payouts) AS payout`);
  return row;
}

it("orders are placed, sent and paid out by their forms; what a worker does waits", async () => {
  bought = await buyForCash(world.mug.variantIds[0] ?? "", "Mug One", "nora@example.com");
  expect(wordsOf(await orderPage(bought))).toContain("Thank you. It is ordered");
  await comeAs(world.id.admin);
  const office = await pageOf(AdminOrder, {}, { number: bought.number });
  expect(await sendForm(office, 'aria-label="Ship"', sendParcel, { carrier: "DHL" })).toHaveProperty("to");
  expect(wordsOf(await orderPage(bought))).toContain("It is on its way");
  expect(await sendForm(await pageOf(AdminPayouts), ">Pay out<", payOut)).toHaveProperty("to");
  await letExpire(unpaid.orderId);
  expect(await state()).toEqual({ mails: 0, unpaid: "pending", payout: "pending" });
  expect(await stockOf(unpaid.variantId)).toEqual({ on_hand: 5, reserved: 1 });
  const page = { number: unpaid.number, query: { key: unpaid.key } };
  // Nobody pays for what is over, whether or not it was tidied up.
  expect(wordsOf(await orderPage(page))).not.toContain("Pay now");
});

it("a worker that comes back makes up for it, once", async () => {
  await db.execute(sql`UPDATE graphile_worker._private_jobs SET run_at = now()
    WHERE id IN (SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'orders.expire')`);
  await runJobs();
  await gateway.settled();
  const done = { mails: 2, unpaid: "cancelled", payout: "paid" };
  expect(await state()).toEqual(done);
  expect(await stockOf(unpaid.variantId)).toEqual({ on_hand: 5, reserved: 0 });
  await runJobs();
  expect(await state()).toEqual(done);
});
