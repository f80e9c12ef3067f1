/** Disputes: opened by a card or by hand, answered, won or lost. */
import { type Answer, type Call, ok } from "./call";
import { mergeMetadata, object, text } from "./form";
import { page } from "./lists";
import type { Charge, Dispute } from "./model";
import { recordBalance } from "./money-trail";
import { newId } from "./wire";
import type { World } from "./world";

const DISPUTE_FEE = 2000;

/** The bank takes the money away. */
export function openDispute(world: World, charge: Charge, reason: string): Dispute {
  const id = newId("du");
  const amount = charge.amount_captured - charge.amount_refunded;
  const entry = recordBalance(world, {
    type: "adjustment",
    source: id,
    amount: -amount,
    fee: DISPUTE_FEE,
    of: charge,
  });
  world.store.put("charge", charge.id, { ...charge, disputed: true });
  const dispute = world.store.put("dispute", id, {
    id,
    object: "dispute",
    amount,
    balance_transactions: [entry.id],
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    evidence: {},
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: "needs_response",
  });
  world.emit("charge.dispute.created", dispute);
  world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/** Ends an open dispute; an ended one stays as it is. */
export function closeDispute(world: World, dispute: Dispute, status: "won" | "lost"): Dispute {
  if (dispute.status === "won" || dispute.status === "lost") return dispute;
  const closed = world.store.put("dispute", dispute.id, { ...dispute, status });
  world.emit("charge.dispute.closed", closed);
  if (status === "won") {
    const { amount, id } = dispute;
    recordBalance(world, { type: "adjustment", source: id, amount, fee: -DISPUTE_FEE, of: dispute });
    const charge = world.store.get("charge", dispute.charge);
    if (charge) world.store.put("charge", charge.id, { ...charge, disputed: false });
    world.emit("charge.dispute.funds_reinstated", closed);
  }
  return closed;
}

export function retrieveDispute({ world, id }: Call): Answer {
  return ok(world.need("dispute", id, "dispute"));
}

/** Evidence decides, as in Stripe's test mode: `winning_evidence` and `losing_evidence` as uncategorised text. */
export function updateDispute({ world, form, id }: Call): Answer {
  const dispute = world.need("dispute", id, "dispute");
  const given = object(form, "evidence") ?? {};
  const evidence = mergeMetadata(dispute.evidence, form, "evidence");
  const metadata = mergeMetadata(dispute.metadata, form);
  const submitted = text(form, "submit") !== "false" && Object.keys(given).length > 0;
  const open = dispute.status === "needs_response";
  const status = open && submitted ? "under_review" : dispute.status;
  const updated = world.store.put("dispute", id, { ...dispute, evidence, metadata, status });
  world.emit("charge.dispute.updated", updated);
  const words = text(given, "uncategorized_text");
  if (words === "winning_evidence") return ok(closeDispute(world, updated, "won"));
  if (words === "losing_evidence") return ok(closeDispute(world, updated, "lost"));
  return ok(updated);
}

/** The shop accepts it. */
export function acceptDispute({ world, id }: Call): Answer {
  return ok(closeDispute(world, world.need("dispute", id, "dispute"), "lost"));
}

export function listDisputes({ world, form }: Call): Answer {
  return ok(page(world.store.all("dispute"), form, "/v1/disputes", ["charge", "payment_intent"]));
}
