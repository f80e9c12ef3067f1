import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, runJobs } from "@/db/testing/orders";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { readCounters } from "./counters";

const NOON = new Date().setUTCHours(12, 0, 0, 0);
const LATER = 31_000;

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  // Ids are made by this clock: a test that runs at midnight would count two days.
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  gateway = await startGateway();
  world = await cast();
});
afterAll(async () => {
  vi.useRealTimers();
  await gateway.close();
});

const buy = async (method: "card" | "cash_on_delivery" = "card", card?: string) => {
  const shopper = guest();
  const { orderId } = await order(shopper, [{ variantId: await shelf(world, 5), quantity: 1 }], { method });
  if (method === "card") {
    await gateway.pay(shopper, orderId, card);
    await gateway.settled();
  }
  return orderId;
};

it("counts what happened, each thing once, whoever asks how often", async () => {
  expect(await readCounters(NOON)).toEqual({
    placed: 0,
    paid: 0,
    declined: 0,
    expired: 0,
    cancelled: 0,
    refunded: 0,
  });
  const paid = await buy();
  await buy("cash_on_delivery");
  const declined = await buy("card", DECLINED_CARD);
  // What is younger than half a minute may still be joined by older rows.
  expect((await readCounters(NOON)).placed).toBe(0);
  const first = { placed: 3, paid: 1, declined: 1, expired: 0, cancelled: 0, refunded: 0 };
  expect(await Promise.all([1, 2, 3].map((n) => readCounters(NOON + LATER + n)))).toEqual([
    first,
    first,
    first,
  ]);

  vi.setSystemTime(NOON + 2 * LATER);
  await letExpire(declined);
  await expire(world.system, declined);
  await cancelOrder(world.admin, paid, { note: "Too late" });
  for (let i = 0; i < 2; i += 1) {
    await runJobs();
    await gateway.settled();
  }
  const second = { ...first, expired: 1, cancelled: 1, refunded: 1 };
  expect(await readCounters(NOON + 3 * LATER)).toEqual(second);
  // A clock that goes back takes nothing away.
  expect(await readCounters(NOON)).toEqual(second);
  // Started anew in the afternoon a process tells the same; at midnight all begin again.
  vi.resetModules();
  const again = await import("./counters");
  expect(await again.readCounters(NOON + 3 * LATER)).toEqual(second);
  expect((await again.readCounters(NOON + 86_400_000)).placed).toBe(0);
});
