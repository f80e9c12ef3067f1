/** Before a shop without a demo starts: migrations, a bare store where there is none, no demo accounts in public. */

import { sql } from "@/db/client";
import { migrate } from "@/db/migrate";
import { insertBareStore } from "@/db/seed/bare";
import { demoAccountsLeft } from "@/db/seed/demo-accounts";
import { isPublic } from "@/lib/edge/origin.mjs";
import { env, requireEnv } from "@/lib/env";
import { reasonsNotToStart } from "@/lib/start-checks";

/** Answers the sentences for the terminal. Throws the one reason not to start. */
export async function prepare(): Promise<string[]> {
  const [reason] = reasonsNotToStart(process.env);
  if (reason) throw new Error(reason);
  await migrate(requireEnv("DATABASE_URL"));
  const said = ["the database is up to date"];
  if (env.DEMO === "off" && (await insertBareStore()))
    said.push("a bare store is there: make yourself an admin (user:create)");
  if (isPublic(env.SITE_URL) && !env.ALLOW_SANDBOX) {
    const left = await demoAccountsLeft();
    if (left.length > 0)
      throw new Error(
        `The demo's accounts are in this database with the password that everybody knows (${left.join(", ")}): begin with an empty database, or give each another password first.`,
      );
  }
  return said;
}

if (/prepare\.(ts|mjs)$/.test(process.argv[1] ?? "")) {
  try {
    for (const line of await prepare()) console.log(`  ✓ ${line}`);
  } catch (error) {
    console.error(`  ✗ ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
