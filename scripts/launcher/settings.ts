/** What the person who starts the shop decides: port, folders, database, payment; read from the environment and .env. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv as parseDotEnv } from "node:util";
import { isPublic, parseEnv } from "@/lib/env";
import { Problem } from "./problem";

export type Settings = {
  port: number;
  siteUrl: string;
  dataDir: string;
  /** Where `next build` puts its result, relative to the clone. */
  distDir: string;
  /** An existing PostgreSQL; undefined means the embedded one. */
  databaseUrl: string | undefined;
  /** Real Stripe; undefined means the sandbox. */
  stripe: { secretKey: string; publishableKey: string; webhookSecret: string } | undefined;
};

const STRIPE = ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"] as const;

/** Puts what .env.local and .env say into `process.env`; what is there already wins. */
export function loadDotEnv(root: string): void {
  for (const name of [".env.local", ".env"]) {
    const file = join(root, name);
    if (!existsSync(file)) continue;
    for (const [key, value] of Object.entries(parseDotEnv(readFileSync(file, "utf8"))))
      process.env[key] ??= value;
  }
}

/** Reads the settings. Throws a `Problem` about the first that is wrong or half given. */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const values = checked(source);
  const missing = STRIPE.filter((name) => !values[name]);
  if (missing.length > 0 && missing.length < STRIPE.length) {
    const given = STRIPE.filter((name) => values[name]);
    throw new Problem(
      `${given.join(" and ")} ${given.length > 1 ? "are" : "is"} set but ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not: set all three to use Stripe, or none to use the payment sandbox.`,
    );
  }
  const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET } = values;
  const stripe =
    STRIPE_SECRET_KEY && STRIPE_PUBLISHABLE_KEY && STRIPE_WEBHOOK_SECRET
      ? {
          secretKey: STRIPE_SECRET_KEY,
          publishableKey: STRIPE_PUBLISHABLE_KEY,
          webhookSecret: STRIPE_WEBHOOK_SECRET,
        }
      : undefined;
  if (stripe && mode(stripe.secretKey) !== mode(stripe.publishableKey)) {
    throw new Problem(
      "STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are not of the same mode: take both from test mode or both from live mode.",
    );
  }
  if (!stripe && isPublic(values.SITE_URL) && !values.ALLOW_SANDBOX) {
    throw new Problem(
      `SITE_URL is a public address (${values.SITE_URL}) but payments would go to the sandbox, which moves no money: set the three Stripe keys, or ALLOW_SANDBOX=1 for a demo.`,
    );
  }
  return {
    port: values.PORT,
    siteUrl: values.SITE_URL,
    dataDir: resolve(values.DATA_DIR),
    distDir: source.DIST_DIR || ".next",
    databaseUrl: values.DATABASE_URL,
    stripe,
  };
}

function checked(source: Record<string, string | undefined>) {
  try {
    return parseEnv(source);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Problem(`${said.replace(/\.$/, "")}: change that in the environment or in .env.`);
  }
}

function mode(key: string): "test" | "live" {
  return /_live_/.test(key) ? "live" : "test";
}
