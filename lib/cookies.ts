/** The shop's own cookies: their names, their flags, and the hash under which a visitor is known to the database. */
import { createHash, randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { env } from "./env";

const YEAR = 31_536_000;

/** Is the shop served over https? Then cookies are bound to this very host. */
export function isSecure(): boolean {
  return env.SITE_URL.startsWith("https://");
}

/** `__Host-NAME` on https, where browsers enforce what the prefix promises; plain on http, where they refuse it. */
export function cookieName(name: string): string {
  return isSecure() ? `__Host-${name}` : name;
}

/** The flags that all of our cookies share. */
export function cookieFlags() {
  return { path: "/", sameSite: "lax", secure: isSecure() } as const;
}

/** The form in which a token may be stored: whoever reads the database cannot use it. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The hash of this browser's visitor cookie, or null where it has none. */
export async function readVisitor(): Promise<string | null> {
  const token = (await cookies()).get(cookieName("visitor"))?.value;
  return token && /^[\w-]{43}$/.test(token) ? hashToken(token) : null;
}

/** Gives this browser a visitor cookie (a year) and answers its hash. Only in actions and route handlers. */
export async function giveVisitor(): Promise<string> {
  const token = newVisitor();
  const flags = { ...cookieFlags(), httpOnly: true, maxAge: YEAR };
  (await cookies()).set(cookieName("visitor"), token, flags);
  return hashToken(token);
}

/** A new token of a visitor: 256 random bits. */
export function newVisitor(): string {
  return randomBytes(32).toString("base64url");
}

/** The same cookie as a header of an answer. */
export function visitorCookie(token: string): string {
  const secure = isSecure() ? "; Secure" : "";
  return `${cookieName("visitor")}=${token}; Path=/; Max-Age=${YEAR}; HttpOnly; SameSite=Lax${secure}`;
}

/** Tells the header how many pieces the cart holds; scripts read it. Only in actions and route handlers. */
export async function setCartCount(pieces: number): Promise<void> {
  const jar = await cookies();
  jar.set(cookieName("cart_count"), String(pieces), { ...cookieFlags(), httpOnly: false, maxAge: YEAR });
}

/** Keeps the address typed at sign-up for the page that follows (ten minutes). Only in actions. */
export async function keepTypedEmail(email: string): Promise<void> {
  (await cookies()).set(cookieName("typed_email"), email, { ...cookieFlags(), httpOnly: true, maxAge: 600 });
}

/** The address typed at sign-up a moment ago. */
export async function readTypedEmail(): Promise<string | undefined> {
  return (await cookies()).get(cookieName("typed_email"))?.value;
}
