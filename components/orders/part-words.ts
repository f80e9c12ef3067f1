/** The words of an order's parts and parcels for shoppers: how far it is, and what comes next. */
import type { Part } from "@/lib/queries/order-after";

const travels = ({ parcels }: Part) => parcels.some(({ status }) => status === "shipped");

/** How far a part is, in two or three words. */
export function partState(part: Part): string {
  switch (part.status) {
    case "open":
      return "Not packed yet";
    case "processing":
      return part.parcels.length > 0 ? "Partly on its way" : "Being packed";
    case "shipped":
      return travels(part) ? "On its way" : "Did not arrive";
    case "delivered":
      return "Delivered";
    case "cancelled":
      return "Cancelled";
  }
}

/** What comes next, as a sentence. */
export function partNext(part: Part): string {
  switch (part.status) {
    case "open":
      return "It is packed within a working day. The tracking stands here once it leaves.";
    case "processing":
      return part.parcels.length > 0
        ? "One parcel left already, the rest follows."
        : "It leaves soon. The tracking stands here then.";
    case "shipped":
      return travels(part)
        ? "Follow it by its number."
        : "It was lost or went back. We write to you about a new parcel or your money.";
    case "delivered":
      return "All of it has arrived.";
    case "cancelled":
      return "Nothing of it is sent. What was paid for it goes back.";
  }
}

/** "2 × Grating Cushion, Cobalt". */
export function piecesOf({ name, title }: { name: string; title: string }, quantity: number): string {
  const what = title ? `${name}, ${title}` : name;
  return quantity > 1 ? `${quantity} × ${what}` : what;
}
