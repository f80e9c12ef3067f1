"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { AuthError } from "next-auth";
import { z } from "zod";
import { action } from "@/lib/action";
import { signOut as closeSession, signIn as openSession, Refused } from "@/lib/auth";
import { refusedTo } from "@/lib/auth-address";
import { oauthProviders } from "@/lib/auth-providers";
import { keepTypedEmail, setCartCount } from "@/lib/cookies";
import { keepDevice } from "@/lib/device";
import {
  claimInput,
  eraseInput,
  forgotInput,
  keepOrderInput,
  passwordInput,
  profileInput,
  resetInput,
  safeCallback,
  sessionInput,
  signInInput,
  signUpInput,
  verifyInput,
} from "@/lib/domain/accounts";
import { ShopError } from "@/lib/domain/errors";
import * as accounts from "@/lib/services/accounts";
import { claim } from "@/lib/services/accounts-claim";
import { erase } from "@/lib/services/accounts-erase";
import * as proof from "@/lib/services/accounts-proof";
import { attach } from "@/lib/services/orders/attach";
import * as secondFactor from "@/lib/services/second-factor";
import * as sessions from "@/lib/services/sessions";
import { getClient, getSession } from "@/lib/session";

/** Signs in and goes on to the page that was wanted. */
export const signIn = action(signInInput, {}, async (_shopper, { callbackUrl, ...credentials }) => {
  await byPassword(credentials);
  const next = `/sign-in/code?callbackUrl=${encodeURIComponent(callbackUrl)}`;
  redirect(((await secondFactor.isAsked(credentials.email)) ? next : callbackUrl) as Route);
});

/** Opens an account. Whether the address had one already is not told: the next page asks to sign in either way. */
export const signUp = action(signUpInput, {}, async (_shopper, { callbackUrl, ...person }) => {
  await accounts.register(person, (await getClient()).ip);
  await keepTypedEmail(person.email);
  redirect(`/sign-in?new=1&callbackUrl=${encodeURIComponent(callbackUrl)}` as Route);
});

const providerInput = z.object({
  provider: z.enum(["google", "github"]),
  callbackUrl: z.string().optional(),
});

/** Goes to the provider's own sign-in. */
export const signInWith = action(providerInput, {}, async (_shopper, { provider, callbackUrl }) => {
  if (!oauthProviders().some(({ id }) => id === provider))
    throw new ShopError("not_found", { what: "way to sign in" });
  // That page goes on to the one that was wanted, or asks for the second factor first.
  const next = `/sign-in?callbackUrl=${encodeURIComponent(safeCallback(callbackUrl))}`;
  const to: string = await openSession(provider, { redirectTo: next, redirect: false });
  redirect(refusedTo(to, next) as Route);
});

/** Ends this session, here and in the database. */
export const signOut = action(z.object({}), {}, async () => {
  await closeSession({ redirect: false });
  await setCartCount(0);
  redirect("/");
});

export const updateProfile = action(profileInput, { who: "user" }, async (user, input, { nojs }) => {
  await accounts.updateProfile(user, input);
  if (nojs) redirect("/account/profile?done=profile" as Route);
});

/** Changes the password: every session ends, and this browser gets a new one. */
export const changePassword = action(passwordInput, { who: "user" }, async (user, input) => {
  const { email } = await accounts.changePassword(user, input);
  await byPassword({ email, password: input.newPassword });
  redirect("/account/profile?done=password" as Route);
});

/** Ends one session of one's own; the one that asks goes on to the sign-in page. */
export const revokeSession = action(sessionInput, { who: "user" }, async (user, { sessionId }) => {
  const current = await getSession();
  await sessions.revoke(user, sessionId);
  redirect((current?.sessionId === sessionId ? "/sign-in" : "/account/profile?done=session") as Route);
});

/** Ends every session of one's own but this one. */
export const revokeOtherSessions = action(z.object({}), { who: "user" }, async (user) => {
  const current = await getSession();
  if (!current) throw new ShopError("sign_in_required", {});
  await sessions.revokeOthers(user, current.sessionId);
  redirect("/account/profile?done=sessions" as Route);
});

/** Asks for a link for a new password. Whether the address has an account is not told. */
export const forgotPassword = action(forgotInput, {}, async (_shopper, { email }) => {
  await proof.requestPasswordReset({ email, ip: (await getClient()).ip });
  redirect("/forgot-password?sent=1" as Route);
});

/** Sets a new password by the link of a mail. */
export const resetPassword = action(resetInput, {}, async (_shopper, input) => {
  const { email } = await proof.resetPassword(input);
  // Whoever read the mail is no stranger: guesses from elsewhere do not keep them out here.
  await keepDevice(email);
  redirect("/sign-in?reset=1" as Route);
});

/** Confirms an address by the link of a mail. */
export const verifyEmail = action(verifyInput, {}, async (shopper, { token }) => {
  await proof.verifyEmail(token, shopper);
  redirect("/verify-email?done=1" as Route);
});

/** Sends one's own address a new link to confirm it. */
export const sendVerification = action(z.object({}), { who: "user" }, async (user) => {
  await proof.requestVerification(user);
  redirect("/verify-email?sent=1" as Route);
});

const orderPage = ({ orderNumber, key }: { orderNumber: string; key?: string | undefined }): string =>
  `/orders/${encodeURIComponent(orderNumber)}${key ? `?key=${encodeURIComponent(key)}` : ""}`;

/** Opens an account on the address of a guest's order. As at sign-up, the next page asks to sign in either way. */
export const claimOrder = action(claimInput, {}, async (shopper, { orderId, password, ...order }) => {
  if (shopper.kind !== "guest") throw new ShopError("forbidden", {});
  const { email } = await claim(shopper, { orderId, password }, (await getClient()).ip);
  await keepTypedEmail(email);
  redirect(`/sign-in?new=1&callbackUrl=${encodeURIComponent(orderPage(order))}` as Route);
});

/** Keeps an order that was placed as a guest in one's own account. */
export const keepOrder = action(keepOrderInput, { who: "user" }, async (user, { orderId, ...order }) => {
  await attach(user, { orderId });
  redirect(orderPage(order) as Route);
});

/** Erases the account and signs out. */
export const eraseAccount = action(eraseInput, { who: "user" }, async (user, input) => {
  await erase(user, input);
  await closeSession({ redirect: false });
  await setCartCount(0);
  redirect("/sign-in?gone=1" as Route);
});

// Auth.js wraps what its door throws; the shop's own error stands below.
async function byPassword(credentials: { email: string; password: string }): Promise<void> {
  try {
    await openSession("credentials", { ...credentials, redirect: false });
  } catch (error) {
    if (error instanceof Refused) throw error.cause ?? new ShopError("wrong_credentials", {});
    if (error instanceof AuthError && error.cause?.err) throw error.cause.err;
    throw error;
  }
}
