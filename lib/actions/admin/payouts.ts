"use server";

import type { Route } from "next";
import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { ShopError } from "@/lib/domain/errors";
import { rateBefore, readRate } from "@/lib/domain/payouts";
import { typedShop } from "@/lib/domain/shops";
import { savedAt } from "@/lib/saved";
import { setCommission } from "@/lib/services/payouts/commission";
import { createPayout } from "@/lib/services/payouts/create";
import { payRun } from "@/lib/services/payouts/run";
import { markFailed, markPaid } from "@/lib/services/payouts/settle";
import { editShop } from "@/lib/services/payouts/shop";

const payInput = z.object({
  ownerId: z.uuid(),
  byHand: z.literal("1").optional(),
  /** The form's own name, so that a repeated request pays once. */
  requestKey: z.uuid().optional(),
});
const runInput = z.object({
  /** Names the form and so the run: a repeated request pays once. */
  requestKey: z.uuid(),
  ownerIds: z.preprocess((ids) => [ids].flat(), z.array(z.uuid()).min(1).max(1_000)),
});
const paidInput = z.object({
  payoutId: z.uuid(),
  reference: z
    .string()
    .trim()
    .min(3, "Please enter what the bank calls it.")
    .max(140, "At most 140 characters."),
});
const failedInput = z.object({
  payoutId: z.uuid(),
  reason: z.string().trim().min(3, "Please say why.").max(300, "At most 300 characters."),
});
const commissionInput = z.object({
  ownerId: z.uuid(),
  version: rateBefore,
  commission: z.string().trim().max(12),
});

/** Pays out all that is due to one owner. */
export const payOut = action(payInput, { who: "admin" }, async (admin, { ownerId, byHand, requestKey }) => {
  const { payoutId, method } = await createPayout(admin, {
    ownerId,
    byHand: byHand === "1",
    ...(requestKey && { key: requestKey }),
  });
  to(`/admin/payouts/${payoutId}?done=${method === "stripe" ? "sent" : "started"}`);
});

/** Pays out all that is due to each of several owners. */
export const payAll = action(runInput, { who: "admin" }, async (admin, { requestKey, ownerIds }) => {
  await payRun(admin, { runId: requestKey, ownerIds });
  to(`/admin/payouts/runs/${requestKey}`);
});

/** The bank sent it. */
export const confirmPayout = action(paidInput, { who: "admin" }, async (admin, input) => {
  await markPaid(admin, input);
  to(`/admin/payouts/${input.payoutId}?done=paid`);
});

/** The bank did not send it. */
export const failPayout = action(failedInput, { who: "admin" }, async (admin, input) => {
  await markFailed(admin, input);
  to(`/admin/payouts/${input.payoutId}?done=failed`);
});

/** A rate in percent for an owner's orders from now on; empty follows the shop's. */
export const changeCommission = action(commissionInput, { who: "admin" }, async (admin, input) => {
  const rate = readRate(input.commission);
  if (rate === undefined)
    throw new ShopError("invalid_input", { fields: { commission: "A rate from 0 to 100, like 12.5." } });
  await setCommission(admin, { ownerId: input.ownerId, rate, version: input.version });
  redirect(savedAt(admin, `/admin/payouts/owners/${input.ownerId}`, "commission"), RedirectType.replace);
});

/** The name of an owner's shop, and their account at Stripe; without one they are paid by hand. */
export const saveShop = action(typedShop, { who: "admin" }, async (admin, input) => {
  for (const tag of await editShop(admin, input)) updateTag(tag);
  redirect(savedAt(admin, `/admin/payouts/owners/${input.ownerId}`, "shop"), RedirectType.replace);
});

function to(path: string): never {
  redirect(path as Route, RedirectType.replace);
}
