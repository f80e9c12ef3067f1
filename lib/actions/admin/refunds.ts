"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { ShopError } from "@/lib/domain/errors";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { refundsHref } from "@/lib/domain/refund-list";
import { recordPaidBack, refund } from "@/lib/services/payments/refund";
import { refundAgain } from "@/lib/services/payments/refund-again";
import { backToOrder, orderPage } from "./order-page";

const at = { ...orderPage, requestKey: z.uuid().optional() };
const sum = z.string().trim().max(20).optional();

const refundInput = z.object({
  ...at,
  orderId: z.uuid(),
  currency: z.string().length(3),
  lines: z
    .array(
      z.object({
        orderLineId: z.uuid(),
        quantity: z.coerce.number("A whole number.").int("A whole number.").min(0).max(9_999),
        restock: z.literal("1").optional(),
      }),
    )
    .max(250)
    .default([]),
  /** Decimals. */
  shipping: sum,
  amount: sum,
  /** What the form said is left, in minor units. */
  left: z.union([z.literal("").transform(() => undefined), z.coerce.number().int()]).optional(),
  reason: z.string().trim().min(3, "Tell the shopper why.").max(500, "At most 500 characters."),
});
const oneInput = z.object({
  ...at,
  /** Sent from the order's page; the refund knows its order. */
  orderId: z.uuid().optional(),
  refundId: z.uuid(),
  /** The query string of the list of refunds, where the form stands in it and not on the order's page. */
  refunds: z.string().max(1_000).optional(),
});

/** Gives money back for pieces, for the shipping, or as an amount. The service refuses more than is left. */
export const refundOrder = action(refundInput, { who: "admin" }, async (admin, input) => {
  const { orderId, requestKey: key, reason, currency, left, version: seen } = input;
  const lines = input.lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ restock, ...line }) => ({ ...line, restock: restock === "1" }));
  const shipping = moneyOf("shipping", input.shipping, currency) ?? 0;
  const amount = moneyOf("amount", input.amount, currency);
  if (lines.length === 0 && shipping === 0 && amount === undefined)
    throw new ShopError("invalid_input", { fields: { lines: "Choose pieces, shipping or an amount." } });
  const wish = { lines, shipping, ...(amount !== undefined && { amount }) };
  await refund(admin, { orderId, key, ...wish, reason, seen, left });
  backToOrder(input, "refunded");
});

/** Tries a refund again that failed. */
export const retryRefund = action(oneInput, { who: "admin" }, async (admin, input) => {
  await refundAgain(admin, { refundId: input.refundId, key: input.requestKey });
  back(input, "retried");
});

/** Cash was handed back, or could not be. */
export const recordCashBack = action(
  oneInput.extend({ do: z.enum(["paid", "failed"]) }),
  { who: "admin" },
  async (admin, input) => {
    await recordPaidBack(admin, { refundId: input.refundId, isDone: input.do === "paid" });
    back(input, input.do === "paid" ? "paidback" : "notpaid");
  },
);

function back(input: z.output<typeof oneInput>, done: string): never {
  if (input.refunds === undefined) return backToOrder(input, done);
  redirect(refundsHref(input.refunds, done) as Route, RedirectType.replace);
}

function moneyOf(field: string, text: string | undefined, currency: string): number | undefined {
  if (!text) return undefined;
  const amount = parseMoney(text, currency);
  if (amount === undefined || amount < 0)
    throw new ShopError("invalid_input", {
      fields: { [field]: `Write an amount, like ${toDecimal(1250, currency)}.` },
    });
  return amount;
}
