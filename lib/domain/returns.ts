/** Returns: the machine of a return request, and what follows from its states. */
import { machine } from "./machine";

export const returnMachine = machine(
  "return",
  ["requested", "approved", "received", "refunded", "rejected", "withdrawn", "expired"],
  {
    // The shop itself where nobody answers in time: silence must not hold goods, money and the order for ever.
    approve: { from: ["requested"], to: "approved", by: ["owner", "admin", "system"] },
    reject: { from: ["requested"], to: "rejected", by: ["owner", "admin"] },
    // An owner is a shopper too, of what they bought themselves.
    withdraw: { from: ["requested"], to: "withdrawn", by: ["guest", "customer", "owner", "admin"] },
    receive: { from: ["approved"], to: "received", by: ["owner", "admin"] },
    refund: { from: ["received"], to: "refunded", by: ["owner", "admin", "system"] },
    expire: { from: ["approved"], to: "expired", by: ["system"] },
  },
);
export type ReturnStatus = (typeof returnMachine)["states"][number];
export type ReturnVerb = keyof (typeof returnMachine)["transitions"];

/** Nothing comes of a return in these any more: it holds the order's completion no longer. */
export const ENDED_RETURN: readonly ReturnStatus[] = ["refunded", "rejected", "withdrawn", "expired"];

/** Days that approved goods may take to arrive. */
export const RETURN_TRAVEL_DAYS = 30;

/** Days after which a return that waits is reminded of, once: for its answer, or for its money once it arrived. */
export const RETURN_REMINDER_DAYS = 3;

/** Days after which the shop approves what nobody answered. */
export const RETURN_ANSWER_DAYS = 14;

/** Why something goes back, in the shopper's words, and whether that is the shop's doing: then it pays the postage. */
export const returnReasons = {
  changed_mind: { label: "I changed my mind", isOurs: false },
  damaged: { label: "It arrived damaged or does not work", isOurs: true },
  wrong_item: { label: "It is not what I ordered", isOurs: true },
  not_as_described: { label: "It is not as described", isOurs: true },
  too_late: { label: "It came too late", isOurs: true },
  other: { label: "Something else", isOurs: false },
} as const;
export type ReturnReason = keyof typeof returnReasons;

/** The words for people; a machine's state is never shown raw. */
export const returnStatusLabel: Record<ReturnStatus, string> = {
  requested: "Asked for",
  approved: "Approved",
  received: "Arrived",
  refunded: "Settled",
  rejected: "Not accepted",
  withdrawn: "Withdrawn",
  expired: "Closed",
};
