/** Payments: the machines of a payment, a refund and a dispute, and the ways to pay. */
import { type Machine, machine } from "./machine";

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

export const disputeMachine = machine("dispute", ["open", "won", "lost"], {
  win: { from: ["open"], to: "won", by: ["system"] },
  lose: { from: ["open"], to: "lost", by: ["system"] },
});
export type DisputeStatus = (typeof disputeMachine)["states"][number];

/** How an order is to be paid. What a card payment turned out to be (wallet, PayPal) is stored as Stripe reports it. */
export const paymentMethods = ["card", "cash_on_delivery", "none"] as const;
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

/** The smallest total that a card can pay, in minor units; 1 where the gateway has to tell by itself. */
export function cardMinimum(currency: string): number {
  return CARD_MINIMUM[currency] ?? 1;
}

export const paymentMethodLabel: Record<PaymentMethod, string> = {
  card: "Card",
  cash_on_delivery: "Cash on delivery",
  none: "Nothing to pay",
};

export const paymentMachines: readonly Machine[] = [paymentMachine, refundMachine, disputeMachine];
