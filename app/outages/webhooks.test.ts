/** Stripe's webhooks come late, doubled or never: the order's page says what is known, and the order is paid once. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { wrongInTheBooks } from "@/db/testing/books";
import { eventsOf } from "@/db/testing/event-orders";
import { comeAs, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { orderPage } from "@/db/testing/shopping";
import { signature } from "@/lib/gateway/sandbox/deliveries";
import { POST } from "../api/stripe/webhook/route";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  await comeAs(null);
});
afterAll(() => gateway.close());

/** An order that is paid at Stripe, of which the shop has heard nothing; the events that would have told it. */
async function paidUnheard() {
  const variantId = await shelf(world, 5);
  const shopper = guest();
  const placed = await order(shopper, [{ variantId, quantity: 1 }]);
  const events = await eventsOf(gateway, async () => {
    expect(await gateway.pay(shopper, placed.orderId)).toBe(200);
    await gateway.settled();
  });
  const page = async () => wordsOf(await orderPage({ number: placed.number, query: { key: placed.key } }));
  // Whoever comes back from paying may be the first to come; what the browser says is no payment.
  expect(await page()).toContain("Your order waits for its payment");
  return { ...placed, variantId, events, page };
}

async function deliver(event: object): Promise<number> {
  const body = JSON.stringify(event);
  const headers = { "stripe-signature": signature(body, process.env.STRIPE_WEBHOOK_SECRET ?? "") };
  return (await POST(new Request("http://shop.test/api/stripe/webhook", { method: "POST", body, headers })))
    .status;
}

async function isSoldOnce({ orderId, total, variantId }: Awaited<ReturnType<typeof paidUnheard>>) {
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
  expect(await wrongInTheBooks()).toEqual([]);
}

it("late, backwards and each three times at once: taken, and the order is paid once", async () => {
  const bought = await paidUnheard();
  for (const event of bought.events.toReversed())
    expect(await Promise.all([1, 2, 3].map(() => deliver(event)))).toEqual([200, 200, 200]);
  expect(await bought.page()).toContain("Thank you. It is paid and ordered");
  await runJobs();
  for (const event of bought.events) expect(await deliver(event)).toBe(200);
  await isSoldOnce(bought);
});

it("never: the regular round asks Stripe, and what comes after all changes nothing", async () => {
  const bought = await paidUnheard();
  // What the round asks about had a fair time to be told.
  await db.execute(sql`UPDATE payments SET created_at = shop_now() - interval '10 minutes'
    WHERE order_id = ${bought.orderId}`);
  await db.execute(sql`SELECT graphile_worker.add_job('payments.reconcile', '{}'::json)`);
  await runJobs();
  expect(await bought.page()).toContain("Thank you. It is paid and ordered");
  for (const event of bought.events) expect(await deliver(event)).toBe(200);
  await isSoldOnce(bought);
});
