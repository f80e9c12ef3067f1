/** The shop's secrets, made once and kept in DATA_DIR/secrets.json, which only its owner can read. */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "./problem";

const MAKE = {
  AUTH_SECRET: () => random(),
  INTERNAL_SECRET: () => random(),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: () => randomBytes(32).toString("base64"),
  SANDBOX_SECRET_KEY: () => `sk_test_${random()}`,
  SANDBOX_PUBLISHABLE_KEY: () => `pk_test_${random()}`,
  SANDBOX_WEBHOOK_SECRET: () => `whsec_${random()}`,
};

export type Secrets = Record<keyof typeof MAKE, string>;

/** Reads the secrets, making those that are missing. One that the environment sets wins and is not written down. */
export function readSecrets(dataDir: string, source: Record<string, string | undefined>): Secrets {
  const file = join(dataDir, "secrets.json");
  const kept = existsSync(file) ? parse(file) : {};
  const names = Object.keys(MAKE) as (keyof Secrets)[];
  const missing = names.filter((name) => !kept[name]);
  for (const name of missing) kept[name] = MAKE[name]();
  if (missing.length > 0) {
    // Written beside and moved: a crash must not leave half a file, which would sign everybody out.
    writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  chmodSync(file, 0o600);
  return Object.fromEntries(names.map((name) => [name, source[name] || kept[name]])) as Secrets;
}

function parse(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>;
  } catch {
    throw new Problem(
      `${file} is damaged: put it back from a backup, or delete it, which signs everybody out.`,
    );
  }
}

function random(): string {
  return randomBytes(24).toString("hex");
}
