/** Orders: the status machines of an order, of an owner's part of it and of a parcel, and what follows from them. */
import { type Machine, machine } from "./machine";

/** decisions: "confirmed → shipped" is `process` then `ship`, so that both events are written. */
export const orderMachine = machine(
  "order",
  ["pending", "confirmed", "processing", "shipped", "delivered", "completed", "cancelled"],
  {
    // A shopper's actor confirms by choosing cash on delivery; a card order only ever by the system.
    confirm: { from: ["pending"], to: "confirmed", by: ["guest", "customer", "owner", "admin", "system"] },
    process: { from: ["confirmed"], to: "processing", by: ["owner", "admin", "system"] },
    ship: { from: ["processing"], to: "shipped", by: ["owner", "admin", "system"] },
    deliver: { from: ["shipped"], to: "delivered", by: ["owner", "admin", "system"] },
    complete: { from: ["delivered"], to: "completed", by: ["system"] },
    cancel: {
      from: ["pending", "confirmed"],
      to: "cancelled",
      by: ["guest", "customer", "owner", "admin", "system"],
    },
    // An owner only by calling off the last live part of it.
    callOff: { from: ["processing"], to: "cancelled", by: ["owner", "admin", "system"] },
    giveUp: { from: ["shipped"], to: "cancelled", by: ["admin"] },
    revive: { from: ["cancelled"], to: "confirmed", by: ["system"] },
  },
);
export type OrderStatus = (typeof orderMachine)["states"][number];
export type OrderVerb = keyof (typeof orderMachine)["transitions"];

/** One owner's part of an order. `giveUp` follows an order whose parcels were refused or lost. */
export const fulfilmentMachine = machine(
  "fulfilment",
  ["open", "processing", "shipped", "delivered", "cancelled"],
  {
    process: { from: ["open"], to: "processing", by: ["owner", "admin", "system"] },
    ship: { from: ["processing"], to: "shipped", by: ["owner", "admin", "system"] },
    deliver: { from: ["shipped"], to: "delivered", by: ["owner", "admin", "system"] },
    cancel: {
      from: ["open", "processing"],
      to: "cancelled",
      by: ["guest", "customer", "owner", "admin", "system"],
    },
    giveUp: { from: ["shipped"], to: "cancelled", by: ["admin"] },
    revive: { from: ["cancelled"], to: "open", by: ["system"] },
  },
);
export type FulfilmentStatus = (typeof fulfilmentMachine)["states"][number];

export const shipmentMachine = machine("shipment", ["packed", "shipped", "delivered", "lost", "returned"], {
  ship: { from: ["packed"], to: "shipped", by: ["owner", "admin", "system"] },
  deliver: { from: ["shipped"], to: "delivered", by: ["owner", "admin", "system"] },
  lose: { from: ["shipped"], to: "lost", by: ["owner", "admin", "system"] },
  return: { from: ["shipped"], to: "returned", by: ["owner", "admin", "system"] },
});
export type ShipmentStatus = (typeof shipmentMachine)["states"][number];

/**
 * The order's status that its parts add up to: the least advanced live part, `processing` once any part is.
 * Undefined when no part is live (all cancelled).
 */
export function statusOfParts(
  parts: readonly FulfilmentStatus[],
): Extract<OrderStatus, "confirmed" | "processing" | "shipped" | "delivered"> | undefined {
  const live = parts.filter((part) => part !== "cancelled");
  if (live.length === 0) return undefined;
  if (live.every((part) => part === "delivered")) return "delivered";
  if (live.every((part) => part === "delivered" || part === "shipped")) return "shipped";
  return live.every((part) => part === "open") ? "confirmed" : "processing";
}

/** Why a shopper cancels, as they choose it. */
export const cancelReasons = {
  changed_mind: "I changed my mind",
  by_mistake: "I ordered by mistake",
  wrong_goods: "I chose the wrong piece or number",
  wrong_address: "The address is wrong",
  too_slow: "It takes too long",
  cheaper: "I found it cheaper",
} as const;
export type CancelReasonChoice = keyof typeof cancelReasons;

/** What the order's money looks like to people, from its sums in minor units. */
export function paymentStatusOf(order: {
  total: number;
  captured: number;
  refunded: number;
  status: OrderStatus;
  failed?: boolean;
}): "pending" | "paid" | "failed" | "partially refunded" | "refunded" {
  // What came beyond the total was paid twice, and its going back is no refund of what was bought.
  const extra = Math.max(0, order.captured - order.total);
  const refunded = order.refunded - extra;
  if (refunded > 0) return refunded >= order.captured - extra ? "refunded" : "partially refunded";
  if (order.captured > 0 || (order.total === 0 && order.status !== "pending")) return "paid";
  return order.failed ? "failed" : "pending";
}

/** The words for people; a machine's state is never shown raw. */
export const orderStatusLabel: Record<OrderStatus, string> = {
  pending: "Waiting for payment",
  confirmed: "Confirmed",
  processing: "Being packed",
  shipped: "Shipped",
  delivered: "Delivered",
  completed: "Completed",
  cancelled: "Cancelled",
};

export const fulfilmentStatusLabel: Record<FulfilmentStatus, string> = {
  open: "To pack",
  processing: "Being packed",
  shipped: "Shipped",
  delivered: "Delivered",
  cancelled: "Cancelled",
};

export const orderMachines: readonly Machine[] = [orderMachine, fulfilmentMachine, shipmentMachine];
