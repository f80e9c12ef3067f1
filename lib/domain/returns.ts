/** Returns: the machine of a return request. */
import { machine } from "./machine";

export const returnMachine = machine(
  "return",
  ["requested", "approved", "received", "refunded", "rejected", "withdrawn", "expired"],
  {
    approve: { from: ["requested"], to: "approved", by: ["owner", "admin"] },
    reject: { from: ["requested"], to: "rejected", by: ["owner", "admin"] },
    withdraw: { from: ["requested"], to: "withdrawn", by: ["guest", "customer", "admin"] },
    receive: { from: ["approved"], to: "received", by: ["owner", "admin"] },
    refund: { from: ["received"], to: "refunded", by: ["owner", "admin", "system"] },
    expire: { from: ["approved"], to: "expired", by: ["system"] },
  },
);
export type ReturnStatus = (typeof returnMachine)["states"][number];
