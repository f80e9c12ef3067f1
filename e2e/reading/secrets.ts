/** What no answer of the shop may hold: its keys, hashes, numbers of cards, other people's tokens. */
import postgres from "postgres";
import { SECRETS } from "@/scripts/testing/log-watch";

/** Keys, secrets of payments, addresses of databases, places in the code. */
const FORMS =
  /\b(?:sk|rk)_(?:test|live)_\w+|\bwhsec_\w+|\b(?:pi|seti)_\w+_secret_\w+|postgres(?:ql)?:\/\/|at \w+ \(\/|node_modules\//;

/** The secrets of the shop under test, some of the database among them. */
export async function openSecrets(): Promise<string[]> {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  const tokens = await sql<{ text: string | null }[]>`
    (SELECT guest_token_hash AS text FROM carts WHERE guest_token_hash IS NOT NULL LIMIT 5)
    UNION ALL (SELECT token_hash FROM verification_tokens LIMIT 5) UNION ALL (SELECT secret FROM totp LIMIT 5)`;
  await sql.end();
  const settings = SECRETS.map((name) => process.env[name]);
  const known = [
    ...settings,
    ...tokens.map(({ text }) => text),
    "$argon2",
    "4242424242424242",
    "4000000000000002",
  ];
  const secrets = known.filter((secret): secret is string => Boolean(secret));
  if (secrets.length < 8) throw new Error(`only ${secrets.length} secrets are there to look for`);
  return secrets;
}

/** Beginnings of the secrets that a text holds, and of what looks like one. */
export function secretsIn(text: string, secrets: readonly string[]): string[] {
  const found = secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret.slice(0, 8)}…`);
  const form = FORMS.exec(text);
  return form ? [...found, form[0].slice(0, 40)] : found;
}
