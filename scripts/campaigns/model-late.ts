/** Commands of the model campaign for what comes after the payment: parcels, refunds, returns, disputes and payouts. */
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { disputes } from "@/db/schema/payments";
import { linesOf } from "@/db/testing/delivered";
import { paymentOf } from "@/db/testing/orders";
import { complete } from "@/lib/services/orders/complete";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { refund } from "@/lib/services/payments/refund";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { createPayout } from "@/lib/services/payouts/create";
import { markFailed, markPaid } from "@/lib/services/payouts/settle";
import { approve } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { quiet } from "./ground";
import { expectThat, type Real, refusable, shopperOf } from "./model-real";
import {
  giveAmount,
  givePieces,
  giveRest,
  isHeld,
  type Model,
  type ModelOrder,
  payOut,
  priceOfPieces,
  shelfOf,
} from "./model-state";

type Run = (model: Model, real: Real, order: ModelOrder, much: number) => Promise<void>;

/** Each with the most of what it is done with: pieces, minor units, or a choice. */
export const lateCommands: readonly { name: string; most: number; run: Run }[] = [
  { name: "send", most: 2, run: send },
  { name: "send", most: 2, run: send },
  { name: "complete", most: 1, run: finish },
  { name: "give back cents", most: 9_000, run: giveCents },
  { name: "give back pieces", most: 4, run: giveBackPieces },
  { name: "send back", most: 3, run: sendBack },
  { name: "take in", most: 2, run: takeIn },
  { name: "pay the return", most: 1, run: payReturn },
  { name: "dispute", most: 1, run: dispute },
  { name: "decide", most: 2, run: decide },
  { name: "pay out", most: 3, run: pay },
];

/** Sent and delivered. */
export const arrive = (model: Model, real: Real, order: ModelOrder) => send(model, real, order, 1);

/** 2: it is completed, too. */
async function send(_: Model, real: Real, order: ModelOrder, much: number): Promise<void> {
  const { line } = real.ground.world;
  const { orderId } = order;
  const sent = await refusable(ship(line, orderId, { carrier: "DHL" }));
  expectThat("sending", Boolean(sent), order.status === "confirmed" && !isHeld(order), order);
  if (!sent) return;
  await deliver(line, { orderId, shipmentId: sent.shipmentId });
  order.status = "delivered";
  if (much === 2) await finish(_, real, order);
}

async function finish(_: Model, real: Real, order: ModelOrder): Promise<void> {
  const isOpen = order.returns.some(({ status }) => status !== "refunded");
  const may = order.status === "delivered" && order.dispute !== "open" && !isOpen;
  const done = await complete(real.ground.world.system, order.orderId);
  expectThat("completing", done, may, order);
  if (done) order.status = "completed";
}

async function giveCents(_: Model, real: Real, order: ModelOrder, amount: number): Promise<void> {
  const wish = { orderId: order.orderId, amount, reason: "Model", key: newId() };
  const before = JSON.stringify(order);
  const may = giveAmount(order, amount);
  const done = await refusable(refund(real.ground.world.admin, wish));
  expectThat(`giving ${amount} back`, Boolean(done), may, before);
  // The same request once more is answered, and gives nothing.
  if (done) await refund(real.ground.world.admin, wish);
}

async function giveBackPieces(_: Model, real: Real, order: ModelOrder, quantity: number): Promise<void> {
  const { orderId } = order;
  const before = JSON.stringify(order);
  const amount = givePieces(order, quantity);
  const lines = [{ orderLineId: await lineOf(order), quantity }];
  const done = await refusable(refund(real.ground.world.admin, { orderId, lines, reason: "Model" }));
  expectThat(`giving ${quantity} pieces back`, Boolean(done), Boolean(amount), before);
  if (done && done.amount !== amount)
    throw new Error(`${done.amount} instead of ${amount} went back: ${before}`);
}

