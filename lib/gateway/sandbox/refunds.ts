/** Refunds: at once, pending for a while, or failing later, as the card or the metadata say. */
import { type Answer, type Call, ok } from "./call";
import { behaviourOf } from "./cards";
import { mergeMetadata, text } from "./form";
import { page } from "./lists";
import type { Charge, Refund } from "./model";
import { recordBalance } from "./money-trail";
import { invalid, missingParam, newId } from "./wire";
import type { World } from "./world";

/** What becomes of a refund. `metadata[sandbox]` = pending, fails, pending_fails chooses it for any card. */
type Fate = "at_once" | "pending" | "fails" | "pending_fails";

export function createRefund({ world, form }: Call): Answer {
  const charge = chargeOf({ world, form });
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.status !== "succeeded" || !charge.captured) {
    throw invalid("This charge cannot be refunded because it has not succeeded.", {
      code: "charge_not_refundable",
    });
  }
  if (charge.disputed) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  if (left <= 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw invalid(message, { code: "charge_already_refunded" });
  }
  const given = text(form, "amount");
  const amount = given === undefined ? left : Number(given);
  if (!Number.isInteger(amount) || amount < 1) throw invalid("Invalid positive integer", { param: "amount" });
  if (amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`;
    throw invalid(message, { param: "amount" });
  }
  const metadata = mergeMetadata({}, form);
  const fate = fateOf(world, charge, metadata);
  const waits = fate === "pending" || fate === "pending_fails";
  const id = newId("re");
  const entry = recordBalance(world, { type: "refund", source: id, amount: -amount, fee: 0, of: charge });
  const refund = world.store.put("refund", id, {
    id,
    object: "refund",
    amount,
    balance_transaction: entry.id,
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    metadata,
    payment_intent: charge.payment_intent,
    reason: text(form, "reason") ?? null,
    status: waits ? "pending" : "succeeded",
  });
  const after = giveBack(world, charge, amount);
  world.emit("refund.created", refund);
  world.emit("charge.refunded", after, {
    amount_refunded: charge.amount_refunded,
    refunded: charge.refunded,
  });
  if (fate === "pending") world.later("settle_refund", id);
  if (fate === "fails" || fate === "pending_fails") world.later("fail_refund", id);
  return ok(refund);
}

export function retrieveRefund({ world, id }: Call): Answer {
  return ok(world.need("refund", id, "refund"));
}

export function updateRefund({ world, form, id }: Call): Answer {
  const refund = world.need("refund", id, "refund");
  return ok(world.store.put("refund", id, { ...refund, metadata: mergeMetadata(refund.metadata, form) }));
}

export function listRefunds({ world, form }: Call): Answer {
  return ok(page(world.store.all("refund"), form, "/v1/refunds", ["charge", "payment_intent"]));
}

/** A pending refund arrives. */
export function settleRefund(world: World, id: string): void {
  const refund = world.store.get("refund", id);
  if (refund?.status !== "pending") return;
  tell(world, world.store.put("refund", id, { ...refund, status: "succeeded" }), refund);
}

/** The bank sends the money back: the charge counts it as not refunded again. */
export function failRefund(world: World, id: string): void {
  const refund = world.store.get("refund", id);
  const charge = refund && world.store.get("charge", refund.charge);
  if (!refund || !charge || refund.status === "failed") return;
  const amount = refund.amount;
  const back = recordBalance(world, { type: "refund_failure", source: id, amount, fee: 0, of: charge });
  giveBack(world, charge, -amount);
  const failed: Refund = {
    ...refund,
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: back.id,
  };
  world.store.put("refund", id, failed);
  tell(world, failed, refund);
  world.emit("refund.failed", failed);
}

function tell(world: World, now: Refund, before: Refund): void {
  world.emit("refund.updated", now, { status: before.status });
  world.emit("charge.refund.updated", now, { status: before.status });
}

function giveBack(world: World, charge: Charge, amount: number): Charge {
  const amount_refunded = charge.amount_refunded + amount;
  const refunded = amount_refunded >= charge.amount_captured;
  return world.store.put("charge", charge.id, { ...charge, amount_refunded, refunded });
}

function chargeOf({ world, form }: Pick<Call, "world" | "form">): Charge {
  const id = text(form, "charge");
  if (id) return world.need("charge", id, "charge");
  const intentId = text(form, "payment_intent");
  if (!intentId) throw missingParam("payment_intent");
  const intent = world.need("intent", intentId, "payment_intent");
  if (!intent.latest_charge || intent.status !== "succeeded") {
    throw invalid("This PaymentIntent does not have a successful charge to refund.", {
      code: "payment_intent_unexpected_state",
    });
  }
  return world.need("charge", intent.latest_charge, "charge");
}

function fateOf(world: World, charge: Charge, metadata: Record<string, string>): Fate {
  const asked = metadata.sandbox;
  if (asked === "pending" || asked === "fails" || asked === "pending_fails") return asked;
  const method = world.store.get("method", charge.payment_method ?? "");
  return (method && behaviourOf(method).refund) ?? "at_once";
}
