/** Opens the payment of a pending order at the gateway: one intent, reused over tabs, retries and declines. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { env, requireEnv } from "@/lib/env";
import * as gateway from "@/lib/gateway/stripe";
import { lockOrder } from "@/lib/services/orders/access";
import { orderKey } from "@/lib/services/orders/link";

export interface OpenPayment {
  readonly clientSecret: string;
  readonly publishableKey: string;
  /** True where the offline stand-in takes the card instead of Stripe. */
  readonly sandbox: boolean;
}

/**
 * The intent with which the browser pays. Asking again gives the same one; a crash between the steps is healed by
 * asking again, because the idempotency key comes from the payment row.
 * @throws ShopError not_found, payment_closed (not pending any more), gateway_unavailable
 */
export async function open(shopper: Shopper, orderId: string): Promise<OpenPayment> {
  const { order, payment } = await claim(shopper, orderId, "intent");
  const intent = payment.providerIntentId
    ? await gateway.retrieveIntent(payment.providerIntentId)
    : await gateway.createIntent(intentOf(order, payment));
  await keep(payment, { providerIntentId: intent.id });
  if (!intent.clientSecret || intent.status === "succeeded" || intent.status === "canceled") {
    throw new ShopError("payment_closed", {});
  }
  return {
    clientSecret: intent.clientSecret,
    publishableKey: requireEnv("STRIPE_PUBLISHABLE_KEY"),
    sandbox: Boolean(env.SANDBOX_URL),
  };
}

/**
 * The gateway's own page on which the order is paid, for browsers without JavaScript.
 * @throws ShopError not_found, payment_closed, gateway_unavailable
 */
export async function openHosted(shopper: Shopper, orderId: string): Promise<{ url: string }> {
  const { order, payment } = await claim(shopper, orderId, "session");
  if (payment.providerSessionId) {
    const session = await gateway.retrieveCheckoutSession(payment.providerSessionId);
    if (session.status === "open" && session.url) return { url: session.url };
    throw new ShopError("payment_closed", {});
  }
  const page = `${requireEnv("SITE_URL")}/orders/${order.number}?key=${orderKey(order.id)}`;
  const session = await gateway.createCheckoutSession({
    ...intentOf(order, payment),
    successUrl: page,
    cancelUrl: page,
    expiresAt: order.expiresAt ?? new Date(),
  });
  await keep(payment, { providerSessionId: session.id });
  // A session lives at least 30 minutes, so the hold is extended to match (decisions).
  await withTx(async (tx) => {
    await tx
      .update(orders)
      .set({ expiresAt: sql`greatest(${orders.expiresAt}, ${session.expiresAt.toISOString()}::timestamptz)` })
      .where(and(eq(orders.id, order.id), eq(orders.status, "pending")));
  });
  if (!session.url) throw new ShopError("payment_closed", {});
  return { url: session.url };
}

type Payment = typeof payments.$inferSelect;
type Order = Awaited<ReturnType<typeof lockOrder>>;

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
    const session = await gateway.expireCheckoutSession(other);
    if (session.status === "complete") throw new ShopError("payment_closed", {});
  } else {
    const intent = await gateway.cancelIntent(other);
    if (intent.status !== "canceled") throw new ShopError("payment_closed", {});
  }
  const { payment } = found;
  const revision = payment.revision + 1;
  await withTx((tx) =>
    tx
      .update(payments)
      .set({
        revision,
        idempotencyKey: `${payment.id}:${revision}`,
        providerIntentId: null,
        providerSessionId: null,
      })
      .where(and(eq(payments.id, payment.id), eq(payments.revision, payment.revision))),
  );
  return read(shopper, orderId);
}

async function read(shopper: Shopper, orderId: string): Promise<{ order: Order; payment: Payment }> {
  return withTx(async (tx) => {
    const order = await lockOrder(tx, shopper, orderId);
    const [payment] = await tx
      .select()
      .from(payments)
      .where(
        and(
          eq(payments.orderId, orderId),
          eq(payments.provider, "stripe"),
          inArray(payments.status, ["pending", "failed"]),
        ),
      )
      .for("update");
    const [late] = (await tx.execute(
      sql`SELECT ${order.expiresAt?.toISOString() ?? null}::timestamptz <= shop_now() AS late`,
    )) as unknown as {
      late: boolean | null;
    }[];
    if (order.status !== "pending" || !payment || late?.late) throw new ShopError("payment_closed", {});
    if (payment.status === "failed") {
      await tx
        .update(payments)
        .set({ status: "pending", failureCode: null })
        .where(eq(payments.id, payment.id));
    }
    return { order, payment };
  });
}

async function keep(
  payment: Payment,
  ids: { providerIntentId?: string; providerSessionId?: string },
): Promise<void> {
  await withTx((tx) =>
    tx
      .update(payments)
      .set(ids)
      .where(and(eq(payments.id, payment.id), eq(payments.revision, payment.revision))),
  );
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
