/** Disputes: opened by a card or by hand, answered, won or lost. */
import { type Answer, type Call, ok } from "./call";
import { mergeMetadata, object, text } from "./form";
import { page } from "./lists";
import type { BalanceTransaction, Charge, Dispute } from "./model";
import { recordBalance } from "./money-trail";
import { newId } from "./wire";
import type { World } from "./world";

const DISPUTE_FEE = 2000;
const WEEK_S = 7 * 86_400;

/** The bank takes the money away, or only asks (`warning`): `amount` of the charge, all that is left when left out. */
export function openDispute(
  world: World,
  charge: Charge,
  { reason, amount: asked, warning = false }: { reason: string; amount?: number; warning?: boolean },
): Dispute {
  const id = newId("du");
  const amount = asked ?? charge.amount_captured - charge.amount_refunded;
  if (!warning) world.store.put("charge", charge.id, { ...charge, disputed: true });
  const dispute = world.store.put("dispute", id, {
    id,
    object: "dispute",
    amount,
    balance_transactions: warning ? [] : [withdraw(world, id, amount, charge)],
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    evidence: {},
    evidence_details: { due_by: world.now() + WEEK_S },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: warning ? "warning_needs_response" : "needs_response",
  });
  world.emit("charge.dispute.created", dispute);
  if (!warning) world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/** An inquiry that was not answered well enough becomes a dispute: now the money goes. */
export function escalateDispute(world: World, dispute: Dispute): Dispute {
  if (!dispute.status.startsWith("warning_") || dispute.status === "warning_closed") return dispute;
  const charge = world.need("charge", dispute.charge, "charge");
  world.store.put("charge", charge.id, { ...charge, disputed: true });
  const taken = withdraw(world, dispute.id, dispute.amount, charge);
  const raised = world.store.put("dispute", dispute.id, {
    ...dispute,
    status: "needs_response",
    balance_transactions: [taken],
  });
  world.emit("charge.dispute.updated", raised);
  world.emit("charge.dispute.funds_withdrawn", raised);
  return raised;
}

function withdraw(world: World, source: string, amount: number, of: Charge): BalanceTransaction {
  return recordBalance(world, { type: "adjustment", source, amount: -amount, fee: DISPUTE_FEE, of });
}

/** Ends an open dispute; an ended one stays as it is. */
export function closeDispute(world: World, dispute: Dispute, status: "won" | "lost"): Dispute {
  const { amount, id, balance_transactions: taken } = dispute;
  if (dispute.status === "won" || dispute.status === "lost" || dispute.status === "warning_closed")
    return dispute;
  if (dispute.status.startsWith("warning_")) {
    const closed = world.store.put("dispute", id, { ...dispute, status: "warning_closed" });
    world.emit("charge.dispute.closed", closed);
    return closed;
  }
  const fee = -DISPUTE_FEE;
  const back =
    status === "won"
      ? [recordBalance(world, { type: "adjustment", source: id, amount, fee, of: dispute })]
      : [];
  const closed = world.store.put("dispute", id, {
    ...dispute,
    status,
    balance_transactions: [...taken, ...back],
  });
  world.emit("charge.dispute.closed", closed);
  if (status === "won") {
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
