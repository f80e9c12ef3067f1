/** Returns: the machine of a return request, and what follows from its states. */
import { machine } from "./machine";

export const returnMachine = machine(
  "return",
  ["requested", "approved", "received", "refunded", "rejected", "withdrawn", "expired"],
  {
    approve: { from: ["requested"], to: "approved", by: ["owner", "admin"] },
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
