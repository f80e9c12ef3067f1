import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { wrongInTheBooks } from "@/db/testing/books";
import { linesOf, paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { stateOf } from "@/db/testing/orders";
import { ship } from "@/lib/services/orders/ship";
import { cancelLines, cancelPart } from "./cancel-part";
import { giveUp } from "./give-up";
import { refund } from "./refund";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

/** A form whose key was kept (a page that was copied, a script) and is sent for another order. */
const KEY = "one-key-for-all";

async function two() {
  const paid = async () => paidOrder(gateway, guest(), [{ variantId: await shelf(world, 5), quantity: 2 }]);
  return [await paid(), await paid()] as const;
}

it("a key of one order's form never answers for another order", async () => {
  const [one, other] = await two();
  const first = await refund(world.admin, { orderId: one.orderId, key: KEY, amount: 100, reason: "One" });
  const wish = { orderId: other.orderId, key: KEY, amount: 200, reason: "Other" };
  const second = await refund(world.admin, wish);
  expect(second).toMatchObject({ amount: 200 });
  expect(second.refundId).not.toBe(first.refundId);
  expect(await refund(world.admin, wish)).toEqual(second);

  const called = async ({ orderId, lines: [line] }: (typeof paidTwo)[number]) =>
    cancelLines(world.line, { orderId, key: KEY, lines: [{ orderLineId: line?.id ?? "", quantity: 1 }] });
  const paidTwo = await two();
  const refunds = [await called(paidTwo[0]), await called(paidTwo[1]), await called(paidTwo[1])];
  expect(new Set(refunds.map(({ refundId }) => refundId)).size).toBe(2);
  for (const { orderId } of paidTwo) expect(await linesOf(orderId)).toMatchObject([{ cancelledQuantity: 1 }]);

  for (const { orderId } of paidTwo) {
    await cancelPart(world.line, { orderId, key: KEY });
    expect(await stateOf(orderId)).toMatchObject({ status: "cancelled" });
  }
  for (const { orderId } of await two()) {
    await ship(world.line, orderId, { carrier: "DHL" });
    await giveUp(world.admin, { orderId, reason: "lost", key: KEY });
    expect(await stateOf(orderId)).toMatchObject({ status: "cancelled" });
  }
  expect(await wrongInTheBooks()).toEqual([]);
});
