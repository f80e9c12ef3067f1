/** The only client of the payment provider: Stripe's SDK, pointed at the sandbox where SANDBOX_URL is set. */
import Stripe from "stripe";
import { ShopError } from "@/lib/domain/errors";
import { isPublic } from "@/lib/edge/origin.mjs";
import { env } from "@/lib/env";
import { isTracing } from "@/lib/running/trace.mjs";
import { failureOf, isUnexpectedState } from "./failures";
import {
  type CheckoutSessionView,
  eventView,
  type GatewayEvent,
  intentView,
  type PaymentIntentView,
  sessionView,
} from "./gateway";
import { isNamed, UnreadableEvent } from "./sound";
import { traced } from "./traced";

/** One try may take 8 s; with its retries a call never takes longer than 16 s. */
const TRY_MS = 8_000;
const CALL_MS = 16_000;
const RETRIES = 2;
/** Seconds that a webhook's timestamp may be off. */
const TOLERANCE_S = 300;
/** The provider refuses sessions shorter than 30 minutes, counted on its own clock. */
const SHORTEST_SESSION_MS = 31 * 60_000;
/** Expiry is rounded up to this, so that two tries of one key ask for the same thing. */
const SESSION_STEP_MS = 600_000;
const LATEST_CHARGE = { expand: ["latest_charge"] };

let client: { made: Stripe; key: string; url: string } | undefined;

/** Whether payments that are opened now move real money. */
export const isLive = (): boolean => /_live_/.test(env.STRIPE_SECRET_KEY ?? "");

function stripe(): Stripe {
  const key = env.STRIPE_SECRET_KEY ?? "";
  const url = env.SANDBOX_URL ?? "";
  if (client?.key === key && client.url === url) return client.made;
  if (!key)
    throw new ShopError("gateway_unavailable", {}, { cause: new Error("STRIPE_SECRET_KEY is not set") });
  if (url && /_live_/.test(key))
    throw new Error("A live Stripe key must never be used with the payment sandbox.");
  if (url && isPublic(env.SITE_URL) && !env.ALLOW_SANDBOX)
    throw new Error("A shop on a public address takes no payments by the sandbox, unless ALLOW_SANDBOX=1.");
  const made = new Stripe(key, {
    timeout: TRY_MS,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    ...(url ? addressOf(url) : {}),
  });
  client = { made, key, url };
  return made;
}

function addressOf(url: string): { host: string; port: string; protocol: "http" | "https" } {
  const { hostname, port, protocol } = new URL(url);
  const plain = protocol === "http:";
  return { host: hostname, port: port || (plain ? "80" : "443"), protocol: plain ? "http" : "https" };
}

/** Runs one call inside the overall time limit and translates its failure. */
export async function call<T>(run: (api: Stripe) => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ShopError("gateway_unavailable", {}, { cause: new Error(`no answer in ${CALL_MS} ms`) }));
    }, CALL_MS);
  });
  try {
    return await Promise.race([run(isTracing() ? traced(stripe()) : stripe()), late]);
  } catch (error) {
    throw failureOf(error);
  } finally {
    clearTimeout(timer);
  }
}

export type IntentInput = {
  paymentId: string;
  orderId: string;
  orderNumber: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** `payment.id:revision`. */
  idempotencyKey: string;
  receiptEmail?: string;
};

const metadataOf = (input: { paymentId: string; orderId: string; orderNumber: string }) => ({
  payment_id: input.paymentId,
  order_id: input.orderId,
  order_number: input.orderNumber,
});

/**
 * Creates the intent of a payment row; the same key gives the same intent.
 * @throws ShopError amount_too_small, gateway_unavailable
 */
export async function createIntent(input: IntentInput): Promise<PaymentIntentView> {
  const params: Stripe.PaymentIntentCreateParams = {
    amount: input.amount,
    currency: input.currency.toLowerCase(),
    automatic_payment_methods: { enabled: true },
    description: `Order ${input.orderNumber}`,
    metadata: metadataOf(input),
    ...(input.receiptEmail ? { receipt_email: input.receiptEmail } : {}),
  };
  const options = { idempotencyKey: `intent:${input.idempotencyKey}` };
  return intentView(await call((api) => api.paymentIntents.create(params, options)));
}

/** @throws GatewayRefusal when there is no such intent; ShopError gateway_unavailable */
export async function retrieveIntent(id: string): Promise<PaymentIntentView> {
  return intentView(await call((api) => api.paymentIntents.retrieve(id, LATEST_CHARGE)));
}

/**
 * Changes an intent that is not paid yet. `amount` in minor units.
 * @throws ShopError amount_too_small, payment_closed (already paid, processing or cancelled), gateway_unavailable
 */
