/** Reads what a shop under test writes to its log: secrets, card numbers and people's addresses have no place there. */

/** Settings whose values no log and no answer may hold. */
export const SECRETS = [
  "AUTH_SECRET",
  "INTERNAL_SECRET",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
  "DATABASE_URL",
];
/** Passwords that the journeys type, whatever their account. */
const PASSWORDS = ["moire-demo-shop-2026", "four plumb words of mine", "another five words of mine"];
const FORMS: Readonly<Record<string, RegExp>> = {
  "a card number": /\b(?:4242|4000|5555)[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b/,
  "a key of the payment service": /\b(?:sk|rk)_(?:test|live)_\w+|\bwhsec_\w+|\b(?:pi|seti|cs)_\w+_secret_\w+/,
  "a hash of a password": /\$argon2/,
  "a link that is a key": /[?&](?:key|token)=(?!\[redacted)[\w-]{16,}/,
  "a session": /\b(?:__Host-)?session=[\w.-]{20,}/,
  "an address of a database with its password": /postgres(?:ql)?:\/\/[^\s:@/]+:(?!\[redacted)[^\s@]+@/,
  "somebody's e-mail address": /[\w.+-]+@example\.(?:com|org|net)\b/,
};

/**
 * What stands in some lines that must not, each kind once and without repeating it.
 * @param lines as a child of the launcher wrote them, its name first
 * @param secrets values by name that nothing may repeat
 */
export function leaksOf(
  lines: readonly string[],
  secrets: Readonly<Record<string, string | undefined>>,
): string[] {
  const words: [word: string, name: string][] = PASSWORDS.map((word) => [word, "a password"]);
  for (const [name, value] of Object.entries(secrets)) if (value) words.push([value, name]);
  const found = new Map<string, string>();
  const tell = (what: string, line: string) => {
    const key = `${line.split(" ", 1)[0]} wrote ${what}`;
    if (found.has(key)) return;
    found.set(key, /"message":"([^"]{0,80})/.exec(line)?.[1] ?? "in a line that is none of ours");
  };
  for (const line of lines) {
    for (const [word, name] of words) if (line.includes(word)) tell(name, line);
    for (const [name, form] of Object.entries(FORMS)) if (form.test(line)) tell(name, line);
  }
  return [...found].map(([key, where]) => `${key}: ${where}`);
}
