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

export const paymentMethodLabel: Record<PaymentMethod, string> = {
  card: "Card",
  cash_on_delivery: "Cash on delivery",
  none: "Nothing to pay",
};

export const paymentMachines: readonly Machine[] = [paymentMachine, refundMachine, disputeMachine];
