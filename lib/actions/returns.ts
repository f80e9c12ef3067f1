"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { type ReturnReason, returnReasons } from "@/lib/domain/returns";
import { withdraw } from "@/lib/services/returns/decide";
import { requestReturn as ask } from "@/lib/services/returns/request";

const order = { orderId: z.uuid(), orderNumber: z.string().max(20), key: z.string().max(64).optional() };
const reasons = Object.keys(returnReasons) as [ReturnReason, ...ReturnReason[]];

const requestInput = z
  .object({
    ...order,
    lines: z
      .array(
        z.object({
          orderLineId: z.uuid(),
          quantity: z.coerce.number("A whole number.").int("A whole number.").min(0).max(999),
          reason: z.enum(["", ...reasons], "Please choose why.").default(""),
        }),
      )
      .max(250),
    note: z.string().trim().max(1_000, "At most 1,000 characters.").optional(),
    /** The form's own name, so that a repeated request asks once. */
    requestKey: z.uuid().optional(),
  })
  .check(({ value, issues }) => {
    if (value.lines.every(({ quantity }) => quantity === 0))
      issues.push({
        code: "custom",
        path: ["lines"],
        message: "Choose how many you send back.",
        input: value,
      });
    for (const [i, { quantity, reason }] of value.lines.entries())
      if (quantity > 0 && reason === "")
        issues.push({
          code: "custom",
          path: ["lines", i, "reason"],
          message: "Please say why.",
          input: value,
        });
  });

/** Asks to send pieces back: whoever bought the order, or holds its link. */
export const requestReturn = action(
  requestInput,
  { limit: { name: "return", limit: 30, seconds: 3600 } },
  async (shopper, { orderId, orderNumber, key, lines, note, requestKey }) => {
    const wanted = lines.flatMap(({ reason, ...line }) =>
      line.quantity > 0 && reason !== "" ? [{ ...line, reason }] : [],
    );
    await ask(shopper, { orderId, lines: wanted, note, key: requestKey });
    backTo(orderNumber, key, "return");
  },
);

const withdrawInput = z.object({ ...order, returnId: z.uuid() });

export const withdrawReturn = action(withdrawInput, {}, async (shopper, { returnId, orderNumber, key }) => {
  await withdraw(shopper, { returnId });
  backTo(orderNumber, key, "withdrawn");
});

function backTo(orderNumber: string, key: string | undefined, done: string): never {
  const query = new URLSearchParams({ ...(key ? { key } : {}), done });
  redirect(`/orders/${encodeURIComponent(orderNumber)}?${query}` as Route);
}
