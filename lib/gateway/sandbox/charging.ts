/** What happens when an intent is charged: money, a decline, or waiting. */
import { behaviourOf, type Decline } from "./cards";
import type { Charge, ErrorBody, Intent, PaymentMethod } from "./model";
import { chargeFee, recordBalance } from "./money-trail";
import { newId } from "./wire";
import type { World } from "./world";

export type Charged = { intent: Intent; error: ErrorBody | null };

/** Charges `intent` with `method`, authentication being done. Writes the charge and its events. */
export function charge(world: World, intent: Intent, method: PaymentMethod): Charged {
  const behaviour = behaviourOf(method);
  if (behaviour.decline) return decline(world, intent, method, behaviour.decline);
  const made = newCharge(world, intent, method);
  if (behaviour.slow) {
    world.later(behaviour.slow === "succeeds" ? "settle_intent" : "fail_intent", intent.id);
    const pending: Charge = { ...made, status: "pending", paid: false, captured: false, amount_captured: 0 };
    world.store.put("charge", pending.id, pending);
    const waiting = putIntent(world, {
      ...paidWith(intent, method),
      status: "processing",
      latest_charge: pending.id,
      next_action: null,
    });
    world.emit("charge.pending", pending);
    world.emit("payment_intent.processing", waiting);
    return { intent: waiting, error: null };
  }
  if (intent.capture_method === "manual") return authorise(world, intent, method, made);
  if (behaviour.disputed) world.later("dispute", made.id);
  return { intent: succeed(world, paidWith(intent, method), made), error: null };
}

/** The money is there: charge, balance and intent say so. */
export function succeed(world: World, intent: Intent, made: Charge, amount = intent.amount): Intent {
  const settled: Charge = {
    ...made,
    status: "succeeded",
    paid: true,
    captured: true,
    amount_captured: amount,
  };
  const entry = recordBalance(world, {
    type: "charge",
    source: made.id,
    amount,
    fee: chargeFee(amount),
    of: made,
  });
  world.store.put("charge", settled.id, { ...settled, balance_transaction: entry.id });
  const paid = putIntent(world, {
    ...intent,
    status: "succeeded",
    amount_received: amount,
    amount_capturable: 0,
    last_payment_error: null,
    latest_charge: settled.id,
    next_action: null,
  });
  world.emit("charge.succeeded", { ...settled, balance_transaction: entry.id });
  world.emit("payment_intent.succeeded", paid);
  return paid;
}

/** Refused by the bank, now or after processing. */
export function decline(world: World, intent: Intent, method: PaymentMethod, why: Decline): Charged {
  const failed: Charge = {
    ...newCharge(world, intent, method),
    status: "failed",
    paid: false,
    captured: false,
    amount_captured: 0,
    failure_code: why.code,
    failure_message: why.message,
    outcome: { network_status: "declined_by_network", type: "issuer_declined", seller_message: why.message },
  };
  world.store.put("charge", failed.id, failed);
  const error: ErrorBody = {
    type: "card_error",
    code: why.code,
    message: why.message,
    charge: failed.id,
    ...(why.declineCode ? { decline_code: why.declineCode } : {}),
  };
  const refused = refuse(world, { ...intent, latest_charge: failed.id }, error, failed);
  return { intent: refused, error: { ...error, payment_intent: refused } };
}

/** Back to the start, keeping why. A charge that failed is told first, as Stripe does. */
export function refuse(world: World, intent: Intent, error: ErrorBody, failed?: Charge): Intent {
  const refused = putIntent(world, {
    ...intent,
    status: "requires_payment_method",
    payment_method: null,
    last_payment_error: error,
    next_action: null,
  });
  if (failed) world.emit("charge.failed", failed);
  world.emit("payment_intent.payment_failed", refused);
  return refused;
}

export function putIntent(world: World, intent: Intent): Intent {
  return world.store.put("intent", intent.id, intent);
}

function paidWith(intent: Intent, method: PaymentMethod): Intent {
  return { ...intent, payment_method: method.id, last_payment_error: null };
}

function authorise(world: World, intent: Intent, method: PaymentMethod, made: Charge): Charged {
  const held = world.store.put("charge", made.id, { ...made, captured: false, amount_captured: 0 });
  const waiting = putIntent(world, {
    ...paidWith(intent, method),
    status: "requires_capture",
    amount_capturable: intent.amount,
    latest_charge: held.id,
    next_action: null,
  });
  world.emit("charge.succeeded", held);
  world.emit("payment_intent.amount_capturable_updated", waiting);
  return { intent: waiting, error: null };
}

function newCharge(world: World, intent: Intent, method: PaymentMethod): Charge {
  return {
    id: newId("ch"),
    object: "charge",
    amount: intent.amount,
    amount_captured: intent.amount,
    amount_refunded: 0,
    balance_transaction: null,
    captured: true,
    created: world.now(),
    currency: intent.currency,
    description: intent.description,
    disputed: false,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: intent.metadata,
    outcome: {
      network_status: "approved_by_network",
      type: "authorized",
      seller_message: "Payment complete.",
    },
    paid: true,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: method.card
      ? { type: "card", card: method.card }
      : { type: "paypal", paypal: { payer_email: null } },
    receipt_email: intent.receipt_email,
    refunded: false,
    status: "succeeded",
    transfer_group: intent.transfer_group,
  };
}
