/** What the navigation shows: the top of the category tree, and whether anything is reduced; cached until the tree changes. */
import { cacheLife, cacheTag } from "next/cache";
import { readPublic } from "@/db/replica";
import { CATEGORIES_TAG } from "@/lib/cache-tags";
import { BOOT } from "@/lib/queries/boot";
import { hasDatabase } from "@/lib/queries/settings";

export interface NavigationLink {
  name: string;
  path: string;
}

export interface Navigation {
  readonly categories: readonly NavigationLink[];
  /**
   * Whether anything is reduced. It stands on every page, and a price must leave other pages' caches alone: so it is
   * as old as this read may get, not as new as the last price.
   */
  readonly hasReduced: boolean;
}

/** The active categories at the top, in their order, and whether anything is reduced. */
export const getNavigation = (): Promise<Navigation> => cachedNavigation(BOOT);

async function cachedNavigation(_boot: string): Promise<Navigation> {
  "use cache";
  cacheLife("hours");
  cacheTag(CATEGORIES_TAG);
  return hasDatabase() ? readNavigation() : { categories: [], hasReduced: false };
}

/** The same, not cached. */
export async function readNavigation(): Promise<Navigation> {
  const [rows, [reduced]] = await Promise.all([
    readPublic(
      (sql) => sql<NavigationLink[]>`
      select name, path from categories where parent_id is null and is_active order by position, name`,
    ),
    readPublic(
      (sql) => sql<{ any: boolean }[]>`select exists (select from search_products where is_on_sale) as any`,
    ),
  ]);
  return {
    categories: rows.map(({ name, path }) => ({ name, path })),
    hasReduced: reduced?.any ?? false,
  };
}
