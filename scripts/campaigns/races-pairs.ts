/** Races of two: what people and machines do to one order at the same moment has one outcome, and every other is told why not. */
import { eq, sql as query } from "drizzle-orm";
import { guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { deliveredOrder } from "@/db/testing/delivered";
import { letExpire, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { type ErrorCode, isShopError } from "@/lib/domain/errors";
import { place } from "@/lib/services/checkout/place";
import { complete } from "@/lib/services/orders/complete";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { refund } from "@/lib/services/payments/refund";
import { sendRefund } from "@/lib/services/payments/refund-settle";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { createPayout } from "@/lib/services/payouts/create";
import { approve } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { connectOwner, type Ground, quiet } from "./ground";

/** One round is one of each, on fresh goods. */
export const pairs: readonly ((ground: Ground) => Promise<void>)[] = [
  doubleClick,
  expiryAgainstPayment,
  openAgainstExpiry,
  cancelAgainstWebhook,
  cancelAgainstParcel,
  refundAgainstRefund,
  twoWorkers,
  returnAgainstReturn,
  payoutAgainstPayout,
];

/** Runs all at once. Answers what came of those that succeeded; the others may only have been told one of `codes`. */
async function atOnce<T>(
  ground: Ground,
  what: string,
  codes: readonly ErrorCode[],
  tries: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const settled = await Promise.allSettled(tries.map((run) => run()));
  return settled.flatMap((one) => {
    if (one.status === "fulfilled") return [one.value];
    const isTold = codes.some((code) => isShopError(one.reason, code));
    ground.expect(isTold, `${what}: somebody was told ${one.reason}`);
    return [];
  });
}

async function doubleClick(ground: Ground): Promise<void> {
  const shopper = guest();
  const variantId = await shelf(ground.world, 5);
  const ready = await getReady(shopper, [{ variantId, quantity: 2 }]);
  const placed = await Promise.all(
    Array.from({ length: 6 }, () => place(shopper, { method: "card", ...ready })),
  );
  ground.expect(new Set(placed.map(({ orderId }) => orderId)).size === 1, "a double click placed two orders");
  const made = await db.select({ id: orders.id }).from(orders).where(eq(orders.checkoutId, ready.checkoutId));
  ground.expect(made.length === 1, `a double click left ${made.length} orders`);
  ground.expect((await stockOf(variantId))?.reserved === 2, "a double click reserved twice");
}

async function expiryAgainstPayment(ground: Ground): Promise<void> {
  const { gateway, world } = ground;
  const { shopper, variantId, orderId, total } = await placed(ground);
  await gateway.turn("hold");
  await gateway.pay(shopper, orderId);
  await letExpire(orderId);
  await Promise.all([
    gateway.turn("release", { copies: 2 }),
    expire(world.system, orderId),
    expire(world.system, orderId),
  ]);
  await after(ground);
  const state = await stateOf(orderId);
  const stock = await stockOf(variantId);
  // Paid before its order was given up, so it must be sold.
  const kept = state?.status === "confirmed" && state.captured === total && stock?.on_hand === 4;
  ground.expect(kept, `expiry against payment: ${JSON.stringify({ ...state, ...stock })}`);
}

async function cancelAgainstWebhook(ground: Ground): Promise<void> {
  const { gateway } = ground;
  const { shopper, variantId, orderId, total } = await placed(ground);
  await gateway.turn("hold");
  await gateway.pay(shopper, orderId);
  await Promise.all([gateway.turn("release", { copies: 2 }), cancelOrder(shopper, orderId)]);
  await after(ground);
  const state = await stateOf(orderId);
  const stock = await stockOf(variantId);
  const back = state?.status === "cancelled" && state.captured === total && state.refunded === total;
  ground.expect(
    back && stock?.on_hand === 5 && stock.reserved === 0,
    `cancel against webhook: ${JSON.stringify({ ...state, ...stock })}`,
  );
}

async function refundAgainstRefund(ground: Ground): Promise<void> {
  const { gateway, world } = ground;
  const { shopper, orderId, total } = await placed(ground);
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  // Two of them would be more than was paid; the same request twice is one.
  const amount = Math.ceil(total * 0.6);
  const ask = (key: string) =>
    refund(world.admin, { orderId, amount, reason: "race", key: `race:${orderId}:${key}` });
  const asked = await Promise.allSettled(["a", "b", "c", "a", "b", "c"].map(ask));
  for (const one of asked)
    if (one.status === "rejected" && !isShopError(one.reason, "invalid_input"))
      ground.expect(false, `refund against refund: an admin was told ${one.reason}`);
  const ids = await db.execute<{ id: string }>(query`SELECT id FROM refunds WHERE order_id = ${orderId}`);
  ground.expect(ids.length === 1, `refund against refund: ${ids.length} rows`);
  await Promise.all([...ids, ...ids, ...ids].map(({ id }) => sendRefund(world.system, id)));
  await after(ground);
  const state = await stateOf(orderId);
  ground.expect(state?.refunded === amount, `refund against refund: ${JSON.stringify(state)}`);
}

async function twoWorkers(ground: Ground): Promise<void> {
  const { orderId, variantId } = await placed(ground);
  await letExpire(orderId);
  await db.execute(query`SELECT graphile_worker.reschedule_jobs(
    ARRAY(SELECT id FROM graphile_worker.jobs WHERE key = ${`orders.expire:${orderId}`}), run_at := now())`);
  await Promise.all([runJobs(), runJobs()]);
  const state = await stateOf(orderId);
  ground.expect(state?.status === "cancelled", `two workers: ${JSON.stringify(state)}`);
  ground.expect((await stockOf(variantId))?.reserved === 0, "two workers: the stock is still held");
}

/** A tab asks for the payment while its window ends: whatever it gets, nothing may stay payable of a cancelled order. */
async function openAgainstExpiry(ground: Ground): Promise<void> {
  const { shopper, variantId, orderId } = await placed(ground);
  const lapse = async () => {
    await letExpire(orderId);
    await expire(ground.world.system, orderId);
  };
  const tab = () => open(shopper, orderId);
  await atOnce<unknown>(ground, "opening against expiry", ["payment_closed", "conflict"], [tab, lapse, tab]);
  await after(ground);
  const [state, stock] = [await stateOf(orderId), await stockOf(variantId)];
  const isFree = state?.status === "cancelled" && stock?.on_hand === 5 && stock.reserved === 0;
  ground.expect(isFree, `opening against expiry: ${JSON.stringify({ ...state, ...stock })}`);
}

/** The owner packs while the shopper cancels: sent and paid, or cancelled and given back. */
async function cancelAgainstParcel(ground: Ground): Promise<void> {
  const { gateway, world } = ground;
  const { shopper, variantId, orderId, total } = await placed(ground);
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  const done = await atOnce(
    ground,
    "cancel against parcel",
    ["illegal_transition"],
    [
      () => ship(world.line, orderId, { carrier: "DHL" }).then(() => "shipped"),
      () => cancelOrder(shopper, orderId).then(() => "cancelled"),
      () => ship(world.line, orderId, { carrier: "DHL" }).then(() => "shipped"),
    ],
  );
  await quiet(ground);
  const [state, stock] = [await stateOf(orderId), await stockOf(variantId)];
  const [refunded, onHand] = done[0] === "cancelled" ? [total, 5] : [0, 4];
  const isOne = done.length === 1 && state?.status === done[0];
  const isRight = isOne && state?.refunded === refunded && stock?.on_hand === onHand;
  ground.expect(isRight, `cancel against parcel: ${JSON.stringify({ done, ...state, ...stock })}`);
}

/** Goods come back once, however many ask, take them in and pay for them. */
async function returnAgainstReturn(ground: Ground): Promise<void> {
  const { gateway, world } = ground;
  const variantId = await shelf(world, 5);
  const shopper = guest();
  const wish = [{ variantId, quantity: 2 }];
  const { orderId, lines } = await deliveredOrder(gateway, world.admin, shopper, wish);
  const orderLineId = lines[0]?.id ?? "";
  const what = { orderId, lines: [{ orderLineId, quantity: 2, reason: "damaged" as const }] };
  const twice = <T>(run: () => Promise<T>) => [run, run, run];
  const asked = await atOnce(
    ground,
    "return",
    ["return_refused"],
    twice(() => requestReturn(shopper, what)),
  );
  const returnId = asked[0]?.[0]?.returnId ?? "";
  await approve(world.line, { returnId });
  const came = { returnId, lines: [{ orderLineId, restock: 1, writeOff: 1 }] };
  const taken = await atOnce(
    ground,
    "take in",
    ["illegal_transition"],
    twice(() => receive(world.line, came)),
  );
  const paid = await atOnce(
    ground,
    "pay back",
    ["illegal_transition"],
    twice(() => refundReturn(world.line, { returnId })),
  );
  await quiet(ground);
  const [state, stock] = [await stateOf(orderId), await stockOf(variantId)];
  const counts = [asked, taken, paid].map((one) => one.length).join();
  const isRight = counts === "1,1,1" && state?.refunded === 4_000 && stock?.on_hand === 4;
  ground.expect(isRight, `return against return: ${counts} ${JSON.stringify({ ...state, ...stock })}`);
}

/** Several admins pay one owner out while a refund takes from what was earned: nothing is paid twice. */
async function payoutAgainstPayout(ground: Ground): Promise<void> {
  const { gateway, world } = ground;
  await connectOwner(ground);
  const variantId = await shelf(world, 5);
  const { orderId } = await deliveredOrder(gateway, world.admin, guest(), [{ variantId, quantity: 2 }]);
  await complete(world.system, orderId);
  const ownerId = world.id.lineShop;
  const pay = () => createPayout(world.admin, { ownerId });
  const back = () => refund(world.admin, { orderId, amount: 700, reason: "race" });
  await atOnce<unknown>(ground, "payout against payout", ["payout_refused"], [pay, back, pay, pay]);
  await quiet(ground);
  const [row] = await db.execute<{ live: number; lines: number; entries: number }>(query`
    SELECT (SELECT count(*) FROM payouts WHERE status = 'paid')::int AS live, count(*)::int AS lines,
      count(DISTINCT ledger_entry_id)::int AS entries FROM payout_lines WHERE NOT is_released`);
  ground.expect(row?.lines === row?.entries, `payout against payout: ${JSON.stringify(row)}`);
}

async function placed({ world }: Ground) {
  const variantId = await shelf(world, 5);
  const shopper = guest();
  return { variantId, shopper, ...(await order(shopper, [{ variantId, quantity: 1 }])) };
}

async function after({ gateway }: Ground): Promise<void> {
  await gateway.settled();
  await runJobs();
  await gateway.settled();
}
