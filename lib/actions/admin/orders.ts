"use server";

import { z } from "zod";
import { action } from "@/lib/action";
import { addressInput } from "@/lib/domain/addresses";
import { sendAgain } from "@/lib/services/notifications/again";
import { changeAddress } from "@/lib/services/orders/address";
import { deliver } from "@/lib/services/orders/deliver";
import { addNote } from "@/lib/services/orders/notes";
import { ship, startProcessing } from "@/lib/services/orders/ship";
import { markTransferred } from "@/lib/services/payments/by-transfer";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { backToOrder, orderPage } from "./order-page";
import { parcelLabel } from "./parcel-label";

const order = { ...orderPage, orderId: z.uuid() };

const shipInput = z.object({
  ...order,
  fulfilmentId: z.uuid(),
  ...parcelLabel,
  lines: z
    .array(
      z.object({
        orderLineId: z.uuid(),
        quantity: z.coerce.number("A whole number.").int("A whole number.").min(0).max(999),
      }),
    )
    .max(250)
    .optional(),
  /** The form's own name, so that a repeated request sends one parcel. */
  requestKey: z.uuid().optional(),
});
const partInput = z.object({ ...order, fulfilmentId: z.uuid() });
const parcelInput = z.object({ ...order, shipmentId: z.uuid() });
const reasonInput = z.object({
  ...order,
  note: z.string().trim().min(3, "Please say why.").max(500, "At most 500 characters."),
});
const transferInput = z.object({
  ...order,
  reference: z.string().trim().min(2, "As the bank's list says.").max(140, "At most 140 characters."),
  requestKey: z.uuid().optional(),
});
const noteInput = z.object({
  ...order,
  body: z.string().trim().min(1, "Please write something.").max(2_000, "At most 2,000 characters."),
});

/** Sends a parcel of one part of an order. */
export const sendParcel = action(
  shipInput,
  { who: "staff" },
  async (staff, { orderId, orderNumber, list, requestKey: key, version: seen, ...parcel }) => {
    await ship(staff, orderId, { ...parcel, key, seen });
    backToOrder({ orderNumber, list }, "sent");
  },
);

export const startPacking = action(partInput, { who: "staff" }, async (staff, input) => {
  await startProcessing(staff, input.orderId, input.fulfilmentId, input.version);
  backToOrder(input, "packing");
});

export const markDelivered = action(parcelInput, { who: "staff" }, async (staff, input) => {
  await deliver(staff, { orderId: input.orderId, shipmentId: input.shipmentId, seen: input.version });
  backToOrder(input, "delivered");
});

/** The money of a bank transfer came. */
export const markPaidByTransfer = action(transferInput, { who: "admin" }, async (admin, input) => {
  const { orderId, reference, requestKey: key, version: seen } = input;
  await markTransferred(admin, { orderId, reference, key, seen });
  backToOrder(input, "transferred");
});

/** Cancels the whole order and gives back what was paid. */
export const cancelForShop = action(reasonInput, { who: "admin" }, async (admin, input) => {
  await cancelOrder(admin, input.orderId, { note: input.note, seen: input.version });
  backToOrder(input, "cancelled");
});

export const writeNote = action(noteInput, { who: "staff" }, async (staff, input) => {
  await addNote(staff, { ...input, seen: input.version });
  backToOrder(input, "noted");
});

const addressChange = z.object({ ...order, shipping: addressInput, requestKey: z.uuid().optional() });

/** Sends an order somewhere else until somebody packs it. */
export const changeAddressForShop = action(addressChange, { who: "admin" }, async (admin, input) => {
  const { orderId, shipping, requestKey: key, version: seen } = input;
  await changeAddress(admin, { orderId, shipping, key, seen });
  backToOrder(input, "address");
});

/** Sends a mail of the order once more. */
export const sendMailAgain = action(
  z.object({ ...order, mailId: z.uuid(), requestKey: z.uuid().optional() }),
  { who: "admin" },
  async (admin, input) => {
    await sendAgain(admin, { mailId: input.mailId, key: input.requestKey });
    backToOrder(input, "mailed");
  },
);
