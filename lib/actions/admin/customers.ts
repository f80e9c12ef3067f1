"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { versionInput } from "@/lib/domain/version";
import { savedAt } from "@/lib/saved";
import * as care from "@/lib/services/accounts-care";
import { eraseFor, eraseGuest } from "@/lib/services/accounts-erase";
import { eraseFormerCustomer } from "@/lib/services/former-orders";

const note = z.string().trim().max(4_000, "At most 4,000 characters.");
const noteInput = z.object({ userId: z.uuid(), version: versionInput, note });
const membershipInput = z.object({
  userId: z.uuid(),
  version: versionInput,
  tierId: z.union([z.literal("").transform(() => null), z.uuid()]),
});
const guestInput = z.object({ orderId: z.uuid(), version: versionInput, note });
const eraseInput = z.object({
  /** An account's id, or that of an order: a guest's, or of the former shop. */
  key: z.uuid(),
  isGuest: z.literal("1").optional(),
  isFormer: z.literal("1").optional(),
  typed: z.string().max(254),
  sure: z.literal("on", "Please tick this first."),
});

/** Saves the staff's note on a customer. */
export const noteCustomer = action(noteInput, { who: "admin" }, async (admin, input) => {
  await care.noteCustomer(admin, input);
  redirect(savedAt(admin, `/admin/customers/${input.userId}`, "saved"), RedirectType.replace);
});

/** Gives a customer a membership, or takes it. */
export const giveMembership = action(membershipInput, { who: "admin" }, async (admin, input) => {
  await care.giveMembership(admin, input);
  redirect(savedAt(admin, `/admin/customers/${input.userId}`, "saved"), RedirectType.replace);
});

/** Saves the staff's note on somebody without an account. */
export const noteGuest = action(guestInput, { who: "admin" }, async (admin, input) => {
  await care.noteGuest(admin, input);
  redirect(`/admin/customers/${input.orderId}?done=saved` as Route, RedirectType.replace);
});

/** Erases a customer for good. */
export const eraseCustomer = action(eraseInput, { who: "admin" }, async (admin, input) => {
  const { key, isGuest, isFormer, typed } = input;
  if (isFormer) {
    await eraseFormerCustomer(admin, { orderId: key, typed });
    redirect(`/admin/orders/former/${key}?done=erased` as Route, RedirectType.replace);
  }
  if (isGuest) await eraseGuest(admin, { orderId: key, typed });
  else await eraseFor(admin, { userId: key, typed });
  redirect("/admin/customers?done=erased" as Route, RedirectType.replace);
});
