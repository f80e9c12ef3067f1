/** Turns the provider's errors into the shop's, without letting a secret travel along. */
import Stripe from "stripe";
import { ShopError } from "@/lib/domain/errors";

/** A refusal that only a mistake of ours explains (bad parameter, unknown id, changed body under one key). */
export class GatewayRefusal extends Error {
  constructor(
    readonly kind: string,
    readonly code: string | null,
    readonly requestId: string | null,
    message: string,
  ) {
    super(message);
    this.name = "GatewayRefusal";
  }
}

/**
 * The error to throw in place of `error`. The provider's own error object is dropped on purpose: it can hold the
 * whole intent with its client secret, and would end up in a log.
 */
export function failureOf(error: unknown): Error {
  if (!(error instanceof Stripe.errors.StripeError)) {
    return error instanceof Error ? error : new Error(String(error));
  }
  if (error instanceof Stripe.errors.StripeCardError) {
    return new ShopError("card_declined", { declineCode: error.decline_code ?? error.code });
  }
  if (error.code === "amount_too_small") {
    return new ShopError("amount_too_small", minimumIn(error.message));
  }
  if (error.code === "amount_too_large") {
    return new ShopError("amount_too_large", { maximum: 99_999_999, currency: "" });
  }
  if (isRefusal(error)) {
    return new GatewayRefusal(error.type, error.code ?? null, error.requestId ?? null, error.message);
  }
  return new ShopError("gateway_unavailable", {}, { cause: new Error(`${error.type}: ${error.message}`) });
}

/** True when the provider answered that the object is in another state than the call needs. */
export function isUnexpectedState(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return false;
  return error.code === "payment_intent_unexpected_state" || /only .*open|not open/i.test(error.message);
}

function isRefusal(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeIdempotencyError
  );
}

/** Stripe tells the minimum only in its sentence ("at least €0.50 eur"); 50 of the smallest unit is its usual one. */
function minimumIn(message: string): { minimum: number; currency: string } {
  const found = /at least [^\d]*([\d.,]+) ?([a-z]{3})/i.exec(message);
  const currency = (found?.[2] ?? "eur").toUpperCase();
  const [whole = "0", fraction = ""] = (found?.[1] ?? "0.50").split(".");
  return { minimum: Number(whole + fraction), currency };
}
