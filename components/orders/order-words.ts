/** The sentences of an order's page: where it stands and what happened, in words for the shopper. */
import type { OrderStatus } from "@/lib/domain/orders";

export interface Told {
  readonly status: OrderStatus;
  readonly paymentMethod: string;
  readonly payment: string | null;
  readonly cancelReason: string | null;
  readonly refunded: number;
}

/** The headline of the page. */
export function headline({ status, paymentMethod, payment }: Told): string {
  switch (status) {
    case "pending":
      return payment === "processing" ? "Your payment is on its way" : "Your order waits for its payment";
    case "confirmed":
      return paymentMethod === "cash_on_delivery"
        ? "Thank you. It is ordered"
        : "Thank you. It is paid and ordered";
    case "processing":
      return "It is being packed";
    case "shipped":
      return "It is on its way";
    case "delivered":
      return "It has arrived";
    case "completed":
      return "This order is complete";
    case "cancelled":
      return "This order is cancelled";
  }
}

/** The line below it: what that means and what comes next. */
export function explanation(order: Told & { email: string }): string {
  switch (order.status) {
    case "pending":
      return order.payment === "processing"
        ? "The bank takes a moment. This page follows by itself."
        : "Your pieces are held for you until it is paid.";
    case "confirmed":
      return order.paymentMethod === "cash_on_delivery"
        ? `You pay the courier. The number and ${order.email} bring you back to this page.`
        : `The number and ${order.email} bring you back to this page.`;
    case "processing":
      return "It can no longer be changed; the tracking will stand on this page.";
    case "shipped":
      return "Follow it with the tracking below.";
    case "delivered":
    case "completed":
      return "We hope the lines meet well.";
    case "cancelled":
      return cancelled(order);
  }
}

function cancelled({ cancelReason, refunded }: Told): string {
  const money = refunded > 0 ? " What you paid goes back the way it came." : " Nothing was charged.";
  switch (cancelReason) {
    case "expired":
      return "It was not paid in time, so the pieces went back on the shelf and into your cart.";
    case "shopper":
      return `You cancelled it.${money}`;
    case "payment_failed":
      return `The payment failed.${money}`;
    case "lost":
      return `It was lost on its way.${money}`;
    case "refused":
      return `It came back to us: it was refused, or nobody collected it.${money}`;
    default:
      return `The shop cancelled it.${money}`;
  }
}

const events: Readonly<Record<string, string>> = {
  placed: "Order placed",
  confirmed: "Order confirmed",
  processing: "Packing began",
  shipped: "Handed to the carrier",
  delivered: "Delivered",
  completed: "Completed",
  cancelled: "Cancelled",
  payment_failed: "A payment was declined",
  paid: "Payment received",
  refunded: "Money sent back",
  // Without it a second try would look as if the money had come twice.
  refund_failed: "The money did not reach you yet: we see to it",
  address_changed: "Address changed",
  lines_cancelled: "Some pieces were called off",
  part_cancelled: "A part of the order was called off",
  parcel_lost: "A parcel was lost on its way",
  parcel_returned: "A parcel went back",
  revived: "Your payment came late: the order goes on",
};

const returns: Readonly<Record<string, string>> = {
  return_requested: "You asked to send something back",
  return_approved: "Your return is approved",
  return_rejected: "Your return was refused",
  return_withdrawn: "You withdrew your return",
  return_received: "Your return has arrived",
  return_refunded: "Your return is settled",
  return_expired: "Your return did not arrive in time",
};

/** An event for the timeline; undefined where it is nothing for shoppers. */
export function eventText(event: {
  kind: string;
  machine: string | null;
  toStatus: string | null;
  reason: string | null;
}): string | undefined {
  // Parts and parcels have events of their own; the order's say the same to a shopper, unless a part ends.
  if (event.kind === "part_cancelled") return events.part_cancelled;
  if (event.machine === "return") return returns[event.kind];
  if (event.machine !== null && event.machine !== "order") return undefined;
  const text = events[event.kind] ?? events[event.toStatus ?? ""];
  if (text === undefined && event.toStatus === "pending") return "Order placed";
  return text;
}
