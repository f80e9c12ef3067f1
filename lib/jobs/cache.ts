/** Jobs of caches: hands tags that became stale to the running server, which forgets the pages behind them. */
import { inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { cacheExpiries } from "@/db/schema/settings";
import { env, requireEnv } from "@/lib/env";
import type { Handlers } from "./handler";

const ONE_POST = 1_000;
const TIMEOUT_MS = 5_000;

export const cacheHandlers: Handlers = {
  // Rows are deleted after the server took them: a crash between expires a page twice, never not at all.
  "cache.expire": async () => {
    for (;;) {
      const rows = await db.select().from(cacheExpiries).limit(ONE_POST);
      if (rows.length === 0) return;
      await post([...new Set(rows.map((row) => row.tag))]);
      await db.delete(cacheExpiries).where(
        inArray(
          cacheExpiries.id,
          rows.map((row) => row.id),
        ),
      );
    }
  },
};

async function post(tags: string[]): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${env.PORT}/api/cache/expire`, {
    method: "POST",
    headers: { authorization: `Bearer ${requireEnv("INTERNAL_SECRET")}`, "content-type": "application/json" },
    body: JSON.stringify({ tags }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`the server did not take the cache tags: ${answer.status}`);
}
