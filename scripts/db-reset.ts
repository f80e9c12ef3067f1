/** `npm run db:reset`: empties the database and its pictures, so that the next start makes a fresh demo shop. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "@/db/migrate";
import { env, requireEnv } from "@/lib/env";
import { unmark, wipe } from "./launcher/database";

const url = requireEnv("DATABASE_URL");
const { host, pathname } = new URL(url);
const embedded = process.env.SHOP_DATABASE === "embedded";

if (!embedded && !process.argv.includes("--yes")) {
  console.error(
    `\n  ✗ This would empty ${host}${pathname}, which is not the embedded database: add \`-- --yes\` if you mean it.\n`,
  );
  process.exit(1);
}
if (process.env.SHOP_RUNS) {
  console.error("\n  ✗ The shop runs on this database: stop it with Ctrl-C first.\n");
  process.exit(1);
}
await wipe(url);
await migrate(url);
rmSync(join(env.DATA_DIR, "media"), { recursive: true, force: true });
// The sandbox remembers payments of orders that are gone.
rmSync(join(env.DATA_DIR, "sandbox"), { recursive: true, force: true });
unmark(env.DATA_DIR);
console.log("  ✓ the database is empty; `npm start` makes a new demo shop");
