"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { setCartCount } from "@/lib/cookies";
import { addInput, quantityInput } from "@/lib/domain/cart";
import { SOLD_MEANWHILE } from "@/lib/domain/catalog";
import { isShopError } from "@/lib/domain/errors";
import * as cart from "@/lib/services/cart";

const lineInput = z.object({ itemId: z.uuid() });
const undoInput = z.object({ variantId: z.uuid(), quantity: z.coerce.number().int().min(1).max(999) });
const codeInput = z.object({
  code: z
    .string()
    .trim()
    .min(1, "Please enter a code.")
    .regex(/^[\w-]{2,40}$/, "A code has letters, digits and dashes only."),
});
const estimateInput = z.object({
  country: z.string().regex(/^[A-Z]{2}$/, "Please choose a country."),
  region: z.string().trim().max(60).optional(),
});

/** Adds a variant. Without scripts the cart page is the answer; with them the page keeps the count (cart-count.ts). */
export const addToCart = action(addInput, { visitor: true }, async (shopper, input, { nojs }) => {
  if (!nojs) return cart.add(shopper, input);
  const line = await cart.add(shopper, input).catch(leadBackToItsPage);
  await setCartCount(line.count);
  redirect("/cart");
});

/**
 * When the last piece goes, thousands may have its page open. To draw the page for each who comes too late would keep
 * those waiting who pay: the page that is kept says it as well, in words that unfold where an address ends on them.
 */
async function leadBackToItsPage(error: unknown): Promise<never> {
  const isGone = isShopError(error, "sold_out") && error.data.lines.every(({ available }) => available === 0);
  const from = /^https?:\/\/[^/]+(\/p\/[^?#]+)/.exec((await headers()).get("referer") ?? "")?.[1];
  if (isGone && from) redirect(`${from}#${SOLD_MEANWHILE}` as Route);
  throw error;
}

export const changeQuantity = action(quantityInput, {}, async (shopper, input, { nojs }) => {
  if (input.quantity === 0) {
    const line = await cart.remove(shopper, input);
    await setCartCount(line.count);
    redirect(`/cart?removed=${line.variantId}&quantity=${line.quantity}`, RedirectType.replace);
  }
  const { count } = await cart.setQuantity(shopper, input);
  await setCartCount(count);
  if (nojs) redirect("/cart");
});

/** Takes a line out; the page that follows offers to undo it. */
export const removeLine = action(lineInput, {}, async (shopper, input) => {
  const line = await cart.remove(shopper, input);
  await setCartCount(line.count);
  redirect(`/cart?removed=${line.variantId}&quantity=${line.quantity}`, RedirectType.replace);
});

export const undoRemove = action(undoInput, {}, async (shopper, input) => {
  const { count } = await cart.undoRemove(shopper, input);
  await setCartCount(count);
  redirect("/cart", RedirectType.replace);
});

export const saveLineForLater = action(lineInput, {}, async (shopper, input) => {
  const line = await cart.saveForLater(shopper, input);
  await setCartCount(line.count);
  const fresh = line.isNew ? "&new=1" : "";
  redirect(`/cart?saved=${line.variantId}&quantity=${line.quantity}${fresh}`, RedirectType.replace);
});

export const undoSave = action(
  undoInput.extend({ isNew: z.literal("1").optional() }),
  {},
  async (shopper, { isNew, ...line }) => {
    const { count } = await cart.undoSave(shopper, { ...line, isNew: isNew === "1" });
    await setCartCount(count);
    redirect("/cart", RedirectType.replace);
  },
);

/** What changed stands on the page that this button is on, so pressing it accepts it. */
export const beginCheckout = action(z.object({}), {}, async (shopper) => {
  const { count } = await cart.acceptChanges(shopper);
  await setCartCount(count);
  redirect("/checkout");
});

// Codes are short: without a limit they could be guessed.
const tries = { name: "code", limit: 20, seconds: 3600 };

export const applyCode = action(codeInput, { limit: tries }, async (shopper, input, { nojs }) => {
  await cart.applyCode(shopper, input);
  if (nojs) redirect("/cart");
  refresh();
});

export const removeCode = action(z.object({}), {}, async (shopper, _input, { nojs }) => {
  await cart.removeCode(shopper);
  if (nojs) redirect("/cart");
  refresh();
});

export const estimateFor = action(estimateInput, {}, async (shopper, input, { nojs }) => {
  await cart.setEstimate(shopper, input);
  if (nojs) redirect("/cart");
  refresh();
});
