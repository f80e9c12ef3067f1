/** Accounts: what their forms take in, names, and the addresses that a sign-in may lead back to. */
import { z } from "zod";
import { addressInput } from "./addresses";
import { LONGEST_PASSWORD, passwordFault } from "./passwords";

const email = z
  .string()
  .trim()
  .max(254, "At most 254 characters.")
  .pipe(z.email("Please enter an e-mail address like ada@example.com."));
const name = z.string().trim().min(1, "Please enter your name.").max(120, "At most 120 characters.");
// Checked for strength only where one is chosen; whatever was accepted once must go on to sign in.
const anyPassword = z
  .string()
  .min(1, "Please enter your password.")
  .max(LONGEST_PASSWORD, `At most ${LONGEST_PASSWORD} characters.`);
const phone = z
  .string()
  .trim()
  .max(30, "At most 30 characters.")
  .refine(
    (value) => !value || /^\+?[\d\s()/.-]{6,20}$/.test(value),
    "A phone number has digits, like +49 30 123456.",
  )
  .transform((value) => value || null);
const callbackUrl = z
  .string()
  .optional()
  .transform((url) => safeCallback(url));

export const signInInput = z.object({ email, password: anyPassword, callbackUrl });

export const signUpInput = z
  .object({ name, email, password: z.string(), callbackUrl })
  .superRefine(({ password, ...person }, context) => {
    const message = passwordFault(password, aboutPerson(person));
    if (message) context.addIssue({ code: "custom", path: ["password"], message });
  });

export const profileInput = z.object({ name, phone });

export const passwordInput = z
  .object({ currentPassword: anyPassword, newPassword: z.string() })
  .superRefine(({ currentPassword, newPassword }, context) => {
    const message =
      currentPassword === newPassword ? "That is the password you have." : passwordFault(newPassword);
    if (message) context.addIssue({ code: "custom", path: ["newPassword"], message });
  });

export const forgotInput = z.object({ email });

const token = z.string().trim().min(1, "The link is not whole.").max(200, "The link is not whole.");

export const verifyInput = z.object({ token });

export const resetInput = z.object({ token, password: z.string() }).superRefine(({ password }, context) => {
  const message = passwordFault(password);
  if (message) context.addIssue({ code: "custom", path: ["password"], message });
});

/** The order of a signed link or of this browser, as its page sends it along. */
export const keepOrderInput = z.object({
  orderId: z.uuid(),
  orderNumber: z.string().max(40),
  key: z.string().max(100).optional(),
});

export const claimInput = keepOrderInput
  .extend({ password: z.string() })
  .superRefine(({ password }, context) => {
    const message = passwordFault(password);
    if (message) context.addIssue({ code: "custom", path: ["password"], message });
  });

/** The password or, where the account has none, its e-mail address typed out. */
export const eraseInput = z.object({
  proof: z
    .string()
    .min(1, "Please fill this in.")
    .max(LONGEST_PASSWORD, `At most ${LONGEST_PASSWORD} characters.`),
  sure: z.literal("on", { error: "Please say that you are sure." }),
});

export const sessionInput = z.object({ sessionId: z.uuid() });

const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

/** An address to keep; without an id a new one. */
export const keptAddressInput = addressInput.and(
  z.object({ id: z.uuid().optional(), isDefaultShipping: ticked, isDefaultBilling: ticked }),
);

export const addressIdInput = z.object({ id: z.uuid() });

export const defaultAddressInput = z.object({ id: z.uuid(), purpose: z.enum(["shipping", "billing"]) });

export type SignUp = z.output<typeof signUpInput>;

/** Words that others know of a person, which make no password. */
export function aboutPerson({ name, email }: { name: string; email: string }): string[] {
  return [email, email.split("@")[0] ?? "", name, ...name.split(/\s+/)];
}

/** First and last name of what was typed into one field; the last word counts as the last name. */
export function splitName(full: string): { firstName: string; lastName: string } {
  const words = full.trim().split(/\s+/);
  return words.length < 2
    ? { firstName: words[0] ?? "", lastName: "" }
    : { firstName: words.slice(0, -1).join(" "), lastName: words.at(-1) ?? "" };
}

/** The whole name for one field and for greetings. */
export function fullName({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return [firstName, lastName].filter(Boolean).join(" ");
}

const NOWHERE = "http://callback.invalid";
// Doors for machines and the sign-in pages themselves make no sense to come back to.
const NO_PAGE = /^\/(api|_next|media|sandbox|sign-in|sign-up|sign-out)(\/|$)/;

/**
 * The page that a sign-in leads back to: a path on this site, whatever was asked for. Everything that a browser
 * could read as another site ("//evil", "/\evil", "https:evil", "/.//evil") becomes `fallback`.
 */
export function safeCallback(asked: unknown, fallback = "/account"): string {
  if (typeof asked !== "string" || !asked.startsWith("/") || asked.length > 1_000) return fallback;
  // Browsers drop tabs and line breaks and read a backslash as a slash.
  if (/[\\\p{Cc}\p{Cf}]/u.test(asked) || asked.startsWith("//")) return fallback;
  if (!URL.canParse(asked, NOWHERE)) return fallback;
  const { origin, pathname, search, hash } = new URL(asked, NOWHERE);
  if (origin !== NOWHERE || pathname.startsWith("//") || NO_PAGE.test(pathname)) return fallback;
  return pathname + search + hash;
}

/** "Firefox on Linux" of a browser's long self-description, for the list of sessions. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return "Unknown device";
  const browser = /(Edg|OPR|Firefox|CriOS|Chrome|Safari)\//.exec(userAgent)?.[1];
  const system = /(iPhone|iPad|Android|Windows|Mac OS X|CrOS|Linux)/.exec(userAgent)?.[1];
  const names: Record<string, string> = {
    Edg: "Edge",
    OPR: "Opera",
    CriOS: "Chrome",
    "Mac OS X": "macOS",
    CrOS: "ChromeOS",
  };
  const known = [browser, system].map((part) => part && (names[part] ?? part));
  return known[0] && known[1] ? `${known[0]} on ${known[1]}` : (known[0] ?? known[1] ?? "Unknown device");
}
