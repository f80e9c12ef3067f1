"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { ShopError } from "@/lib/domain/errors";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { approve, reject } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";

const one = { returnId: z.uuid(), returnNumber: z.string().max(20) };
const note = z.string().trim().max(1_000, "At most 1,000 characters.");
const pieces = z.coerce.number("A whole number.").int("A whole number.").min(0).max(999);

const approveInput = z.object({ ...one, note: note.optional() });
const rejectInput = z.object({ ...one, note: note.min(3, "Please say why.") });
const receiveInput = z.object({
  ...one,
  lines: z.array(z.object({ orderLineId: z.uuid(), restock: pieces, writeOff: pieces })).max(250),
});
const refundInput = z.object({
  ...one,
  currency: z.string().length(3),
  /** A decimal; the price of what came when left empty. */
  amount: z.string().trim().max(20).optional(),
  shipping: z.literal("1").optional(),
  /** The form's own name, so that a repeated request refunds once. */
  requestKey: z.uuid().optional(),
});

export const approveReturn = action(approveInput, { who: "staff" }, async (staff, input) => {
  await approve(staff, { returnId: input.returnId, note: input.note });
  backTo(input.returnNumber, "approved");
});

export const rejectReturn = action(rejectInput, { who: "staff" }, async (staff, input) => {
  await reject(staff, { returnId: input.returnId, note: input.note });
  backTo(input.returnNumber, "rejected");
});

/** The goods are here: each piece goes on the shelf, is written off, or did not come. */
export const receiveReturn = action(receiveInput, { who: "staff" }, async (staff, input) => {
  await receive(staff, { returnId: input.returnId, lines: input.lines });
  backTo(input.returnNumber, "received");
});

/** Pays for what came; the service looks up what it cost and refuses more. */
export const payReturn = action(refundInput, { who: "staff" }, async (staff, input) => {
  const { returnId, requestKey: key, shipping, currency } = input;
  const amount = input.amount ? parseMoney(input.amount, currency) : undefined;
  if (input.amount && (amount === undefined || amount < 0))
    throw new ShopError("invalid_input", {
      fields: { amount: `Write an amount, like ${toDecimal(1250, currency)}.` },
    });
  await refundReturn(staff, { returnId, key, shipping: shipping === "1", amount });
  backTo(input.returnNumber, "refunded");
});

function backTo(returnNumber: string, done: string): never {
  redirect(`/admin/returns/${encodeURIComponent(returnNumber)}?done=${done}` as Route, RedirectType.replace);
}
