/** Who is asking: turns this request's cookies into an actor. The only place where people's actors are made. */

import type { Route } from "next";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { WHOLE_PAGE } from "@/lib/csp/policy.mjs";
import { cookieName, giveVisitor, readVisitor } from "./cookies";
import type { Admin, Customer, Guest, Owner, Shopper, User } from "./domain/actors";
import { mint } from "./domain/mint";
import { networkOf } from "./edge/client.mjs";
import { requireEnv } from "./env";
import { openLink } from "./services/orders/link";
import * as sessions from "./services/sessions";

/** An order's number and the key of its signed link, as they stand in `/orders/NUMBER?key=…`. */
export interface OrderLink {
  orderNumber?: string;
  key?: string;
}

/** The shopper of this request: a guest under the visitor cookie, or the user of a live session. */
export async function getShopper(link: OrderLink = {}): Promise<Shopper> {
  const session = await getSession();
  const orderId = await linkedOrder(link);
  if (session) return userActor(session, orderId);
  return mint<Guest>({ kind: "guest", tokenHash: await readVisitor(), orderId });
}

/** The actor of a user whose identity was proved: by a live session, or by signing in just now. */
export function userActor(
  { userId, role, ownerId }: Pick<sessions.SessionUser, "userId" | "role" | "ownerId">,
  orderId: string | null = null,
): User {
  if (role === "admin") return mint<Admin>({ kind: "admin", userId, orderId });
  if (role === "owner" && ownerId) return mint<Owner>({ kind: "owner", userId, ownerId, orderId });
  return mint<Customer>({ kind: "customer", userId, orderId });
}

/** The shopper, with a visitor cookie if there was none. Only in actions and route handlers, which may set one. */
export async function ensureVisitor(link: OrderLink = {}): Promise<Shopper> {
  const shopper = await getShopper(link);
  if (shopper.kind !== "guest" || shopper.tokenHash) return shopper;
  return mint<Guest>({ kind: "guest", tokenHash: await giveVisitor(), orderId: shopper.orderId });
}

/** The signed-in user; anybody else is sent to sign in and comes back to `from` ("/account/orders"). */
export async function requireUser(from = "/account"): Promise<User> {
  const shopper = await getShopper();
  if (shopper.kind === "guest") redirect(`/sign-in?callbackUrl=${encodeURIComponent(from)}` as Route);
  return shopper;
}

/** The live session of this request, or null. Read once per request while a page renders. */
export const getSession = cache(async (): Promise<sessions.LiveSession | null> => {
  const sid = await readSid();
  return sid ? sessions.read(sid) : null;
});

/** The session of this request that waits for its second factor, and who it will be of; or null. */
export async function getWaiting(): Promise<{ sessionId: string; user: User } | null> {
  const sid = await readSid();
  const waiting = sid ? await sessions.readWaiting(sid) : null;
  return waiting && { sessionId: waiting.sessionId, user: userActor(waiting) };
}

async function readSid(): Promise<string | null> {
  const name = cookieName("session");
  const token = (await cookies()).get(name)?.value;
  if (!token) return null;
  const claims = await decode({ token, secret: requireEnv("AUTH_SECRET"), salt: name }).catch(() => null);
  return typeof claims?.sid === "string" ? claims.sid : null;
}

/** Where a request comes from, for limits and the list of sessions. */
export async function getClient(): Promise<{ ip: string; userAgent: string | null }> {
  const list = await headers();
  // One address: the server's door (lib/edge) put it there, whatever the client sent.
  const ip = networkOf(list.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown");
  const userAgent = list.get("user-agent")?.replace(WHOLE_PAGE, "").trim() || null;
  return { ip: ip.slice(0, 64), userAgent };
}

async function linkedOrder({ orderNumber, key }: OrderLink): Promise<string | null> {
  return orderNumber && key ? openLink(orderNumber, key) : null;
}
