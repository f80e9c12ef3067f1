/** Devices on which somebody signed in before: guessing at an account from elsewhere must not lock them out there. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { cookies } from "next/headers";
import { cookieFlags, cookieName } from "./cookies";
import { requireEnv } from "./env";

const YEAR = 31_536_000;

/** Marks this browser as one of the account's. Only in actions and route handlers. */
export async function keepDevice(email: string): Promise<void> {
  const id = randomBytes(16).toString("base64url");
  const value = `${id}.${markOf(id, email)}`;
  (await cookies()).set(cookieName("device"), value, { ...cookieFlags(), httpOnly: true, maxAge: YEAR });
}

/** The device's own id, where this browser was marked for the account of `email`; null everywhere else. */
export async function readDevice(email: string): Promise<string | null> {
  const [, id = "", mark = ""] =
    /^([\w-]{22})\.([\w-]{43})$/.exec((await cookies()).get(cookieName("device"))?.value ?? "") ?? [];
  const [given, right] = [Buffer.from(mark), Buffer.from(markOf(id, email))];
  return given.length === right.length && timingSafeEqual(given, right) ? id : null;
}

// https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
const markOf = (id: string, email: string): string =>
  createHmac("sha256", requireEnv("AUTH_SECRET"))
    .update(`device:${id}:${email.toLowerCase()}`)
    .digest("base64url");
