/** What the person who starts the shop decides: port, folders, database, payment; read from the environment and .env. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv as parseDotEnv } from "node:util";
import { parseEnv } from "@/lib/env";
import { unsafeSettings } from "@/lib/unsafe";
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
  /** An empty database becomes the demo shop, otherwise a bare one. */
  demo: boolean;
};

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
  const [reason] = unsafeSettings(values);
  if (reason) throw new Problem(reason);
  const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET } = values;
  const stripe =
    STRIPE_SECRET_KEY && STRIPE_PUBLISHABLE_KEY && STRIPE_WEBHOOK_SECRET
      ? {
          secretKey: STRIPE_SECRET_KEY,
          publishableKey: STRIPE_PUBLISHABLE_KEY,
          webhookSecret: STRIPE_WEBHOOK_SECRET,
        }
      : undefined;
  return {
    port: values.PORT,
    siteUrl: values.SITE_URL,
    dataDir: resolve(values.DATA_DIR),
    distDir: source.DIST_DIR || ".next",
    databaseUrl: values.DATABASE_URL,
    stripe,
    demo: values.DEMO === "on",
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
