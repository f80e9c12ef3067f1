/** `npm run db:ahead`: builds the indexes of db/migrations/ahead.sql while shoppers go on buying, before an upgrade. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import postgres from "postgres";
import { MIGRATIONS } from "@/db/migrate";
import { requireEnv } from "@/lib/env";

/** Builds each that is missing; one that was left half built is dropped first. Answers the names of those it built. */
export async function buildAhead(url: string, text: string): Promise<string[]> {
  // No transaction, and no limit of time: a large table takes its minutes.
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "tallystick-ahead", statement_timeout: 0, lock_timeout: 0 },
  });
  const built: string[] = [];
  try {
    for (const statement of text
      .replace(/--.*$/gm, "")
      .split(";")
      .map((one) => one.trim())
      .filter(Boolean)) {
      const name = /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY IF NOT EXISTS "?(\w+)"?/i.exec(statement)?.[1];
      if (!name)
        throw new Error(`ahead.sql holds CREATE INDEX CONCURRENTLY IF NOT EXISTS alone, not: ${statement}`);
      const [found] = await client`
        select i.indisvalid as valid from pg_class c join pg_index i on i.indexrelid = c.oid
        where c.relname = ${name} and c.relnamespace = 'public'::regnamespace`;
      if (found?.valid) continue;
      if (found) await client.unsafe(`DROP INDEX CONCURRENTLY "${name}"`);
      await client.unsafe(statement);
      built.push(name);
    }
  } finally {
    await client.end({ timeout: 5 });
  }
  return built;
}

const entry = process.argv[1];
if (entry && import.meta.url === pathToFileURL(entry).href) {
  const built = await buildAhead(
    requireEnv("DATABASE_URL"),
    readFileSync(join(MIGRATIONS, "ahead.sql"), "utf8"),
  );
  console.log(built.length > 0 ? `  ✓ built ${built.join(", ")}` : "  ✓ nothing to build");
}
