/** Opens the payment of a pending order at the gateway: one intent, reused over tabs, retries and declines. */
import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { inOneGo } from "@/db/in-one-go";
import { orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { env, requireEnv } from "@/lib/env";
import * as gateway from "@/lib/gateway/stripe";
import { boughtBy, lockOrder, type Order } from "@/lib/services/orders/access";
import { holdUntil } from "@/lib/services/orders/hold";
import { orderKey } from "@/lib/services/orders/link";
import { unlessGone } from "./gone";

/** Statuses in which a payment may still be made. */
const OPEN = ["pending", "failed"] as const;

export interface OpenPayment {
  readonly clientSecret: string;
  readonly publishableKey: string;
  /** True where the offline stand-in takes the card instead of Stripe. */
  readonly sandbox: boolean;
}

/** Other tabs may change the way of paying meanwhile; each try starts from what they left. */
const TRIES = 4;

/**
 * The intent with which the browser pays. Asking again gives the same one; a crash between the steps is healed by
 * asking again, because the idempotency key comes from the payment row.
 * @throws ShopError not_found, payment_closed (not pending any more), conflict, gateway_unavailable
 */
export async function open(shopper: Shopper, orderId: string): Promise<OpenPayment> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { order, payment } = await claim(shopper, orderId, "intent");
    const intent = payment.providerIntentId
      ? await unlessGone(gateway.retrieveIntent(payment.providerIntentId))
      : await gateway.createIntent(intentOf(order, payment));
    if (!intent || intent.status === "canceled") {
      await renew(payment);
    } else if (!(await keep(payment, { providerIntentId: intent.id }))) {
      await gateway.cancelIntent(intent.id);
    } else if (!intent.clientSecret || intent.status === "succeeded") {
      throw new ShopError("payment_closed", {});
    } else {
      return {
        clientSecret: intent.clientSecret,
        publishableKey: requireEnv("STRIPE_PUBLISHABLE_KEY"),
        sandbox: Boolean(env.SANDBOX_URL),
      };
    }
  }
  throw new ShopError("conflict", { what: "payment" });
}

/**
 * The gateway's own page on which the order is paid, for browsers without JavaScript.
 * @throws ShopError not_found, payment_closed, conflict, gateway_unavailable
 */
export async function openHosted(shopper: Shopper, orderId: string): Promise<{ url: string }> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { order, payment } = await claim(shopper, orderId, "session");
    const session = payment.providerSessionId
      ? await unlessGone(gateway.retrieveCheckoutSession(payment.providerSessionId))
      : await createSession(order, payment);
    if (!session || session.status === "expired") {
      await renew(payment);
    } else if (!(await keep(payment, { providerSessionId: session.id }, session.expiresAt))) {
      await gateway.expireCheckoutSession(session.id);
    } else if (!session.url) {
      throw new ShopError("payment_closed", {});
    } else {
      return { url: session.url };
    }
  }
  throw new ShopError("conflict", { what: "payment" });
}

type Payment = typeof payments.$inferSelect;

function createSession(order: Order, payment: Payment) {
  const page = `${requireEnv("SITE_URL")}/orders/${order.number}?key=${orderKey(order.id)}`;
  return gateway.createCheckoutSession({
    ...intentOf(order, payment),
    successUrl: page,
    cancelUrl: page,
    expiresAt: order.expiresAt ?? new Date(),
  });
}

/**
 * The order's open payment, ready for the wanted way. Hosted page and plain intent exclude each other: changing the
 * way closes the old one first and raises the revision, so that both can never be paid.
 */
async function claim(
  shopper: Shopper,
  orderId: string,
  way: "intent" | "session",
): Promise<{ order: Order; payment: Payment }> {
  const found = await read(shopper, orderId);
  const other = way === "intent" ? found.payment.providerSessionId : found.payment.providerIntentId;
  if (!other) return found;
  if (way === "intent") {
    const session = await unlessGone(gateway.expireCheckoutSession(other));
    if (session?.status === "complete") throw new ShopError("payment_closed", {});
  } else {
    const intent = await unlessGone(gateway.cancelIntent(other));
    if (intent && intent.status !== "canceled") throw new ShopError("payment_closed", {});
  }
  await renew(found.payment);
  return read(shopper, orderId);
}

/** Forgets what was closed at the gateway; the next revision has a key of its own. */
async function renew({ id, revision }: Payment): Promise<void> {
  await withTx((tx) =>
    tx
      .update(payments)
      .set({
        revision: revision + 1,
        idempotencyKey: `${id}:${revision + 1}`,
        providerIntentId: null,
        providerSessionId: null,
      })
      .where(and(eq(payments.id, id), eq(payments.revision, revision), inArray(payments.status, OPEN))),
  );
}

async function read(shopper: Shopper, orderId: string): Promise<{ order: Order; payment: Payment }> {
  return withTx(async (tx) => {
    const isOpen = inArray(payments.status, OPEN);
    const [order, [payment], [clock]] = await inOneGo<[Order, Payment[], { late: boolean | null }[]]>([
      () => lockOrder(tx, shopper, orderId, boughtBy(shopper)),
      () =>
        tx
          .select()
          .from(payments)
          .where(and(eq(payments.orderId, orderId), eq(payments.provider, "stripe"), isOpen))
          .for("update"),
      () =>
        tx
          .select({ late: sql<boolean | null>`${orders.expiresAt} <= shop_now()` })
          .from(orders)
          .where(eq(orders.id, orderId)),
    ]);
    if (order.status !== "pending" || !payment || clock?.late) throw new ShopError("payment_closed", {});
    if (payment.status === "failed") {
      await tx
        .update(payments)
        .set({ status: "pending", failureCode: null })
        .where(eq(payments.id, payment.id));
    }
    return { order, payment };
  });
}

/**
 * Keeps the one open way to pay. False where the order was closed meanwhile, or another tab opened the other way: then
 * nobody may pay with this one. A session lives at least 30 minutes, so the hold is extended to match (decisions).
 */
async function keep(
  payment: Payment,
  ids: { providerIntentId: string } | { providerSessionId: string },
  until?: Date,
): Promise<boolean> {
  const [mine, value, other] =
    "providerIntentId" in ids
      ? [payments.providerIntentId, ids.providerIntentId, payments.providerSessionId]
      : [payments.providerSessionId, ids.providerSessionId, payments.providerIntentId];
  return withTx(async (tx) => {
    const isMine = and(
      eq(payments.id, payment.id),
      eq(payments.revision, payment.revision),
      inArray(payments.status, OPEN),
      isNull(other),
      or(isNull(mine), eq(mine, value)),
    );
    const [, kept] = await inOneGo<[unknown, { id: string }[]]>([
      () => tx.select({ id: orders.id }).from(orders).where(eq(orders.id, payment.orderId)).for("update"),
      () => tx.update(payments).set(ids).where(isMine).returning({ id: payments.id }),
    ]);
    if (kept.length > 0 && until)
      await holdUntil(tx, payment.orderId, sql`${until.toISOString()}::timestamptz`);
    return kept.length > 0;
  });
}

function intentOf(order: Order, payment: Payment) {
  return {
    paymentId: payment.id,
    orderId: order.id,
    orderNumber: order.number,
    amount: payment.amount,
    currency: payment.currency,
    idempotencyKey: payment.idempotencyKey,
    receiptEmail: order.email,
  };
}
