/** The top of the category tree, for navigation; cached until the tree changes. */
import { cacheLife, cacheTag } from "next/cache";
import { sql } from "@/db/client";
import { CATEGORIES_TAG } from "@/lib/cache-tags";
import { hasDatabase } from "@/lib/queries/settings";

/** The active categories at the top, in their order. */
export async function getNavigation(): Promise<{ name: string; path: string }[]> {
  "use cache";
  cacheLife("hours");
  cacheTag(CATEGORIES_TAG);
  if (!hasDatabase()) return [];
  const rows = await sql<{ name: string; path: string }[]>`
    select name, path from categories where parent_id is null and is_active order by position, name`;
  return rows.map(({ name, path }) => ({ name, path }));
}
