import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { disputes } from "@/db/schema/payments";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf } from "@/db/testing/orders";
import { complete } from "@/lib/services/orders/deliver";
import { refund } from "@/lib/services/payments/refund";
import { createPayout } from "@/lib/services/payouts/create";
import { markFailed } from "@/lib/services/payouts/settle";
import { getStatement, listBalances } from "./books";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const EARNED = 8_403 - 1_260;

async function completed() {
  const wishes = [{ variantId: await shelf(world, 5, 10_000), quantity: 1 }];
  const bought = await deliveredOrder(gateway, world.admin, guest(), wishes);
  await complete(world.system, bought.orderId);
  return bought;
}

async function clock(): Promise<Date> {
  const [row] = await db.execute<{ at: string }>(sql`SELECT clock_timestamp()::text AS at`);
  return new Date(row?.at ?? 0);
}

it("states an owner's money over a period, to the cent, to them and to admins", async () => {
  const ownerId = world.id.lineShop;
  const start = await clock();
  const first = await completed();
  await createPayout(world.admin, { ownerId });
  const middle = await clock();
  const second = await completed();
  await refund(world.admin, { orderId: first.orderId, amount: 11_90, reason: "A scratch" });
  const end = await clock();

  const before = await getStatement(world.line, { ownerId, from: start, until: middle });
  expect(before).toMatchObject({ opening: 0, earned: EARNED, givenBack: 0, paidOut: -EARNED, closing: 0 });
  const after = await getStatement(world.admin, { ownerId, from: middle, until: end });
  // 11.90 with 19 % tax is 10.00; the shop gives its 15 % back.
  expect(after).toMatchObject({
    opening: before?.closing,
    earned: EARNED,
    givenBack: -850,
    closing: EARNED - 850,
  });
  expect(after?.lines.map(({ what, orderNumber, amount }) => [what, orderNumber, amount])).toEqual([
    ["earned", second.number, EARNED],
    ["given back", first.number, -850],
  ]);
  expect(after?.lines.map(({ net, commission, pieces }) => [net, commission, pieces])).toEqual([
    [8_403, 1_260, 1],
    [-1_000, -150, 1],
  ]);
  expect(after?.lines.every(({ goods }) => goods?.startsWith("Thing "))).toBe(true);
  const lastPage = await getStatement(world.line, {
    ownerId,
    from: middle,
    until: end,
    page: 2,
    pageSize: 1,
  });
  expect(lastPage).toMatchObject({ count: 2, earned: EARNED, lines: [{ what: "given back" }] });
  const whole = await getStatement(world.line, { ownerId, from: start, until: end });
  expect(whole?.closing).toBe(after?.closing);
  expect(whole?.lines).toHaveLength(4);
  expect(whole?.lines.every(({ at }) => at >= start && at < end)).toBe(true);
  expect(await getStatement(world.ring, { ownerId, from: start, until: end })).toBeNull();

  // A payout that did not go through is told as that, and nothing was paid out by it.
  const { payoutId } = await createPayout(world.admin, { ownerId });
  await markFailed(world.admin, { payoutId, reason: "No such account" });
  const failed = await getStatement(world.line, { ownerId, from: end, until: await clock() });
  expect(failed).toMatchObject({ paidOut: 0, closing: whole?.closing });
  expect(failed?.lines.map(({ what }) => what)).toEqual(["paid out", "payout failed"]);

  const { id: paymentId } = await paymentOf(second.orderId);
  await db.insert(disputes).values({
    id: newId(),
    orderId: second.orderId,
    paymentId,
    providerDisputeId: "du_of_books",
    amount: second.total,
  });
  const mine = {
    ownerId,
    name: "Line",
    balance: EARNED - 850,
    held: EARNED,
    onTheWay: EARNED,
    byTransfer: false,
    isActive: true,
    commission: null,
    shopCommission: 150_000,
  };
  expect(await listBalances(world.line)).toEqual([mine]);
  expect(await listBalances(world.admin)).toEqual([
    mine,
    { ...mine, ownerId: world.id.ringShop, name: "Ring", balance: 0, held: 0, onTheWay: 0 },
  ]);
  expect(await listBalances(world.admin, ownerId)).toEqual([mine]);
  expect(await listBalances(world.ring, ownerId)).toEqual([]);
});
