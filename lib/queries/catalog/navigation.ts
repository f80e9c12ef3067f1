/** The top of the category tree, for navigation; cached until the tree changes. */
import { cacheLife, cacheTag } from "next/cache";
import { sql } from "@/db/client";
import { CATEGORIES_TAG } from "@/lib/cache-tags";
import { BOOT } from "@/lib/queries/boot";
import { hasDatabase } from "@/lib/queries/settings";

export interface NavigationLink {
  name: string;
  path: string;
}

/** The active categories at the top, in their order. */
export const getNavigation = (): Promise<NavigationLink[]> => cachedNavigation(BOOT);

async function cachedNavigation(_boot: string): Promise<NavigationLink[]> {
  "use cache";
  cacheLife("hours");
  cacheTag(CATEGORIES_TAG);
  if (!hasDatabase()) return [];
  const rows = await sql<NavigationLink[]>`
    select name, path from categories where parent_id is null and is_active order by position, name`;
  return rows.map(({ name, path }) => ({ name, path }));
}
