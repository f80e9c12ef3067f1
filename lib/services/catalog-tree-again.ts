/** Catalogue: a category that was taken away or moved comes back to where it stood, by admins. */
import { and, eq } from "drizzle-orm";
import { categories, slugRedirects } from "@/db/schema/catalog";
import type { CacheTag } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import type { Again } from "@/lib/services/again";
import * as audit from "@/lib/services/audit";
import { inTree, one, pathOf, settle } from "@/lib/services/catalog-tree";

export interface CategoryFields {
  readonly parentId: string | null;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly position: number;
  readonly isActive: boolean;
}

/**
 * Makes a category that was deleted once more, without the goods that have moved on; its address is its own again.
 * @throws ShopError duplicate for an address that is taken, not_found for the parent
 */
export function restoreCategory(
  admin: Admin,
  fields: CategoryFields,
  again: Again,
): Promise<{ tags: readonly CacheTag[] }> {
  return inTree(async (tx, all) => {
    const after = { ...fields, path: pathOf(all, fields.parentId, fields.slug) };
    await tx.insert(categories).values({ ...again, ...after });
    await tx
      .delete(slugRedirects)
      .where(and(eq(slugRedirects.kind, "category"), eq(slugRedirects.slug, after.path)));
    const change = { action: "category.restore", subject: "categories", subjectId: again.id };
    await audit.write(tx, admin, { ...change, before: {}, after });
    return [again.id];
  });
}

/**
 * Moves a category back below a parent, to its place among those that stand there now.
 * @throws ShopError conflict, duplicate for an address that is taken, invalid_input below itself, not_found
 */
export function putCategoryBack(
  admin: Admin,
  {
    categoryId,
    version,
    parentId,
    place,
  }: { categoryId: string; version: number; parentId: string | null; place: number },
): Promise<{ tags: readonly CacheTag[] }> {
  return inTree(async (tx, all) => {
    const moved = one(all, categoryId);
    if (moved.version !== version) throw new ShopError("conflict", { what: "category" });
    return settle(tx, admin, all, moved, parentId, place);
  });
}
