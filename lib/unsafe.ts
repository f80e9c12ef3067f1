/** What a shop in production refuses to start with, each in one sentence that says what to do instead. */
import { isPublic } from "./edge/origin.mjs";
import type { Env } from "./env";

const STRIPE = ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"] as const;
const SECRETS = ["AUTH_SECRET", "INTERNAL_SECRET", "METRICS_TOKEN"] as const;
/** Words of examples and of habit. A random secret in hexadecimal or base64 holds none of them, save by a rare chance. */
const HABIT = /change.?me|replace|secret|password|example|default|insecure|your[-_ ]|123456|abcdef|qwert/i;
/** A random text of 16 characters has fewer different ones than this about never. */
const LEAST_DIFFERENT = 7;

type Values = Pick<
  Env,
  | (typeof STRIPE)[number]
  | "AUTH_SECRET"
  | "INTERNAL_SECRET"
  | "SITE_URL"
  | "SANDBOX_URL"
  | "ALLOW_SANDBOX"
  | "ALLOW_HTTP"
  | "DEMO"
  | "METRICS_TOKEN"
>;

/** Is the shop paid through Stripe itself? The sandbox has keys too, and an address. */
const isStripe = (values: Values): boolean => Boolean(values.STRIPE_SECRET_KEY) && !values.SANDBOX_URL;

/** Every reason not to start; none is a safe shop. Repeats no secret. */
export function unsafeSettings(values: Values): string[] {
  return [
    ...halfStripe(values),
    ...wrongStripe(values),
    ...sandbox(values),
    ...demo(values),
    ...plainHttp(values),
    ...weakSecrets(values),
  ];
}

/** What only a server that nobody prepared can lack; `npm start` makes these itself. */
export function missingSettings(
  values: Values & Pick<Env, "DATABASE_URL" | "REDIS_URL" | "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY">,
): string[] {
  const names = ["DATABASE_URL", "AUTH_SECRET", "INTERNAL_SECRET"] as const;
  // A form of one instance is answered by another.
  const shared = values.REDIS_URL ? (["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"] as const) : [];
  return [...names, ...shared]
    .filter((name) => !values[name])
    .map((name) => `${name} is not set: put it into the environment (docs/deploy.md).`);
}

function halfStripe(values: Values): string[] {
  const given = STRIPE.filter((name) => values[name]);
  const missing = STRIPE.filter((name) => !values[name]);
  if (given.length === 0 || missing.length === 0) return [];
  return [
    `${given.join(" and ")} ${given.length > 1 ? "are" : "is"} set but ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not: set all three to use Stripe, or none to use the payment sandbox.`,
  ];
}

function wrongStripe(values: Values): string[] {
  const { STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: open, STRIPE_WEBHOOK_SECRET: hook } = values;
  if (!secret || !open || !hook) return [];
  const faults: string[] = [];
  if (!/^pk_/.test(open))
    faults.push(
      "STRIPE_PUBLISHABLE_KEY does not begin with pk_: browsers would be shown this key, so take care that it is the publishable one.",
    );
  if (!/^[sr]k_/.test(secret))
    faults.push("STRIPE_SECRET_KEY does not begin with sk_ or rk_: take the secret key.");
  if (!/^whsec_/.test(hook))
    faults.push(
      "STRIPE_WEBHOOK_SECRET does not begin with whsec_: take the signing secret of the webhook endpoint.",
    );
  if (faults.length === 0 && modeOf(secret) !== modeOf(open))
    faults.push(
      "STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are not of the same mode: take both from test mode or both from live mode.",
    );
  if (values.SANDBOX_URL && (modeOf(secret) === "live" || modeOf(open) === "live"))
    faults.push("SANDBOX_URL is set together with live Stripe keys: leave SANDBOX_URL out, or the keys.");
  return faults;
}

function sandbox(values: Values): string[] {
  if (isStripe(values) || !isPublic(values.SITE_URL) || values.ALLOW_SANDBOX) return [];
  return [
    `SITE_URL is a public address (${values.SITE_URL}) but payments would go to the sandbox, which moves no money: set the three Stripe keys, or ALLOW_SANDBOX=1 for a demo.`,
  ];
}

function demo(values: Values): string[] {
  if (values.DEMO === "off" || !isPublic(values.SITE_URL) || values.ALLOW_SANDBOX) return [];
  return [
    "DEMO=on would fill a shop on a public address with accounts whose password everybody knows: leave DEMO out, or set ALLOW_SANDBOX=1 if it shall be a demo.",
  ];
}

function plainHttp(values: Values): string[] {
  if (!isPublic(values.SITE_URL) || values.SITE_URL.startsWith("https:") || values.ALLOW_HTTP) return [];
  return [
    `SITE_URL is not https (${values.SITE_URL}), so passwords and sessions could be read on the way: put a proxy with a certificate in front (docs/deploy.md) and name the https address, or set ALLOW_HTTP=1 for a trial in your own network.`,
  ];
}

// On this machine alone a secret keeps nobody out.
function weakSecrets(values: Values): string[] {
  if (!isPublic(values.SITE_URL)) return [];
  const faults = SECRETS.filter((name) => isWeak(values[name])).map(
    (name) => `${name} can be guessed: make one with \`openssl rand -hex 32\`.`,
  );
  if (values.AUTH_SECRET && values.AUTH_SECRET === values.INTERNAL_SECRET)
    faults.push(
      "AUTH_SECRET and INTERNAL_SECRET are the same: make one of them anew with `openssl rand -hex 32`.",
    );
  return faults;
}

function isWeak(secret: string | undefined): boolean {
  return secret !== undefined && (HABIT.test(secret) || new Set(secret).size < LEAST_DIFFERENT);
}

function modeOf(key: string): "test" | "live" {
  return /_live_/.test(key) ? "live" : "test";
}
