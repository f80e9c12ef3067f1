/** Payments: the machines of a payment, a refund and a dispute, and the ways to pay. */
import { ShopError } from "./errors";
import { type Machine, machine } from "./machine";
import { fractionDigits } from "./money";

/** One row per intent; declines are rows of payment_attempts. */
export const paymentMachine = machine("payment", ["pending", "processing", "paid", "failed", "cancelled"], {
  process: { from: ["pending"], to: "processing", by: ["system"] },
  pay: { from: ["pending", "processing", "failed"], to: "paid", by: ["system"] },
  fail: { from: ["pending", "processing"], to: "failed", by: ["system"] },
  retry: { from: ["failed"], to: "pending", by: ["guest", "customer", "system"] },
  cancel: {
    from: ["pending", "failed"],
    to: "cancelled",
    by: ["guest", "customer", "owner", "admin", "system"],
  },
  payLate: { from: ["cancelled"], to: "paid", by: ["system"] },
});
export type PaymentStatus = (typeof paymentMachine)["states"][number];

export const refundMachine = machine("refund", ["reserved", "pending", "succeeded", "failed"], {
  send: { from: ["reserved"], to: "pending", by: ["system"] },
  succeed: { from: ["reserved", "pending"], to: "succeeded", by: ["system"] },
  fail: { from: ["reserved", "pending", "succeeded"], to: "failed", by: ["system"] },
});
export type RefundStatus = (typeof refundMachine)["states"][number];

export const refundStatusLabel: Record<RefundStatus, string> = {
  reserved: "Asked for",
  pending: "On its way",
  succeeded: "Arrived",
  failed: "Failed",
};

export const disputeMachine = machine("dispute", ["open", "won", "lost"], {
  win: { from: ["open"], to: "won", by: ["system"] },
  lose: { from: ["open"], to: "lost", by: ["system"] },
});
export type DisputeStatus = (typeof disputeMachine)["states"][number];

/** How an order is to be paid. What a card payment turned out to be (wallet, PayPal) is stored as Stripe reports it. */
export const paymentMethods = ["card", "cash_on_delivery", "bank_transfer", "none"] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** Stripe's smallest charge, in minor units (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const CARD_MINIMUM: Record<string, number> = {
  GBP: 30,
  SEK: 300,
  NOK: 300,
  DKK: 250,
  PLN: 200,
  CZK: 1_500,
  HUF: 17_500,
  JPY: 50,
  AED: 200,
  MXN: 1_000,
  HKD: 400,
  THB: 1_000,
  MYR: 200,
  RON: 200,
  EUR: 50,
  USD: 50,
  CHF: 50,
  AUD: 50,
  CAD: 50,
  NZD: 50,
  SGD: 50,
  BRL: 50,
  INR: 50,
};

/** Eight digits are the most that Stripe charges in most currencies, in minor units. */
const CARD_MAXIMUM = 99_999_999;

/** The smallest total that a card can pay, in minor units; 1 where the gateway has to tell by itself. */
export function cardMinimum(currency: string): number {
  return CARD_MINIMUM[currency] ?? 1;
}

/**
 * What card amounts must be a multiple of, in minor units (https://docs.stripe.com/currencies): the last of three
 * decimals is always 0, and the króna has two decimals at Stripe that are always 00. Null: not by card at all, for
 * Stripe's list counts the Uganda shilling without decimals and its special cases with two: a hundredfold mistake.
 */
export function cardStep(currency: string): number | null {
  if (currency === "UGX") return null;
  if (currency === "ISK") return 100;
  return fractionDigits(currency) === 3 ? 10 : 1;
}

/** Why a card cannot be charged exactly this total, in minor units; null where it can. Nothing is rounded behind the shopper. */
export function cardRefusal(total: number, currency: string): ShopError | null {
  const minimum = cardMinimum(currency);
  if (total < minimum) return new ShopError("amount_too_small", { minimum, currency });
  if (total > CARD_MAXIMUM) return new ShopError("amount_too_large", { maximum: CARD_MAXIMUM, currency });
  const step = cardStep(currency);
  return step !== null && total % step === 0 ? null : new ShopError("card_impossible", { currency, step });
}

export const paymentMethodLabel: Record<PaymentMethod, string> = {
  card: "Card",
  cash_on_delivery: "Cash on delivery",
  bank_transfer: "Bank transfer",
  none: "Nothing to pay",
};

/** Whether money comes, and goes back, without the payment service: people look and write it down. */
export const isByHand = (method: string): boolean =>
  method === "cash_on_delivery" || method === "bank_transfer";

export const paymentMachines: readonly Machine[] = [paymentMachine, refundMachine, disputeMachine];
