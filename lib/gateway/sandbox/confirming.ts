/** Confirming an intent with a method, and the authentication that may come between. */
import { type Answer, type Call, ok } from "./call";
import { behaviourOf, namedMethod, readMethod } from "./cards";
import { type Charged, charge, putIntent, refuse } from "./charging";
import { object, text } from "./form";
import { ownIntent, shown, unexpectedState } from "./intent-rows";
import type { ErrorBody, Intent, NextAction, PaymentMethod } from "./model";
import { followIntent } from "./session-state";
import { invalid, missingObject, pageKey } from "./wire";
import type { World } from "./world";

export const AUTHENTICATION_FAILED: ErrorBody = {
  type: "card_error",
  code: "payment_intent_authentication_failure",
  message: "We could not authenticate your payment method. Please choose another one and try again.",
};

export function confirmIntent(call: Call): Answer {
  const { world, form, publishable } = call;
  const intent = ownIntent(call);
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)) {
    throw unexpectedState(intent, "confirm");
  }
  const method = methodOf(call, intent);
  const result = pay(world, intent, method, text(form, "return_url") ?? null);
  if (result.error) {
    const payment_intent = shown(result.intent, publishable);
    return { status: 402, body: { error: { ...result.error, payment_intent } } };
  }
  return ok(shown(result.intent, publishable));
}

/** Charges, or asks for authentication first. Keeps the session in step. */
export function pay(world: World, intent: Intent, method: PaymentMethod, returnUrl: string | null): Charged {
  world.store.put("method", method.id, method);
  if (returnUrl) world.store.put("return_to", intent.id, { url: returnUrl });
  if (behaviourOf(method).threeDs) {
    const waiting = putIntent(world, {
      ...intent,
      status: "requires_action",
      payment_method: method.id,
      last_payment_error: null,
      next_action: nextAction(intent, returnUrl),
    });
    world.emit("payment_intent.requires_action", waiting);
    return { intent: waiting, error: null };
  }
  const result = charge(world, intent, method);
  followIntent(world, result.intent);
  return result;
}

/** The answer of the authentication page. Twice the same answer changes nothing. */
export function authenticate(world: World, intent: Intent, passed: boolean): Intent {
  if (intent.status !== "requires_action") return intent;
  const method = world.store.get("method", intent.payment_method ?? "");
  if (!passed || !method) return refuse(world, intent, AUTHENTICATION_FAILED);
  const { intent: done } = charge(world, { ...intent, next_action: null }, method);
  followIntent(world, done);
  return done;
}

/** Where the shopper authenticates, on the shop's own origin. */
function nextAction(intent: Intent, returnUrl: string | null): NextAction {
  const path = `/sandbox/3ds/${intent.id}?key=${pageKey(intent.client_secret)}`;
  if (!returnUrl) {
    return { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: path } };
  }
  const url = new URL(path, originOf(returnUrl)).toString();
  return { type: "redirect_to_url", redirect_to_url: { url, return_url: returnUrl } };
}

/** @throws ApiError when it is not an absolute http(s) address */
export function originOf(url: string, param = "return_url"): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw invalid("Not a valid URL", { code: "url_invalid", param });
  return parsed.origin;
}

function methodOf({ world, form }: Call, intent: Intent): PaymentMethod {
  const data = object(form, "payment_method_data");
  if (data) return readMethod(data, world.now());
  const id = text(form, "payment_method") ?? intent.payment_method;
  if (!id) {
    const message = "You cannot confirm this PaymentIntent because it's missing a payment method.";
    throw invalid(message, { code: "payment_intent_unexpected_state", payment_intent: intent });
  }
  if (id.startsWith("pm_card_")) return namedMethod(id, world.now());
  const known = world.store.get("method", id);
  if (!known) throw missingObject("PaymentMethod", id);
  return known;
}
