/** A rich world for tests of the books: orders in every state, through the services, with all that hangs on them. */
import { sql } from "drizzle-orm";
import { runJobsOnce } from "@/lib/jobs/worker";
import { loseParcel } from "@/lib/services/orders/astray";
import { complete } from "@/lib/services/orders/complete";
import { deliver } from "@/lib/services/orders/deliver";
import { ship, startProcessing } from "@/lib/services/orders/ship";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { refund } from "@/lib/services/payments/refund";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { createPayout } from "@/lib/services/payouts/create";
import { markFailed, markPaid } from "@/lib/services/payouts/settle";
import { approve } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { cast, guest, shelf } from "../cast";
import { order } from "../cast-orders";
import { db } from "../client";
import { newId } from "../id";
import { discounts } from "../schema/discounts";
import { reviews } from "../schema/reviews";
import type { TestGateway } from "./gateway";
import { letExpire } from "./orders";

/** Makes the world and answers the ids of its orders by what became of them. */
export async function richWorld(gateway: TestGateway) {
  const world = await cast();
  const variantId = await shelf(world, 500, 5_000);
  const tote = world.tote.variantIds[0] ?? "";
  await db
    .insert(discounts)
    .values({ id: newId(), title: "Ten", code: "TEN", kind: "percentage", value: 10, perCustomerLimit: 99 });
  const both = [
    { variantId, quantity: 2 },
    { variantId: tote, quantity: 1 },
  ];
  const place = async (told: Parameters<typeof order>[2] = {}, wishes = both) => {
    const shopper = guest();
    const { orderId } = await order(shopper, wishes, told);
    return { shopper, orderId };
  };
  const paid = async (told: Parameters<typeof order>[2] = {}, wishes = both) => {
    const placed = await place(told, wishes);
    await gateway.pay(placed.shopper, placed.orderId);
    await gateway.settled();
    return placed;
  };
  const one = [{ variantId, quantity: 2 }];
  const sent = async (placed: { orderId: string }) => {
    const { shipmentId } = await ship(world.line, placed.orderId, { carrier: "DHL", trackingNumber: "1" });
    return { ...placed, shipmentId };
  };
  const arrived = async (placed: { shopper: ReturnType<typeof guest>; orderId: string }) => {
    const parcel = await sent(placed);
    await deliver(world.line, parcel);
    return placed;
  };

  const pending = await place();
  const confirmed = await paid({ code: "TEN" });
  const packed = await paid({}, one);
  await startProcessing(world.line, packed.orderId);
  const shipped = await sent(await paid({}, one));
  const delivered = await arrived(await paid({}, one));
  const completed = await arrived(await paid({ code: "TEN" }, one));
  await complete(world.system, completed.orderId);
  const cash = await arrived(await place({ method: "cash_on_delivery" }, one));
  const cancelled = await paid({ code: "TEN" });
  await cancelOrder(cancelled.shopper, cancelled.orderId);
  const expired = await place({ code: "TEN" });
  await letExpire(expired.orderId);
  await expire(world.system, expired.orderId);
  const late = await place({}, one);
  await gateway.turn("hold");
  await gateway.pay(late.shopper, late.orderId);
  await cancelOrder(late.shopper, late.orderId);
  await gateway.turn("release");
  await gateway.settled();
  const partly = await arrived(await paid({}, one));
  const [line] = await linesOf(partly.orderId);
  await refund(world.admin, {
    orderId: partly.orderId,
    lines: [{ orderLineId: line ?? "", quantity: 1, restock: true }],
    reason: "Scratched",
  });
  const returned = await arrived(await paid({}, one));
  const [back] = await linesOf(returned.orderId);
  const orderLineId = back ?? "";
  const [request] = await requestReturn(returned.shopper, {
    orderId: returned.orderId,
    lines: [{ orderLineId, quantity: 1, reason: "damaged" }],
  });
  const returnId = request?.returnId ?? "";
  await approve(world.line, { returnId });
  await receive(world.line, { returnId, lines: [{ orderLineId, restock: 1, writeOff: 0 }] });
  await refundReturn(world.admin, { returnId });
  const lost = await sent(await paid({}, one));
  await loseParcel(world.line, lost);
  await runJobsOnce(process.env.DATABASE_URL ?? "");
  await gateway.settled();
  const waiting = await arrived(await paid({}, one));
  await refund(world.admin, { orderId: waiting.orderId, amount: 500, reason: "Late" });
  const failed = await createPayout(world.admin, { ownerId: world.id.lineShop });
  await markFailed(world.admin, { payoutId: failed.payoutId, reason: "No such account" });
  const payout = await createPayout(world.admin, { ownerId: world.id.lineShop });
  await markPaid(world.admin, { payoutId: payout.payoutId, reference: "Transfer 1" });
  await db.insert(reviews).values({
    id: newId(),
    productId: world.print.id,
    userId: world.id.ada,
    authorName: "Ada",
    rating: 4,
    status: "published",
  });
  await db.execute(sql`UPDATE products SET rating_sum = 4, rating_count = 1 WHERE id = ${world.print.id}`);
  return { pending, confirmed, packed, shipped, delivered, completed, cash, cancelled, expired, late, lost };
}

async function linesOf(orderId: string): Promise<string[]> {
  const rows = (await db.execute(
    sql`SELECT id FROM order_lines WHERE order_id = ${orderId} ORDER BY position`,
  )) as unknown as { id: string }[];
  return rows.map(({ id }) => id);
}