async function sendBack(_: Model, real: Real, order: ModelOrder, quantity: number): Promise<void> {
  const lines = [{ orderLineId: await lineOf(order), quantity, reason: "damaged" as const }];
  const asked = await refusable(requestReturn(shopperOf(real, order), { orderId: order.orderId, lines }));
  const inReturns = order.returns.reduce((sum, one) => sum + one.quantity, 0);
  const isThere = order.status === "delivered" || order.status === "completed";
  expectThat("sending back", Boolean(asked), isThere && quantity <= order.quantity - inReturns, order);
  const returnId = asked?.[0]?.returnId;
  if (!returnId) return;
  await approve(real.ground.world.line, { returnId });
  order.returns.push({ id: returnId, quantity, status: "approved" });
}

/** 2: into the bin. */
async function takeIn(model: Model, real: Real, order: ModelOrder, much: number): Promise<void> {
  const next = order.returns.find(({ status }) => status === "approved");
  if (!next) return;
  const { id: returnId, quantity } = next;
  const fit = much === 1 ? { restock: quantity, writeOff: 0 } : { restock: 0, writeOff: quantity };
  await receive(real.ground.world.line, { returnId, lines: [{ orderLineId: await lineOf(order), ...fit }] });
  next.status = "received";
  shelfOf(model, order).onHand += fit.restock;
}

async function payReturn(_: Model, real: Real, order: ModelOrder): Promise<void> {
  const next = order.returns.find(({ status }) => status === "received");
  if (!next) return;
  const before = JSON.stringify(order);
  const pieces = Math.min(next.quantity, order.quantity - order.piecesBack);
  const isFree = pieces === 0 || priceOfPieces(order, pieces) === 0;
  const amount = isFree ? 0 : givePieces(order, pieces);
  const done = await refusable(refundReturn(real.ground.world.admin, { returnId: next.id }));
  expectThat("paying the return", Boolean(done), amount !== null, before);
  if (!done) return;
  if (done.amount !== amount)
    throw new Error(`${done.amount} instead of ${amount} for the return: ${before}`);
  next.status = "refunded";
}

async function dispute(model: Model, real: Real, order: ModelOrder): Promise<void> {
  if (order.captured === order.refunded || order.dispute !== "none") return;
  const { providerIntentId } = await paymentOf(order.orderId);
  await real.ground.gateway.turn("dispute", { payment_intent: providerIntentId });
  order.dispute = "open";
  await quiet(real.ground);
  // What the bank holds is neither given back nor sent.
  await giveCents(model, real, order, 1);
  await send(model, real, order, 1);
}

/** 1: for the shop. */
async function decide(_: Model, real: Real, order: ModelOrder, much: number): Promise<void> {
  if (order.dispute !== "open") return;
  const { id } = await paymentOf(order.orderId);
  const [row] = await db.select().from(disputes).where(eq(disputes.paymentId, id));
  const status = much === 1 ? "won" : "lost";
  await real.ground.gateway.turn("close-dispute", { dispute: row?.providerDisputeId, status });
  order.dispute = status;
  // Cancelled while the bank held the money: what came back goes to the shopper.
  if (order.status === "cancelled") giveRest(order);
}

/** 3: the bank sends it back. */
async function pay(model: Model, real: Real, _: ModelOrder, much: number): Promise<void> {
  const { admin, id } = real.ground.world;
  const held = model.orders.map(({ paidOut }) => paidOut);
  const { owedBefore } = model;
  const amount = payOut(model);
  const made = await refusable(createPayout(admin, { ownerId: id.lineShop, byHand: true }));
  expectThat("paying out", Boolean(made), amount !== null, { ...model });
  if (!made) return;
  if (made.amount !== amount) throw new Error(`${made.amount} instead of ${amount} is paid out`);
  const { payoutId } = made;
  if (much < 3) return markPaid(admin, { payoutId, reference: "Model" });
  await markFailed(admin, { payoutId, reason: "Model" });
  model.owedBefore = owedBefore;
  for (const [i, paidOut] of held.entries()) {
    const order = model.orders[i];
    if (order) order.paidOut = paidOut;
  }
}

async function lineOf({ orderId }: ModelOrder): Promise<string> {
  const [line] = await linesOf(orderId);
  return line?.id ?? "";
}
