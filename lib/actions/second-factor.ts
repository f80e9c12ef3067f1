"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { readVisitor, setCartCount } from "@/lib/cookies";
import { ShopError } from "@/lib/domain/errors";
import { confirmFactorInput, endFactorInput, giveFactorInput } from "@/lib/domain/second-factor";
import * as secondFactor from "@/lib/services/second-factor";
import { getSession, getWaiting } from "@/lib/session";

/** Makes a key and shows it. Whether the account may have one is decided by its role in the database. */
export const beginSecondFactor = action(z.object({}), { who: "user" }, async (user) => {
  await secondFactor.begin(user);
  redirect("/account/profile#second-factor" as Route);
});

/** Turns it on; answers the recovery codes, which are shown this once. */
export const confirmSecondFactor = action(confirmFactorInput, { who: "user" }, async (user, { code }) => {
  const session = await getSession();
  if (!session) throw new ShopError("sign_in_required", {});
  const answer = await secondFactor.confirm(user, code, session.sessionId);
  // The page around the codes says that it is on, and offers no other key.
  refresh();
  return answer;
});

/** The second step at the door: whoever stands there proved the first one in this session. */
export const giveSecondFactor = action(giveFactorInput, {}, async (_shopper, { code, callbackUrl }) => {
  const waiting = await getWaiting();
  if (!waiting) redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}` as Route);
  const { cartCount } = await secondFactor.give(waiting, code, await readVisitor());
  await setCartCount(cartCount);
  redirect(callbackUrl as Route);
});

export const endSecondFactor = action(endFactorInput, { who: "user" }, async (user, input) => {
  await secondFactor.end(user, input);
  redirect("/account/profile?done=factor-off" as Route);
});
