/** While Stripe is down: browsing, cash and the back office go on; whoever pays by card keeps the order and pays later. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { type Delivered, deliveredOrder, paidOrder } from "@/db/testing/delivered";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { GOOD_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { type Line, startLine } from "@/db/testing/line";
import {
  jobsAtRest,
  letExpire,
  paymentOf,
  runJobs,
  runJobsWithoutGateway,
  stockOf,
} from "@/db/testing/orders";
import {
  type Bought,
  boughtAt,
  buy,
  buyForCash,
  fillCart,
  goToPayment,
  orderPage,
} from "@/db/testing/shopping";
import { cancelForShop, sendParcel } from "@/lib/actions/admin/orders";
import { payOut } from "@/lib/actions/admin/payouts";
import { refundOrder } from "@/lib/actions/admin/refunds";
import { openPayment } from "@/lib/actions/payments";
import { call } from "@/lib/gateway/stripe";
import { complete } from "@/lib/services/orders/complete";
import CategoryRoute from "../(shop)/c/[...category]/page";
import OrderPaymentPage from "../(shop)/orders/[number]/payment/page";
import HomePage from "../(shop)/page";
import SearchPage from "../(shop)/search/page";
import AdminOrder from "../admin/orders/[number]/page";
import AdminPayouts from "../admin/payouts/page";

let world: Cast;
let gateway: TestGateway;
let line: Line;
/** Bought and paid before. */
let paid: Delivered;
beforeAll(async () => {
  // Stripe's client pauses for half a second and more between its tries: nobody has to wait for that here.
  const pauses = new Proxy(setTimeout, {
    apply: (wait, self, [run, ms, ...rest]) => Reflect.apply(wait, self, [run, ms < 3_000 ? 0 : ms, ...rest]),
  });
  vi.stubGlobal("setTimeout", pauses);
  gateway = await startGateway();
  line = await startLine(Number(new URL(process.env.SANDBOX_URL ?? "").port));
  process.env.SANDBOX_URL = `http://127.0.0.1:${line.port}`;
  world = await cast();
  const { id: stripeAccountId } = await call((api) => api.accounts.create({ type: "express" }));
  await db.update(owners).set({ stripeAccountId }).where(eq(owners.id, world.id.lineShop));
  const wishes = [{ variantId: await shelf(world, 9), quantity: 1 }];
  paid = await paidOrder(gateway, guest(), wishes);
  const arrived = await deliveredOrder(gateway, world.admin, guest(), wishes);
  await complete(world.system, arrived.orderId);
  await runJobs();
});
beforeEach(() => line.cut());
afterAll(async () => {
  vi.unstubAllGlobals();
  await line.cut();
  await gateway.close();
});

const drawn = (page: unknown, query = {}, params = {}) => pageOf(page as Page, query, params);
const office = async (number: string) => {
  await comeAs(world.id.admin);
  return pageOf(AdminOrder, {}, { number });
};
const rowOf = async (number: string) => {
  const [row] = await db.execute<{ id: string; status: string }>(
    sql`SELECT id, status FROM orders WHERE number = ${number}`,
  );
  if (!row) throw new Error(`there is no order ${number}`);
  return row;
};

/** Chooses a card at the last step, with scripts; the order's page is what the form leads to then. */
async function orderByCard(variantId: string): Promise<Bought & { answer: unknown }> {
  await fillCart(variantId, "Thing");
  const answer = await buy(await goToPayment("ada@example.com"), "card");
  const { number, key, payment } = (answer as { data: { number: string; key: string; payment: unknown } })
    .data;
  return { number, query: { key }, answer: payment };
}
/** What the page of the order's payment offers, sent as a browser does. */
async function payAgain({ number, query }: Bought) {
  return sendForm(await drawn(OrderPaymentPage, query, { number }), ">Pay €", openPayment);
}

it("the shop is looked at, bought from for cash, sent from and called off in", async () => {
  await comeAs(null);
  const pages = [
    await drawn(HomePage),
    await drawn(CategoryRoute, {}, { category: ["objects"] }),
    await drawn(SearchPage, { q: "mug" }),
  ];
  for (const html of pages) expect(wordsOf(html)).toContain("Mug One");
  const [mug = ""] = world.mug.variantIds;
  const sent = await buyForCash(mug, "Mug One", "nora@example.com");
  const off = await buyForCash(mug, "Mug One", "bea@example.com");
  expect(wordsOf(await orderPage(sent))).toContain("Thank you. It is ordered");
  const parcel = await sendForm(await office(sent.number), 'aria-label="Ship"', sendParcel, {
    carrier: "DHL",
  });
  expect(parcel).toEqual({ to: `/admin/orders/${sent.number}?done=sent` });
  const note = { note: "Not this one" };
  expect(await sendForm(await office(off.number), ">Cancel the order<", cancelForShop, note)).toHaveProperty(
    "to",
  );
  expect([(await rowOf(sent.number)).status, (await rowOf(off.number)).status]).toEqual([
    "shipped",
    "cancelled",
  ]);
});

