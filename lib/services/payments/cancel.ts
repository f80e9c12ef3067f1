/** Cancel and expiry enter here: first the money at the gateway, then the order, its stock and its cart. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { type Db, db, type Tx } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { Actor, System } from "@/lib/domain/actors";
import { isShopError, ShopError } from "@/lib/domain/errors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import * as gateway from "@/lib/gateway/stripe";
import { enqueue } from "@/lib/queue";
import * as cart from "@/lib/services/cart";
import { findOrder, lockOrder, type Order } from "@/lib/services/orders/access";
import { isPartlySent } from "@/lib/services/orders/call-off";
import { cancelLocked } from "@/lib/services/orders/cancel";
import { holdUntil } from "@/lib/services/orders/hold";
import { refuseIfMoved, type Seen } from "@/lib/services/orders/seen";
import { record } from "@/lib/services/orders/transition";
import { cancelRest } from "./cancel-part";
import { unlessGone } from "./gone";
import { lockPayment, lockToSettle } from "./lock";
import { refundAll } from "./refund";
import { EXTENSION_MINUTES, settleIntent } from "./settle";

declare module "@/lib/queue" {
  interface Jobs {
    /** `extended` is set once the gateway could not be asked and the hold was prolonged. */
    "orders.expire": { orderId: string; extended?: boolean };
    /** A cancelled order may have left something open at the gateway, or money may be on its way. */
    "payments.close": { orderId: string };
  }
}

type Payment = typeof payments.$inferSelect;

/**
 * Cancels an order for a person. What was paid goes back in full. An admin calls off the rest of one that was partly
 * sent: what was sent stays sold.
 * @throws ShopError not_found, forbidden, illegal_transition once packing has begun, gateway_unavailable, conflict where
 * somebody did more to the order than its page showed
 */
export async function cancelOrder(
  actor: Exclude<Actor, System>,
  orderId: string,
  { note, seen }: { note?: string; seen?: Seen } = {},
): Promise<void> {
  const order = await findOrder(db, actor, orderId);
  // Only whoever bought it or an admin may: an owner's part of it is not the whole order.
  const bought = "userId" in actor && order.userId === actor.userId;
  if (actor.kind === "owner" && !bought && actor.orderId !== order.id) throw new ShopError("forbidden", {});
  const reason = actor.kind === "admin" ? "admin" : "shopper";
  // Before anything is closed at the gateway, and once more when nobody else can change it.
  await withTx((tx) => refuseIfMoved(tx, actor, orderId, seen));
  await whenClosed(orderId, closeAtGateway, async (tx, closed) => {
    const locked = await lockOrder(tx, actor, orderId);
    if (await isChanged(tx, orderId, closed)) return AGAIN;
    await refuseIfMoved(tx, actor, orderId, seen);
    if (actor.kind === "admin" && (await isPartlySent(tx, locked))) {
      await cancelRest(tx, actor, locked, note);
      return "cancelled";
    }
    const cancelled = await cancelLocked(tx, actor, locked, { reason, note: note || null });
    await closePayments(tx, actor, cancelled);
    // Money that came first, or is on its way, goes back even if its webhook is lost.
    if (closed.intent && closed.intent.status !== "canceled") await askLater(tx, orderId);
    return "cancelled";
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
  let isSilent = false;
  const close = async (payment: Payment | undefined) => {
    try {
      return await closeAtGateway(payment);
    } catch (error) {
      if (!isShopError(error, "gateway_unavailable")) throw error;
      isSilent = true;
      return null;
    }
  };
  return whenClosed(orderId, close, async (tx, closed) => {
    if (isSilent && !extended) return prolong(tx, system, orderId, "The payment service could not be asked");
    if (closed.intent?.status === "processing")
      return prolong(tx, system, orderId, "The payment is still being processed");
    const [held] = await tx.select({ cartId: orders.cartId }).from(orders).where(eq(orders.id, orderId));
    if (held?.cartId) await cart.lockForRestore(tx, held.cartId);
    await lockOrder(tx, system, orderId);
    if (await isChanged(tx, orderId, closed)) return AGAIN;
    if (closed.payment && closed.intent) await settle(tx, system, orderId, closed.payment.id, closed.intent);
    const order = await lockOrder(tx, system, orderId);
    if (order.status !== "pending") return order.status === "cancelled" ? "closed" : "paid";
    const cancelled = await cancelLocked(tx, system, order, { reason: "expired" });
    await closePayments(tx, system, cancelled);
    if (isSilent) await askLater(tx, orderId);
    return "expired";
  });
}

/**
 * Closes at the gateway what a cancelled order left open there, and settles what it tells: money that came goes back.
 * Throws while the payment is still being processed, so that the job asks again later. @throws gateway_unavailable
 */
export async function closeLeft(system: System, orderId: string): Promise<void> {
  const left = await db
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.orderId, orderId),
        eq(payments.provider, "stripe"),
        inArray(payments.status, ["processing", "cancelled"]),
      ),
    );
  for (const payment of left) {
    const intent = await closeAtGateway(payment);
    if (!intent) continue;
    await withTx((tx) => settle(tx, system, orderId, payment.id, intent));
    if (intent.status === "processing") throw new Error(`payment ${payment.id} is still being processed`);
  }
}

