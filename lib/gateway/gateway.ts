/** The shop's own small shapes for what the payment provider says, and what of it may be stored. */
import type Stripe from "stripe";
import { redacted } from "./redact";

export type IntentStatus = Stripe.PaymentIntent.Status;

/** A payment intent as the services see it. Amounts in minor units of `currency` (ISO code, upper case). */
export type PaymentIntentView = {
  id: string;
  status: IntentStatus;
  amount: number;
  amountReceived: number;
  currency: string;
  /** Only for the browser that pays; never logged, never stored. */
  clientSecret: string | null;
  livemode: boolean;
  createdAt: Date;
  latestChargeId: string | null;
  /** What the provider reports ("card", "paypal", …); null until a charge is known and expanded. */
  methodType: string | null;
  cardBrand: string | null;
  cardLast4: string | null;
  lastError: { code: string | null; declineCode: string | null; message: string | null } | null;
  metadata: Record<string, string>;
  /** The whole answer, redacted and storable. */
  response: Record<string, unknown>;
};

export type RefundStatus = "pending" | "requires_action" | "succeeded" | "failed" | "canceled";

export type RefundView = {
  id: string;
  status: RefundStatus;
  amount: number;
  currency: string;
  intentId: string | null;
  chargeId: string | null;
  failureReason: string | null;
  metadata: Record<string, string>;
  /** The whole answer, redacted and storable. */
  response: Record<string, unknown>;
};

/** Money on its way from the provider to the shop's own bank; negative where the provider takes it from there. */
export type BankPayoutView = {
  id: string;
  status: "pending" | "in_transit" | "paid" | "failed" | "canceled";
  amount: number;
  currency: string;
};

export type CheckoutSessionView = {
  id: string;
  status: "open" | "complete" | "expired";
  paymentStatus: "paid" | "unpaid" | "no_payment_required";
  /** Where the shopper goes to pay; null once it is not open. */
  url: string | null;
  intentId: string | null;
  amountTotal: number;
  currency: string;
  livemode: boolean;
  expiresAt: Date;
  metadata: Record<string, string>;
};

export type ChargeView = {
  id: string;
  intentId: string | null;
  amount: number;
  amountRefunded: number;
  currency: string;
  methodType: string | null;
};

export type DisputeView = {
  id: string;
  /** The provider's word: needs_response, under_review, won, lost, warning_… */
  status: string;
  reason: string;
  amount: number;
  currency: string;
  intentId: string | null;
  chargeId: string;
  /** What the provider keeps for it so far, in minor units; 0 where it gave its fee back or does not tell one. */
  fee: number;
  /** Until when evidence counts; null where it is not told. */
  dueBy: Date | null;
};

/** Money on its way to an owner's account. `amountReversed` counts all that came back of it, in minor units. */
export type TransferView = {
  id: string;
  amount: number;
  amountReversed: number;
  currency: string;
  /** The connected account. */
  destination: string | null;
  /** Our payout, from the transfer group. */
  payoutId: string | null;
};

/** What an event is about, already in our shapes. `other` = acknowledged and ignored. */
export type EventSubject =
  | { kind: "intent"; intent: PaymentIntentView }
  | { kind: "session"; session: CheckoutSessionView }
  | { kind: "charge"; charge: ChargeView }
  | { kind: "refund"; refund: RefundView }
  | { kind: "dispute"; dispute: DisputeView }
  | { kind: "transfer"; transfer: TransferView }
  | { kind: "bank_payout"; payout: BankPayoutView }
  | { kind: "other" };

/** A verified event. `type` is the provider's ("payment_intent.succeeded"); `payload` is redacted and storable. */
export type GatewayEvent = {
  id: string;
  type: string;
  createdAt: Date;
  livemode: boolean;
  apiVersion: string | null;
  /** The intent the event is about, whatever its subject; null where there is none. */
  intentId: string | null;
  /** Our own row, from the metadata; null when the provider did not echo it. */
  paymentId: string | null;
  subject: EventSubject;
  payload: Record<string, unknown>;
};

const idOf = (ref: string | { id: string } | null | undefined): string | null =>
  typeof ref === "string" ? ref : (ref?.id ?? null);

const currencyOf = (code: string | null | undefined): string => (code ?? "").toUpperCase();

export function intentView(intent: Stripe.PaymentIntent): PaymentIntentView {
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  const error = intent.last_payment_error;
  const method = charge?.payment_method_details;
  return {
    id: intent.id,
    status: intent.status,
    amount: intent.amount,
    amountReceived: intent.amount_received,
    currency: currencyOf(intent.currency),
    clientSecret: intent.client_secret,
    livemode: intent.livemode,
    createdAt: new Date(intent.created * 1000),
    latestChargeId: idOf(intent.latest_charge),
    methodType: method?.type ?? null,
    cardBrand: method?.card?.brand ?? null,
    cardLast4: method?.card?.last4 ?? null,
    lastError: error
      ? {
          code: error.code ?? null,
          declineCode: error.decline_code ?? null,
          message: error.message ?? null,
        }
      : null,
    metadata: intent.metadata,
    response: redacted(intent),
  };
}