it("a card cannot be asked: the order stands and holds its goods, its page says why, and takes it later", async () => {
  const variantId = await shelf(world, 5);
  await fillCart(variantId, "Thing");
  // Without scripts the order's page is the answer.
  const page = (await goToPayment("ada@example.com")).replaceAll(/<\/?noscript>/g, "");
  const order = boughtAt(await buy(page, "card"));
  expect(order.query).toMatchObject({ gateway: "silent" });
  expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 1 });
  const waiting = wordsOf(await orderPage(order));
  for (const words of ["waits for its payment", "The payment service does not answer.", "Pay now"])
    expect(waiting).toContain(words);
  expect(await payAgain(order)).toMatchObject({
    status: "error",
    code: "gateway_unavailable",
    message: expect.stringContaining("Your order is kept and nothing was charged"),
  });
  await line.mend();
  const { data } = (await payAgain(order)) as { data: { clientSecret: string } };
  expect(await gateway.confirm(data.clientSecret, GOOD_CARD)).toBe(200);
  await gateway.settled();
  expect(wordsOf(await orderPage(order))).toContain("Thank you. It is paid and ordered");
  expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
});

it("an answer that was lost is asked for under the same key: one intent", async () => {
  await line.mend();
  line.loseAnswer(/POST \/v1\/payment_intents /, /./);
  const order = await orderByCard(await shelf(world, 5));
  expect(order.answer).toBeNull();
  const { id: orderId } = await rowOf(order.number);
  expect((await paymentOf(orderId)).providerIntentId).toBeNull();
  await line.mend();
  expect(await payAgain(order)).toMatchObject({ status: "ok" });
  const { data } = await call((api) => api.paymentIntents.list({ limit: 100 }));
  expect(data.filter(({ metadata }) => metadata.order_id === orderId).map(({ id }) => id)).toEqual([
    (await paymentOf(orderId)).providerIntentId,
  ]);
});

it("a service that takes what it is asked and is silent is told like one that is away", async () => {
  await line.mend();
  line.hold();
  const order = await orderBySilence(await shelf(world, 5));
  expect(order.answer).toBeNull();
  expect(wordsOf(await orderPage(order))).toContain("Pay now");
});

/** Sixteen seconds of silence at once: the limit of a call is the only clock that is set while it is asked. */
async function orderBySilence(variantId: string) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const ordering = orderByCard(variantId);
    let [isOver, isLate] = [false, false];
    const end = () => {
      isOver = true;
    };
    ordering.then(end, end);
    while (!isOver) {
      await new Promise((next) => setImmediate(next));
      if (!line.isAsked()) continue;
      await vi.advanceTimersByTimeAsync(isLate ? 10 : 16_000);
      isLate = true;
    }
    return await ordering;
  } finally {
    vi.useRealTimers();
  }
}

it("a hold that ends meanwhile is longer by fifteen minutes, and the goods with it", async () => {
  await line.mend();
  const variantId = await shelf(world, 5);
  const order = await orderByCard(variantId);
  const { id: orderId } = await rowOf(order.number);
  await line.cut();
  await letExpire(orderId);
  await db.execute(
    sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE ${`%${orderId}%`}`,
  );
  await runJobsWithoutGateway();
  await jobsAtRest();
  const [hold] = await db.execute(sql`SELECT status, expires_at > shop_now() + interval '14 minutes' AS long
    FROM orders WHERE id = ${orderId}`);
  expect(hold).toEqual({ status: "pending", long: true });
  expect(await stockOf(variantId)).toEqual({ on_hand: 5, reserved: 1 });
  expect(wordsOf(await orderPage(order))).toContain("Pay now");
});

it("refunds and payouts are taken by their forms, wait, and are sent once it is back", async () => {
  const before = await gateway.balance();
  const refunded = await sendForm(await office(paid.number), 'aria-label="Refund"', refundOrder, {
    amount: "5.00",
    reason: "A scratch",
  });
  expect(refunded).toEqual({ to: `/admin/orders/${paid.number}?done=refunded` });
  expect(await sendForm(await pageOf(AdminPayouts), ">Pay out<", payOut)).toHaveProperty("to");
  await runJobsWithoutGateway();
  await jobsAtRest();
  const state = async () => {
    const [row] =
      await db.execute(sql`SELECT (SELECT status FROM refunds WHERE order_id = ${paid.orderId}) AS refund,
      (SELECT status FROM payouts) AS payout,
      (SELECT count(*)::int FROM graphile_worker.jobs
        WHERE task_identifier IN ('payments.refund', 'payouts.transfer')) AS jobs`);
    return row;
  };
  expect(await state()).toEqual({ refund: "reserved", payout: "pending", jobs: 2 });
  await line.mend();
  await db.execute(sql`UPDATE graphile_worker._private_jobs SET run_at = now()
    WHERE id IN (SELECT id FROM graphile_worker.jobs WHERE task_identifier IN ('payments.refund', 'payouts.transfer'))`);
  await runJobs();
  await gateway.settled();
  expect(await state()).toEqual({ refund: "succeeded", payout: "paid", jobs: 0 });
  expect(await gateway.balance()).toBeLessThan(before - 499);
});
