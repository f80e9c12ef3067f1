/** Rows of payment intents: making, reading, showing and cancelling one. */
import type { Call } from "./call";
import { putIntent } from "./charging";
import { type FormObject, text } from "./form";
import type { Intent } from "./model";
import { ApiError, invalid, missingParam, newId, randomText } from "./wire";
import type { World } from "./world";

/** Smallest charge per currency, in its smallest unit (docs.stripe.com/currencies). */
const MINIMUM: Record<string, number> = {
  usd: 50,
  eur: 50,
  gbp: 30,
  chf: 50,
  jpy: 50,
  sek: 300,
  nok: 300,
  dkk: 250,
  pln: 200,
  czk: 1500,
  huf: 17_500,
  kwd: 30,
  bhd: 40,
};
const LARGEST = 99_999_999;

/** @throws ApiError where Stripe would refuse the sum */
export function readAmount(form: FormObject, currency: string, param = "amount"): number {
  const given = text(form, param);
  if (given === undefined) throw missingParam(param);
  const amount = Number(given);
  if (!/^-?\d+$/.test(given))
    throw invalid(`Invalid integer: ${given}`, { code: "parameter_invalid_integer", param });
  const minimum = MINIMUM[currency] ?? 1;
  if (amount < minimum) {
    const shown =
      decimals(currency) === 0
        ? `${minimum}`
        : (minimum / 10 ** decimals(currency)).toFixed(decimals(currency));
    throw invalid(`Amount must be at least ${shown} ${currency}`, { code: "amount_too_small", param });
  }
  const step = currency === "isk" ? 100 : decimals(currency) === 3 ? 10 : 1;
  if (amount % step !== 0) {
    throw invalid(`Invalid amount: in ${currency} it must be a multiple of ${step}`, { param });
  }
  if (amount > LARGEST) {
    throw invalid(`Amount must be no more than ${LARGEST}`, { code: "amount_too_large", param });
  }
  return amount;
}

function decimals(currency: string): number {
  if (["jpy", "krw", "vnd", "clp", "huf"].includes(currency)) return currency === "huf" ? 2 : 0;
  return ["kwd", "bhd", "jod", "omr", "tnd"].includes(currency) ? 3 : 2;
}

export function readCurrency(form: FormObject, param = "currency"): string {
  const currency = (text(form, param) ?? "").toLowerCase();
  if (!currency) throw missingParam(param);
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}.`, { param });
  return currency;
}

export function newIntent(
  world: World,
  values: Partial<Intent> & { amount: number; currency: string },
): Intent {
  const id = newId("pi", 24);
  return {
    id,
    object: "payment_intent",
    amount_capturable: 0,
    amount_received: 0,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: "automatic",
    created: world.now(),
    customer: null,
    description: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: {},
    next_action: null,
    payment_method: null,
    payment_method_types: ["card", "paypal"],
    receipt_email: null,
    transfer_group: null,
    status: "requires_payment_method",
    ...values,
  };
}

/** The intent of the path; with the publishable key only together with its client secret. */
export function ownIntent({ world, id, form, publishable }: Call): Intent {
  const intent = world.need("intent", id, "payment_intent");
  if (publishable && text(form, "client_secret") !== intent.client_secret) {
    const message =
      "The client_secret provided does not match the client_secret associated with the PaymentIntent.";
    throw invalid(message, { code: "payment_intent_invalid_parameter", param: "client_secret" });
  }
  return intent;
}

/** What a browser may see of an intent. */
export function shown(intent: Intent, publishable: boolean): unknown {
  if (!publishable) return intent;
  const { metadata: _, latest_charge: __, transfer_group: ___, ...rest } = intent;
  return rest;
}

/** @throws ApiError payment_intent_unexpected_state */
export function cancel(world: World, intent: Intent, reason: string | null): Intent {
  if (["succeeded", "canceled", "processing"].includes(intent.status))
    throw unexpectedState(intent, "cancel");
  const cancelled = putIntent(world, {
    ...intent,
    status: "canceled",
    canceled_at: world.now(),
    cancellation_reason: reason,
    amount_capturable: 0,
    next_action: null,
  });
  world.emit("payment_intent.canceled", cancelled);
  return cancelled;
}

export function unexpectedState(intent: Intent, verb: string): ApiError {
  return new ApiError(400, {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: intent,
  });
}
