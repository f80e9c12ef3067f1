/** `npm run db:migrate`: brings the database of DATABASE_URL up to date. */
import { migrate } from "@/db/migrate";
import { requireEnv } from "@/lib/env";

await migrate(requireEnv("DATABASE_URL"));
console.log("  ✓ the database is up to date");