export async function updateIntent(
  id: string,
  input: {
    amount?: number;
    receiptEmail?: string;
    metadata?: Record<string, string>;
    idempotencyKey?: string;
  },
): Promise<PaymentIntentView> {
  const params: Stripe.PaymentIntentUpdateParams = {
    ...(input.amount === undefined ? {} : { amount: input.amount }),
    ...(input.receiptEmail ? { receipt_email: input.receiptEmail } : {}),
    ...(input.metadata ? { metadata: input.metadata } : {}),
  };
  const options = input.idempotencyKey ? { idempotencyKey: `intent-update:${input.idempotencyKey}` } : {};
  try {
    return intentView(await call((api) => api.paymentIntents.update(id, params, options)));
  } catch (error) {
    if (isClosed(error)) throw new ShopError("payment_closed", {});
    throw error;
  }
}

const isClosed = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "payment_intent_unexpected_state";

/**
 * Cancels an intent, or tells how it stands when that is no longer possible: look at `status` of the answer
 * ("canceled": may be released; "succeeded": the money came first; "processing": wait).
 * @throws ShopError gateway_unavailable
 */
export async function cancelIntent(id: string): Promise<PaymentIntentView> {
  const cancelled = await call(async (api) => {
    try {
      return await api.paymentIntents.cancel(id, { cancellation_reason: "abandoned" });
    } catch (error) {
      if (!isUnexpectedState(error)) throw error;
      return await api.paymentIntents.retrieve(id, LATEST_CHARGE);
    }
  });
  return intentView(cancelled);
}

export type SessionInput = IntentInput & {
  /** `{CHECKOUT_SESSION_ID}` in it is replaced by the session's id. */
  successUrl: string;
  cancelUrl: string;
  /** Moved to 31 minutes from now where it is sooner; the answer tells the true one. */
  expiresAt: Date;
};

/**
 * Opens a page at the provider on which the order is paid (works without JavaScript): redirect to `url`.
 * @throws ShopError amount_too_small, gateway_unavailable
 */
export async function createCheckoutSession(input: SessionInput): Promise<CheckoutSessionView> {
  const earliest = Math.max(input.expiresAt.getTime(), Date.now() + SHORTEST_SESSION_MS);
  const expiresAt = Math.ceil(earliest / SESSION_STEP_MS) * (SESSION_STEP_MS / 1000);
  const metadata = metadataOf(input);
  const params: Stripe.Checkout.SessionCreateParams = {
    mode: "payment",
    success_url: input.successUrl,
    cancel_url: input.cancelUrl,
    expires_at: expiresAt,
    client_reference_id: input.orderNumber,
    metadata,
    payment_intent_data: { metadata, description: `Order ${input.orderNumber}` },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: input.currency.toLowerCase(),
          unit_amount: input.amount,
          product_data: { name: `Order ${input.orderNumber}` },
        },
      },
    ],
    ...(input.receiptEmail ? { customer_email: input.receiptEmail } : {}),
  };
  const options = { idempotencyKey: `session:${input.idempotencyKey}` };
  const opened = await call(async (api) => {
    try {
      return await api.checkout.sessions.create(params, options);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeIdempotencyError)) throw error;
      // The first try of this key fell into the step before: the same body again gives the same session.
      const before = expiresAt - SESSION_STEP_MS / 1000;
      return await api.checkout.sessions.create({ ...params, expires_at: before }, options);
    }
  });
  return sessionView(opened);
}

/** @throws GatewayRefusal when there is no such session; ShopError gateway_unavailable */
export async function retrieveCheckoutSession(id: string): Promise<CheckoutSessionView> {
  return sessionView(await call((api) => api.checkout.sessions.retrieve(id)));
}

/** Closes a session, or tells how it stands when it is no longer open. @throws ShopError gateway_unavailable */
export async function expireCheckoutSession(id: string): Promise<CheckoutSessionView> {
  const expired = await call(async (api) => {
    try {
      return await api.checkout.sessions.expire(id);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      return await api.checkout.sessions.retrieve(id);
    }
  });
  return sessionView(expired);
}

/** Every intent made at or after `createdAfter`, newest first; pages are fetched as they are read. */
export async function* listIntents(input: { createdAfter: Date }): AsyncGenerator<PaymentIntentView> {
  const created = { gte: Math.floor(input.createdAfter.getTime() / 1000) };
  let after: string | undefined;
  for (;;) {
    const cursor = after ? { starting_after: after } : {};
    const expand = ["data.latest_charge"];
    const page = await call((api) => api.paymentIntents.list({ limit: 100, created, expand, ...cursor }));
    for (const intent of page.data) yield intentView(intent);
    after = page.data.at(-1)?.id;
    if (!page.has_more || !after) return;
  }
}

/**
 * Reads a webhook. Null when the signature is wrong or older than 300 s (answer 400).
 * @throws UnreadableEvent when the signature is right and the body is no event
 */
export function constructEvent(rawBody: string, signature: string | null): GatewayEvent | null {
  const secret = env.STRIPE_WEBHOOK_SECRET;
  if (!secret) throw new Error("STRIPE_WEBHOOK_SECRET is not set");
  const api = stripe();
  try {
    const event = api.webhooks.constructEvent(rawBody, signature ?? "", secret, TOLERANCE_S);
    if (!isNamed(event)) throw new Error("it has no name");
    return eventView(event);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null;
    throw new UnreadableEvent("not an event", { cause: error });
  }
}
