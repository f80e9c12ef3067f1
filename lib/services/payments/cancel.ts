/** Cancel and expiry enter here: first the money at the gateway, then the order, its stock and its cart. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { Actor, System } from "@/lib/domain/actors";
import { isShopError, ShopError } from "@/lib/domain/errors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import * as gateway from "@/lib/gateway/stripe";
import { enqueue } from "@/lib/queue";
import { findOrder, lockOrder, type Order } from "@/lib/services/orders/access";
import { cancelLocked } from "@/lib/services/orders/cancel";
import { record } from "@/lib/services/orders/transition";
import { settleIntent } from "./receive";
import { refundAll } from "./refund";

declare module "@/lib/queue" {
  interface Jobs {
    /** `extended` is set once the gateway could not be asked and the hold was prolonged. */
    "orders.expire": { orderId: string; extended?: boolean };
  }
}

type Payment = typeof payments.$inferSelect;

/** Minutes by which a hold grows while the gateway cannot be asked or still works on the payment (decisions). */
const EXTENSION_MINUTES = 15;

/**
 * Cancels an order for a person. What was paid goes back in full.
 * @throws ShopError not_found, illegal_transition once packing has begun, gateway_unavailable
 */
export async function cancelOrder(
  actor: Exclude<Actor, System>,
  orderId: string,
  { note }: { note?: string } = {},
): Promise<void> {
  const order = await findOrder(db, actor, orderId);
  // Only whoever bought it or an admin may: an owner's part of it is not the whole order.
  if (actor.kind === "owner" && order.userId !== actor.userId) throw new ShopError("forbidden", {});
  const intents = await closeAtGateway(await openPayment(orderId));
  await withTx(async (tx) => {
    const locked = await takeOver(tx, actor, orderId, intents);
    const reason = actor.kind === "admin" ? "admin" : "shopper";
    const cancelled = await cancelLocked(tx, actor, locked, { reason, note: note || null });
    await closePayments(tx, actor, cancelled);
  });
}

/**
 * The payment window is over: cancels the intent first, then lets go of stock, discount and cart, each once.
 * Money that came in the last moment confirms the order instead; a payment still in the works prolongs the hold.
 */
export async function expire(
  system: System,
  orderId: string,
  extended = false,
): Promise<"expired" | "paid" | "waiting" | "closed"> {
  const state = await dueState(orderId);
  if (state !== "due") return state;
  let intent: PaymentIntentView | null;
  try {
    intent = await closeAtGateway(await openPayment(orderId));
  } catch (error) {
    if (!isShopError(error, "gateway_unavailable")) throw error;
    if (!extended) return prolong(system, orderId, "The payment service could not be asked");
    intent = null;
  }
  if (intent?.status === "processing")
    return prolong(system, orderId, "The payment is still being processed");
  return withTx(async (tx) => {
    const order = await takeOver(tx, system, orderId, intent);
    if (order.status !== "pending") return "paid";
    const cancelled = await cancelLocked(tx, system, order, { reason: "expired" });
    await closePayments(tx, system, cancelled);
    return "expired";
  });
}

/** Locks the order and settles first what the gateway told of its intent: money that came first stays in view. */
async function takeOver(
  tx: Tx,
  actor: Actor,
  orderId: string,
  intent: PaymentIntentView | null,
): Promise<Order> {
  const order = await lockOrder(tx, actor, orderId);
  if (!intent || actor.kind !== "system") return order;
  const [payment] = await tx
    .select()
    .from(payments)
    .where(eq(payments.providerIntentId, intent.id))
    .for("update");
  if (payment) await settleIntent(tx, actor, order, payment, intent);
  return lockOrder(tx, actor, orderId);
}

/** After a cancel: open payments are closed, paid ones are given back. */
async function closePayments(tx: Tx, actor: Actor, order: Order): Promise<void> {
  await tx
    .update(payments)
    .set({ status: "cancelled" })
    .where(and(eq(payments.orderId, order.id), inArray(payments.status, ["pending", "failed"])));
  const paid = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, order.id), eq(payments.status, "paid")))
    .for("update");
  for (const payment of paid)
    await refundAll(tx, actor, order, payment, { reason: "The order was cancelled" });
}

async function openPayment(orderId: string): Promise<Payment | undefined> {
  const [payment] = await db
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, orderId), inArray(payments.status, ["pending", "processing", "failed"])));
  return payment;
}

/** Closes the hosted page and cancels the intent; answers how the intent stands then. @throws gateway_unavailable */
async function closeAtGateway(payment: Payment | undefined): Promise<PaymentIntentView | null> {
  if (payment?.provider !== "stripe") return null;
  if (payment.providerSessionId) {
    const session = await gateway.expireCheckoutSession(payment.providerSessionId);
    if (session.intentId) return gateway.cancelIntent(session.intentId);
  }
  return payment.providerIntentId ? gateway.cancelIntent(payment.providerIntentId) : null;
}

async function dueState(orderId: string): Promise<"due" | "waiting" | "closed"> {
  const [order] = await db
    .select({
      status: orders.status,
      isDue: sql<boolean>`${orders.expiresAt} <= shop_now()`,
      expiresAt: orders.expiresAt,
    })
    .from(orders)
    .where(eq(orders.id, orderId));
  if (order?.status !== "pending" || !order.expiresAt) return "closed";
  if (order.isDue) return "due";
  const runAt = order.expiresAt;
  await withTx((tx) => enqueue(tx, "orders.expire", { orderId }, { key: `orders.expire:${orderId}`, runAt }));
  return "waiting";
}

async function prolong(system: System, orderId: string, reason: string): Promise<"waiting"> {
  await withTx(async (tx) => {
    const order = await lockOrder(tx, system, orderId);
    if (order.status !== "pending") return;
    const [row] = await tx
      .update(orders)
      .set({ expiresAt: sql`shop_now() + make_interval(mins => ${EXTENSION_MINUTES})` })
      .where(eq(orders.id, orderId))
      .returning({ expiresAt: orders.expiresAt });
    await record(tx, system, { orderId, kind: "hold_extended", reason });
    const runAt = row?.expiresAt ?? undefined;
    await enqueue(
      tx,
      "orders.expire",
      { orderId, extended: true },
      { key: `orders.expire:${orderId}`, runAt },
    );
  });
  return "waiting";
}
