/** The back office's words for an order: how its money stands, where its goods are, and what happened. */
import type { Tone } from "@/components/ui/badge";
import {
  type FulfilmentStatus,
  fulfilmentStatusLabel,
  type OrderStatus,
  orderStatusLabel,
} from "@/lib/domain/orders";
import type { PaymentMethod } from "@/lib/domain/payments";
import type { StaffEvent } from "@/lib/queries/admin/order";

/** How the money stands. Sums in minor units. */
export function paymentState(order: {
  status: OrderStatus;
  paymentMethod: PaymentMethod;
  total: number;
  captured: number;
  refunded: number;
  isDisputed: boolean;
}): { tone: Tone; text: string } {
  if (order.isDisputed) return { tone: "signal", text: "Disputed" };
  if (order.refunded > 0)
    return { tone: "signal", text: order.refunded >= order.captured ? "Refunded" : "Refunded in part" };
  if (order.captured > 0) return { tone: "good", text: "Paid" };
  if (order.status === "cancelled") return { tone: "quiet", text: "Not charged" };
  if (order.status === "pending") return { tone: "quiet", text: "Unpaid" };
  if (order.paymentMethod === "cash_on_delivery") return { tone: "focus", text: "On delivery" };
  return order.total === 0 ? { tone: "good", text: "Nothing to pay" } : { tone: "quiet", text: "Unpaid" };
}

/** Where the goods are: an owner's own part, or the whole. */
export function goodsState({ status, part }: { status: OrderStatus; part: FulfilmentStatus | null }): string {
  if (status === "pending" || status === "cancelled") return orderStatusLabel[status];
  if (part) return fulfilmentStatusLabel[part];
  return status === "confirmed" ? fulfilmentStatusLabel.open : orderStatusLabel[status];
}

const ORDER: Readonly<Record<string, string>> = {
  placed: "Order placed",
  confirmed: "Order confirmed",
  processing: "Order is being packed",
  shipped: "All parcels are on their way",
  delivered: "All parcels arrived",
  completed: "Completed",
  cancelled: "Order cancelled",
  paid: "Payment received",
  payment_failed: "A payment was declined",
  payment_mismatch: "A payment did not match the order",
  late_success: "Money came in after the end",
  hold_extended: "Hold extended",
  refund_requested: "Refund requested",
  refunded: "Refund sent",
  refund_reversed: "Refund reversed",
  refund_failed: "Refund failed",
  address_changed: "Address changed",
  not_collected: "Less cash to collect",
  revived: "Paid late: the order goes on",
  refund_mismatch: "A refund at the gateway did not match",
  dispute_opened: "The payment is disputed: nothing may leave",
  dispute_won: "Dispute won",
  dispute_lost: "Dispute lost",
  erased: "Personal data erased",
};

const RETURN: Readonly<Record<string, string>> = {
  return_requested: "Return asked for",
  return_approved: "Return approved",
  return_rejected: "Return rejected",
  return_withdrawn: "Return withdrawn",
  return_received: "Return received",
  return_refunded: "Return settled",
  return_expired: "Return never arrived",
};

/** An event as a sentence; undefined where another event of the same moment says it already. */
export function eventSentence({ kind, machine, ownerName, data }: StaffEvent): string | undefined {
  const whose = ownerName ? ` (${ownerName})` : "";
  if (kind === "parcel_sent") {
    const tracking = typeof data.trackingNumber === "string" ? `, ${data.trackingNumber}` : "";
    return `Parcel sent with ${String(data.carrier ?? "a carrier")}${tracking}${whose}`;
  }
  if (kind === "parcel_delivered") return `Parcel arrived${whose}`;
  if (kind === "parcel_lost") return `Parcel lost${whose}`;
  if (kind === "parcel_returned") return `Parcel came back${whose}`;
  if (kind === "parcel_corrected") return `Tracking corrected${whose}`;
  if (kind === "part_processing") return `Packing began${whose}`;
  const back = RETURN[kind];
  if (back) return `${back}${whose}`;
  if (kind === "part_cancelled") return `Part called off${whose}`;
  if (kind === "lines_cancelled") return `Pieces called off${whose}`;
  if (machine === "fulfilment") return undefined;
  return ORDER[kind] ?? kind.replaceAll("_", " ");
}