export function refundView(refund: Stripe.Refund): RefundView {
  return {
    id: refund.id,
    status: (refund.status ?? "pending") as RefundStatus,
    amount: refund.amount,
    currency: currencyOf(refund.currency),
    intentId: idOf(refund.payment_intent),
    chargeId: idOf(refund.charge),
    failureReason: refund.failure_reason ?? null,
    metadata: refund.metadata ?? {},
    response: redacted(refund),
  };
}

export function sessionView(session: Stripe.Checkout.Session): CheckoutSessionView {
  return {
    id: session.id,
    status: (session.status ?? "open") as CheckoutSessionView["status"],
    paymentStatus: session.payment_status as CheckoutSessionView["paymentStatus"],
    url: session.url,
    intentId: idOf(session.payment_intent),
    amountTotal: session.amount_total ?? 0,
    currency: currencyOf(session.currency),
    livemode: session.livemode,
    expiresAt: new Date(session.expires_at * 1000),
    metadata: session.metadata ?? {},
  };
}

export function chargeView(charge: Stripe.Charge): ChargeView {
  return {
    id: charge.id,
    intentId: idOf(charge.payment_intent),
    amount: charge.amount,
    amountRefunded: charge.amount_refunded,
    currency: currencyOf(charge.currency),
    methodType: charge.payment_method_details?.type ?? null,
  };
}

export function disputeView(dispute: Stripe.Dispute): DisputeView {
  return {
    id: dispute.id,
    status: dispute.status,
    reason: dispute.reason,
    amount: dispute.amount,
    currency: currencyOf(dispute.currency),
    intentId: idOf(dispute.payment_intent),
    chargeId: idOf(dispute.charge) ?? "",
    fee: (dispute.balance_transactions ?? []).reduce((sum, entry) => sum + (entry.fee ?? 0), 0),
    dueBy: dispute.evidence_details?.due_by ? new Date(dispute.evidence_details.due_by * 1000) : null,
  };
}

export function transferView(transfer: Stripe.Transfer): TransferView {
  return {
    id: transfer.id,
    amount: transfer.amount,
    amountReversed: transfer.amount_reversed,
    currency: currencyOf(transfer.currency),
    destination: idOf(transfer.destination),
    payoutId: transfer.transfer_group,
  };
}

export function bankPayoutView(payout: Stripe.Payout): BankPayoutView {
  return {
    id: payout.id,
    status: payout.status as BankPayoutView["status"],
    amount: payout.amount,
    currency: currencyOf(payout.currency),
  };
}

/** Turns a verified provider event into ours. Unknown kinds become `other`. */
export function eventView(event: Stripe.Event): GatewayEvent {
  const object = event.data.object as { object?: string; metadata?: Record<string, string> | null };
  const subject = subjectOf(event);
  return {
    id: event.id,
    type: event.type,
    createdAt: new Date(event.created * 1000),
    livemode: event.livemode,
    apiVersion: event.api_version,
    intentId: intentOf(subject),
    paymentId: object.metadata?.payment_id ?? null,
    subject,
    payload: redacted(event),
  };
}

function subjectOf(event: Stripe.Event): EventSubject {
  const object = event.data.object as { object?: string };
  switch (object.object) {
    case "payment_intent":
      return { kind: "intent", intent: intentView(object as Stripe.PaymentIntent) };
    case "checkout.session":
      return { kind: "session", session: sessionView(object as Stripe.Checkout.Session) };
    case "charge":
      return { kind: "charge", charge: chargeView(object as Stripe.Charge) };
    case "refund":
      return { kind: "refund", refund: refundView(object as Stripe.Refund) };
    case "dispute":
      return { kind: "dispute", dispute: disputeView(object as Stripe.Dispute) };
    case "transfer":
      return { kind: "transfer", transfer: transferView(object as Stripe.Transfer) };
    case "payout":
      // With an account: an owner's own bank, which is no money of the shop.
      return event.account
        ? { kind: "other" }
        : { kind: "bank_payout", payout: bankPayoutView(object as Stripe.Payout) };
    default:
      return { kind: "other" };
  }
}

function intentOf(subject: EventSubject): string | null {
  switch (subject.kind) {
    case "intent":
      return subject.intent.id;
    case "session":
      return subject.session.intentId;
    case "charge":
      return subject.charge.intentId;
    case "refund":
      return subject.refund.intentId;
    case "dispute":
      return subject.dispute.intentId;
    case "transfer":
    case "bank_payout":
    case "other":
      return null;
  }
}
