/** Orders in currencies without and with three decimals: the card is charged the total to the last unit, or never. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs, stateOf } from "@/db/testing/orders";
import * as stripe from "@/lib/gateway/stripe";
import { cancelOrder } from "./cancel";
import { refund } from "./refund";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const sellIn = (currency: string) => db.execute(sql`UPDATE settings SET currency = ${currency}`);

it.each(["JPY", "KWD", "HUF", "EUR"])("%s: charged, booked and balanced at the total", async (currency) => {
  await sellIn(currency);
  const shopper = guest();
  const price = currency === "HUF" ? 40_000 : 2_340;
  const { orderId, total } = await order(shopper, [{ variantId: await shelf(world, 5, price), quantity: 1 }]);
  expect(await gateway.pay(shopper, orderId)).toBe(200);
  await gateway.settled();
  await runJobs();
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: total, refunded: 0 });
  const { providerIntentId, fee } = await paymentOf(orderId);
  const intent = await stripe.retrieveIntent(providerIntentId ?? "");
  expect(intent).toMatchObject({ amountReceived: total, currency });
  expect(await gateway.balance(currency.toLowerCase())).toBe(total - fee);
  expect(await wrongInTheBooks()).toEqual([]);
});

it("gives back by card only what Stripe can pay: the last of three decimals is always 0", async () => {
  await sellIn("KWD");
  const { orderId, total, lines } = await paidOrder(gateway, guest(), [
    { variantId: await shelf(world, 5, 1_010), quantity: 3 },
  ]);
  const [line] = lines;
  const asked = (wish: object) => refund(world.admin, { orderId, reason: "Back", ...wish });
  await expect(asked({ amount: 1_005 })).rejects.toMatchObject({
    code: "invalid_input",
    data: { fields: { amount: expect.stringContaining("0.010") } },
  });
  await asked({ lines: [{ orderLineId: line?.id, quantity: 1 }] });
  await asked({ shipping: 5 });
  await asked({ lines: [{ orderLineId: line?.id, quantity: 1 }] });
  await cancelOrder(world.admin, orderId);
  await runJobs();
  await gateway.settled();
  const all = await db.select().from(refunds).where(eq(refunds.orderId, orderId));
  expect(all.filter(({ amount }) => amount % 10 !== 0)).toEqual([]);
  expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("refuses what a card cannot be charged exactly before anything is placed, and takes cash for it", async () => {
  await sellIn("KWD");
  const wishes = [{ variantId: await shelf(world, 5, 2_341), quantity: 1 }];
  await expect(order(guest(), wishes)).rejects.toMatchObject({ code: "card_impossible", data: { step: 10 } });
  await order(guest(), wishes, { method: "cash_on_delivery" });
  expect(await wrongInTheBooks()).toEqual([]);
});
