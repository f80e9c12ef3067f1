/** Caches: notes the tags that a change makes stale, in the change's own transaction; a job hands them to the server. */
import type { Tx } from "@/db/client";
import { cacheExpiries } from "@/db/schema/settings";
import { enqueue } from "@/lib/queue";

declare module "@/lib/queue" {
  interface Jobs {
    "cache.expire": Record<string, never>;
  }
}

/** Marks `tags` (see lib/cache-tags.ts) as stale once `tx` commits. */
export async function expire(tx: Tx, tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return;
  await tx.insert(cacheExpiries).values([...new Set(tags)].map((tag) => ({ tag })));
  await enqueue(tx, "cache.expire", {}, { key: "cache.expire" });
}
