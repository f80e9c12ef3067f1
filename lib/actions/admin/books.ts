"use server";

import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { ShopError } from "@/lib/domain/errors";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { remitCash } from "@/lib/services/payouts/remit";

const cashInput = z.object({
  currency: z.string().length(3),
  /** Decimals. */
  amount: z.string().trim().max(20),
  reference: z.string().trim().min(2, "As the bank's list says.").max(140, "At most 140 characters."),
  /** How many remittances there were when the form was drawn. */
  seen: z.coerce.number().int().optional(),
  /** The form's own name, so that a repeated request books it once. */
  requestKey: z.uuid().optional(),
});

/** Cash that couriers collected arrived at the bank. */
export const bookCash = action(cashInput, { who: "admin" }, async (admin, input) => {
  const { currency, reference, seen, requestKey: key } = input;
  const amount = parseMoney(input.amount, currency);
  if (amount === undefined || amount <= 0)
    throw new ShopError("invalid_input", {
      fields: { amount: `Write an amount, like ${toDecimal(1250, currency)}.` },
    });
  await remitCash(admin, { amount, currency, reference, seen, key });
  redirect("/admin/books?done=cash", RedirectType.replace);
});
