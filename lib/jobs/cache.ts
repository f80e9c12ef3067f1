/** Jobs of caches: hands tags that became stale to the running server or, through Redis, to all of them, which forget the pages behind them. */
import { and, desc, eq, inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { products } from "@/db/schema/catalog";
import { cacheExpiries } from "@/db/schema/settings";
import { announce } from "@/lib/caching/log.mjs";
import { env, requireEnv } from "@/lib/env";
import { enqueue } from "@/lib/queue";
import { warmPages } from "@/lib/warm";
import type { Handlers } from "./handler";

declare module "@/lib/queue" {
  interface Jobs {
    /** Pages to look at before shoppers do. */
    "cache.warm": { paths: string[] };
  }
}

const ONE_POST = 1_000;
const TIMEOUT_MS = 5_000;
/** Of an import, those that sell best are rendered ahead; the others at their first view. */
const MOST_WARM = 200;
const PRODUCT = "product:";

export const cacheHandlers: Handlers = {
  // Rows are deleted after the server took them: a crash between expires a page twice, never not at all.
  "cache.expire": async () => {
    const stale = new Set<string>();
    for (;;) {
      const rows = await db.select().from(cacheExpiries).limit(ONE_POST);
      if (rows.length === 0) break;
      for (const { tag } of rows) stale.add(tag);
      await post([...new Set(rows.map((row) => row.tag))]);
      await db.delete(cacheExpiries).where(
        inArray(
          cacheExpiries.id,
          rows.map((row) => row.id),
        ),
      );
    }
    const paths = env.WARM === "on" ? await pathsOf([...stale]) : [];
    // A job of its own, one after the other: expiring the next change must not wait for it. It never fails, but its
    // worker may die: with one attempt it would then count as given up for ever.
    if (paths.length > 0)
      await enqueue(db, "cache.warm", { paths }, { queue: "cache.warm", priority: 10, maxAttempts: 3 });
  },
  "cache.warm": ({ paths }) => warmPages(paths),
};

/** The pages of the products among some tags. */
async function pathsOf(tags: readonly string[]): Promise<string[]> {
  const ids = tags.filter((tag) => tag.startsWith(PRODUCT)).map((tag) => tag.slice(PRODUCT.length));
  if (ids.length === 0) return [];
  const found = await db
    .select({ slug: products.slug })
    .from(products)
    .where(and(inArray(products.id, ids), eq(products.status, "active")))
    .orderBy(desc(products.soldRecently))
    .limit(MOST_WARM);
  return found.map(({ slug }) => `/p/${slug}`);
}

async function post(tags: string[]): Promise<void> {
  // All instances hear of it there, and none has to be up.
  if (env.REDIS_URL) return announce(env.REDIS_URL, tags);
  const answer = await fetch(`http://127.0.0.1:${env.PORT}/api/cache/expire`, {
    method: "POST",
    headers: { authorization: `Bearer ${requireEnv("INTERNAL_SECRET")}`, "content-type": "application/json" },
    body: JSON.stringify({ tags }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`the server did not take the cache tags: ${answer.status}`);
}