interface Closed {
  readonly payment: Payment | undefined;
  readonly intent: PaymentIntentView | null;
}

const AGAIN = Symbol("again");
const TRIES = 4;

/** Closes the open payment at the gateway, then runs `change`; again where another tab opened a new one in between. */
async function whenClosed<T>(
  orderId: string,
  close: (payment: Payment | undefined) => Promise<PaymentIntentView | null>,
  change: (tx: Tx, closed: Closed) => Promise<T | typeof AGAIN>,
): Promise<T> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const payment = await openPayment(db, orderId);
    const closed = { payment, intent: await close(payment) };
    const done = await withTx((tx) => change(tx, closed));
    if (done !== AGAIN) return done as T;
  }
  throw new ShopError("conflict", { what: "payment" });
}

/** Whether the open payment of a locked order has other objects at the gateway than those that were closed. */
async function isChanged(tx: Tx, orderId: string, { payment }: Closed): Promise<boolean> {
  const open = await openPayment(tx, orderId);
  return (
    open !== undefined &&
    (open.providerIntentId !== (payment?.providerIntentId ?? null) ||
      open.providerSessionId !== (payment?.providerSessionId ?? null))
  );
}

/** Settles what the gateway told of a payment, under the order's lock. */
async function settle(
  tx: Tx,
  system: System,
  orderId: string,
  paymentId: string,
  intent: PaymentIntentView,
): Promise<void> {
  const next = lockPayment(tx, paymentId);
  const [order, [payment]] = await lockToSettle(tx, system, orderId, intent, { next });
  if (payment) await settleIntent(tx, system, order, payment, intent);
}

async function askLater(tx: Tx, orderId: string): Promise<void> {
  await enqueue(tx, "payments.close", { orderId }, { key: `payments.close:${orderId}` });
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

async function openPayment(on: Db | Tx, orderId: string): Promise<Payment | undefined> {
  const [payment] = await on
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, orderId), inArray(payments.status, ["pending", "processing", "failed"])));
  return payment;
}

/** Closes the hosted page and cancels the intent; answers how the intent stands then. @throws gateway_unavailable */
async function closeAtGateway(payment: Payment | undefined): Promise<PaymentIntentView | null> {
  if (payment?.provider !== "stripe") return null;
  if (payment.providerSessionId) {
    const session = await unlessGone(gateway.expireCheckoutSession(payment.providerSessionId));
    if (session?.intentId) return unlessGone(gateway.cancelIntent(session.intentId));
  }
  return payment.providerIntentId ? unlessGone(gateway.cancelIntent(payment.providerIntentId)) : null;
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

async function prolong(tx: Tx, system: System, orderId: string, reason: string): Promise<"waiting"> {
  await lockOrder(tx, system, orderId);
  const runAt = await holdUntil(
    tx,
    orderId,
    sql`shop_now() + make_interval(mins => ${EXTENSION_MINUTES}::int)`,
  );
  if (!runAt) return "waiting";
  await record(tx, system, { orderId, kind: "hold_extended", reason });
  await enqueue(tx, "orders.expire", { orderId, extended: true }, { key: `orders.expire:${orderId}`, runAt });
  return "waiting";
}
