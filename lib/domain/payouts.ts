/** Payouts: the machine of a payment from the shop to an owner. */
import { machine } from "./machine";

export const payoutMachine = machine("payout", ["pending", "paid", "failed"], {
  pay: { from: ["pending"], to: "paid", by: ["admin", "system"] },
  fail: { from: ["pending"], to: "failed", by: ["admin", "system"] },
});
export type PayoutStatus = (typeof payoutMachine)["states"][number];
