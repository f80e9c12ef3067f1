"use server";

import { z } from "zod";
import { action } from "@/lib/action";
import { ShopError } from "@/lib/domain/errors";
import { loseParcel, returnParcel } from "@/lib/services/orders/astray";
import { correctTracking } from "@/lib/services/orders/tracking";
import { cancelLines, cancelPart } from "@/lib/services/payments/cancel-part";
import { giveUp } from "@/lib/services/payments/give-up";
import { backToOrder, orderPage } from "./order-page";
import { rightLabel } from "./parcel-label";

const order = { ...orderPage, orderId: z.uuid() };
/** The form's own name, so that a repeated request moves goods and money once. */
const requestKey = z.uuid().optional();
const note = z.string().trim().max(500, "At most 500 characters.");

const strayInput = z.object({
  ...order,
  shipmentId: z.uuid(),
  became: z.enum(["fit", "damaged", "lost"], "Please choose what became of it."),
  note: note.optional(),
  requestKey,
});
const labelInput = z.object({ ...order, shipmentId: z.uuid(), ...rightLabel });
const callOffInput = z.object({
  ...order,
  fulfilmentId: z.uuid(),
  all: z.literal("1").optional(),
  lines: z
    .array(
      z.object({
        orderLineId: z.uuid(),
        quantity: z.coerce.number("A whole number.").int("A whole number.").min(0).max(9_999),
      }),
    )
    .max(250)
    .default([]),
  /** Of the pieces themselves: for sale again, or written off. */
  became: z.enum(["shelf", "gone"], "Please choose what became of them."),
  note: note.min(3, "Tell the shopper why."),
  requestKey,
});
const giveUpInput = z.object({
  ...order,
  fulfilmentId: z.uuid(),
  became: z.enum(["refused", "damaged", "lost"], "Please choose what became of it."),
  note: note.optional(),
  requestKey,
});

/** A parcel did not arrive: it came back, fit to sell or damaged, or was lost. */
export const parcelStrayed = action(strayInput, { who: "staff" }, async (staff, input) => {
  const { became, requestKey: key, version: seen, orderId, shipmentId } = input;
  const told = { orderId, shipmentId, note: input.note, key, seen };
  if (became === "lost") await loseParcel(staff, told);
  else await returnParcel(staff, { ...told, damaged: became === "damaged" });
  backToOrder(input, became === "lost" ? "lost" : "back");
});

/** Puts carrier and tracking number right. */
export const correctParcel = action(labelInput, { who: "staff" }, async (staff, input) => {
  const { orderId, shipmentId, carrier, trackingNumber, version: seen } = input;
  await correctTracking(staff, { orderId, shipmentId, carrier, trackingNumber, seen });
  backToOrder(input, "corrected");
});

/** Pieces of a part, or all that is left of it, cannot be sent: what was paid for them goes back. */
export const callOff = action(callOffInput, { who: "staff" }, async (staff, input) => {
  const { orderId, fulfilmentId, requestKey: key, version: seen } = input;
  const lines = input.lines.filter(({ quantity }) => quantity > 0);
  const told = { orderId, note: input.note, key, seen, isGone: input.became === "gone" };
  if (input.all) await cancelPart(staff, { ...told, fulfilmentId });
  else if (lines.length > 0) await cancelLines(staff, { ...told, lines });
  else throw new ShopError("invalid_input", { fields: { all: "Choose pieces, or all that is left." } });
  backToOrder(input, "calledoff");
});

/** Ends a part that was sent and never arrived. */
export const giveUpPart = action(giveUpInput, { who: "admin" }, async (admin, input) => {
  const { orderId, fulfilmentId, became, requestKey: key, version: seen } = input;
  await giveUp(admin, {
    orderId,
    fulfilmentId,
    reason: became === "lost" ? "lost" : "refused",
    damaged: became === "damaged",
    note: input.note,
    key,
    seen,
  });
  backToOrder(input, "givenup");
});
