"use server";

import { refresh } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { setCartCount } from "@/lib/cookies";
import * as cart from "@/lib/services/cart";
import * as wishlist from "@/lib/services/wishlist";

const variantInput = z.object({ variantId: z.uuid() });

/** Saves or takes out. Without scripts the wishlist page is the answer. */
export const toggleWishlist = action(variantInput, { visitor: true }, async (shopper, input, { nojs }) => {
  const result = await wishlist.toggle(shopper, input);
  if (nojs) redirect("/wishlist");
  return result;
});

export const removeFromWishlist = action(variantInput, {}, async (shopper, input) => {
  await wishlist.remove(shopper, input);
  redirect(`/wishlist?removed=${input.variantId}`, RedirectType.replace);
});

export const addToWishlist = action(variantInput, { visitor: true }, async (shopper, input) => {
  await wishlist.add(shopper, input);
  redirect("/wishlist", RedirectType.replace);
});

const moveInput = variantInput.extend({ from: z.literal("cart").optional() });

/** One piece into the cart; from the cart's own page back to it. */
export const moveToCart = action(moveInput, {}, async (shopper, { from, ...input }, { nojs }) => {
  const line = await wishlist.moveToCart(shopper, input);
  await setCartCount(line.count);
  if (from === "cart") redirect(`/cart?moved=${input.variantId}`, RedirectType.replace);
  if (nojs) redirect("/cart");
  redirect(`/wishlist?moved=${input.variantId}`, RedirectType.replace);
});

/** From somebody's shared list into the own cart. */
export const addSharedToCart = action(variantInput, { visitor: true }, async (shopper, input, { nojs }) => {
  const line = await cart.add(shopper, { ...input, quantity: 1 });
  await setCartCount(line.count);
  if (nojs) redirect("/cart");
  return line;
});

export const shareWishlist = action(z.object({}), { visitor: true }, async (shopper, _input, { nojs }) => {
  const { token } = await wishlist.share(shopper);
  if (nojs) redirect("/wishlist");
  refresh();
  return { token };
});

export const unshareWishlist = action(z.object({}), {}, async (shopper, _input, { nojs }) => {
  await wishlist.unshare(shopper);
  if (nojs) redirect("/wishlist");
  refresh();
});
