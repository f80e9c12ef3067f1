import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { refundLines, refunds } from "@/db/schema/payments";
import { returns } from "@/db/schema/returns";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder, paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf } from "@/db/testing/orders";
import { approve } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { cancelOrder } from "./cancel";
import { refund } from "./refund";
import { refundAgain } from "./refund-again";
import { settleRefund } from "./refund-settle";
import { refundReturn } from "./return-refund";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const refundsOf = (orderId: string) =>
  db.select().from(refunds).where(eq(refunds.orderId, orderId)).orderBy(refunds.createdAt, refunds.id);
const fails = (refundId: string) =>
  settleRefund(world.system, refundId, { status: "failed", failureReason: "lost", id: null });
const wishes = async () => [{ variantId: await shelf(world, 9, 2_000), quantity: 2 }];

it("tries a failed amount again once, however often it is asked for", async () => {
  const { orderId } = await paidOrder(gateway, guest(), await wishes());
  const { refundId } = await refund(world.admin, { orderId, amount: 500, reason: "Sorry" });
  await fails(refundId);
  const asked = await Promise.allSettled([1, 2, 3].map(() => refundAgain(world.admin, { refundId })));
  expect(asked.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  await expect(refundAgain(world.admin, { refundId })).rejects.toMatchObject({ code: "not_found" });
  const [, second] = await refundsOf(orderId);
  await fails(second?.id ?? "");
  await refundAgain(world.admin, { refundId: second?.id ?? "" });
  await runJobs();
  await gateway.settled();
  expect((await refundsOf(orderId)).map(({ status }) => status)).toEqual(["failed", "failed", "succeeded"]);
  expect(await stateOf(orderId)).toMatchObject({ refunded: 500 });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("of everything that was left, where a line had less left than its pieces cost", async () => {
  const { orderId, total, lines } = await paidOrder(gateway, guest(), [
    ...(await wishes()),
    ...(await wishes()),
  ]);
  const [line] = lines;
  // One line's pieces went back for half their price.
  const pieces = [{ orderLineId: line?.id ?? "", quantity: 2 }];
  await refund(world.admin, { orderId, lines: pieces, amount: 2_000, reason: "Kept" });
  await cancelOrder(world.admin, orderId);
  const rest = (await refundsOf(orderId)).at(-1);
  await fails(rest?.id ?? "");
  await refundAgain(world.admin, { refundId: rest?.id ?? "" });
  await runJobs();
  await gateway.settled();
  expect(await stateOf(orderId)).toEqual({ status: "cancelled", captured: total, refunded: total });
  const again = (await refundsOf(orderId)).at(-1);
  const of = async (id = "") =>
    (await db.select().from(refundLines).where(eq(refundLines.refundId, id)))
      .map(({ orderLineId, quantity, amount }) => `${orderLineId} ${quantity} ${amount}`)
      .sort();
  expect(await of(again?.id)).toEqual(await of(rest?.id));
  expect(await wrongInTheBooks()).toEqual([]);
});

it("of a return pays for that return", async () => {
  const shopper = guest();
  const { orderId, lines } = await deliveredOrder(gateway, world.admin, shopper, await wishes());
  const orderLineId = lines[0]?.id ?? "";
  const [asked] = await requestReturn(shopper, {
    orderId,
    lines: [{ orderLineId, quantity: 1, reason: "damaged" }],
  });
  const returnId = asked?.returnId ?? "";
  await approve(world.line, { returnId });
  await receive(world.line, { returnId, lines: [{ orderLineId, restock: 1, writeOff: 0 }] });
  const { refundId } = await refundReturn(world.line, { returnId });
  await fails(refundId ?? "");
  await refundAgain(world.admin, { refundId: refundId ?? "" });
  const [, again] = await refundsOf(orderId);
  const [row] = await db.select().from(returns).where(eq(returns.id, returnId));
  expect(row).toMatchObject({ status: "refunded", refundId: again?.id });
  expect(await wrongInTheBooks()).toEqual([]);
});
