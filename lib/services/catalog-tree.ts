/** Catalogue: the category tree, by admins: made, renamed, taken away when empty. Old addresses lead on. */
import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { newId } from "@/db/id";
import { categories, products, slugRedirects } from "@/db/schema/catalog";
import { discounts, discountTargets } from "@/db/schema/discounts";
import { withTx } from "@/db/tx";
import { CATEGORIES_TAG, type CacheTag, categoryTag, HOME_TAG } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { slugOf } from "@/lib/domain/imports/cells";
import * as audit from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { conflictWith } from "@/lib/services/conflicts";

export type Category = typeof categories.$inferSelect;
export type Answer = Promise<{ tags: readonly CacheTag[] }>;

/** Makes a category, last below its parent. @throws ShopError duplicate, not_found for the parent */
export async function createCategory(
  admin: Admin,
  { name, parentId }: { name: string; parentId: string | null },
): Answer {
  return inTree(async (tx, all) => {
    const parent = parentId === null ? null : one(all, parentId);
    const slug = slugOf(name).slice(0, 80).replace(/-+$/, "");
    const made = { id: newId(), parentId, name, slug, path: parent ? `${parent.path}/${slug}` : slug };
    await tx.insert(categories).values({ ...made, position: childrenOf(all, parentId).length });
    await log(tx, admin, "category.create", { id: made.id }, made);
    return [made.id];
  });
}

export interface CategoryEdit {
  readonly categoryId: string;
  readonly version: number;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  /** Left out: as it was. */
  readonly isActive?: boolean;
}

/**
 * Changes name, address, description and whether the shop shows it; the addresses of what stands below follow, and the
 * old ones lead on. The goods of a hidden category stay in the shop.
 * @throws ShopError conflict, duplicate, not_found
 */
export async function editCategory(admin: Admin, { categoryId, version, ...input }: CategoryEdit): Answer {
  return inTree(async (tx, all) => {
    const before = one(all, categoryId);
    const after = { ...input, isActive: input.isActive ?? before.isActive };
    const changed = await tx
      .update(categories)
      .set({
        ...after,
        path: pathOf(all, before.parentId, after.slug),
        version: sql`${categories.version} + 1`,
      })
      .where(and(eq(categories.id, categoryId), eq(categories.version, version)))
      .returning({ id: categories.id });
    if (changed.length === 0)
      throw await conflictWith(
        tx,
        { what: "category", subject: "categories", subjectId: categoryId, version: before.version },
        {
          name: "the name",
          slug: "the address",
          description: "the description",
          isActive: { label: "whether it is shown", text: (is) => (is ? "yes" : "no") },
        },
      );
    await log(tx, admin, "category.edit", before, after);
    return [categoryId, ...(await rewritePaths(tx, all, { ...before, ...after }))];
  });
}

/** Takes an empty category away; its address leads to the one above it. @throws ShopError in_use where goods, categories or discounts name it, conflict, not_found */
export async function removeCategory(
  admin: Admin,
  { categoryId, version }: { categoryId: string; version: number },
): Answer {
  return inTree(async (tx, all) => {
    const before = one(all, categoryId);
    if (childrenOf(all, categoryId).length > 0)
      throw new ShopError("in_use", { what: "category", by: "a category below it" });
    const [goods] = await tx
      .select({ id: products.id })
      .from(products)
      .where(eq(products.categoryId, categoryId))
      .limit(1);
    if (goods) throw new ShopError("in_use", { what: "category", by: "a product in it" });
    const above = all.find(({ id }) => id === before.parentId);
    if (above) await leadOn(tx, before, above);
    await drop(tx, admin, before, version);
    return [categoryId];
  });
}

/**
 * Moves all goods of a category, whatever their status, into another one; with `remove` it then goes, and its address
 * leads to the other. Answers how many moved.
 * @throws ShopError conflict, not_found, invalid_input for the category itself, in_use where others stand below it
 */
export async function emptyCategory(
  admin: Admin,
  {
    categoryId,
    version,
    targetId,
    remove,
  }: { categoryId: string; version: number; targetId: string; remove: boolean },
): Promise<{ tags: readonly CacheTag[]; moved: number }> {
  let moved = 0;
  const { tags } = await inTree(async (tx, all) => {
    const [before, target] = [one(all, categoryId), one(all, targetId)];
    if (target === before)
      throw new ShopError("invalid_input", { fields: { targetId: "Please choose another category." } });
    if (before.version !== version) throw new ShopError("conflict", { what: "category" });
    if (remove && childrenOf(all, categoryId).length > 0)
      throw new ShopError("in_use", { what: "category", by: "a category below it" });
    const goods = await tx
      .update(products)
      .set({ categoryId: targetId, version: sql`${products.version} + 1` })
      .where(eq(products.categoryId, categoryId))
      .returning({ id: products.id });
    moved = goods.length;
    await log(tx, admin, "category.empty", before, { moved, into: target.name });
    if (remove) {
      await leadOn(tx, before, target);
      await drop(tx, admin, before, version);
    }
    return [categoryId, targetId];
  });
  return { tags, moved };
}

async function drop(tx: Tx, admin: Admin, before: Category, version: number): Promise<void> {
  const [row] = await tx
    .select()
    .from(categories)
    .where(and(eq(categories.id, before.id), eq(categories.version, version)))
    .for("update");
  if (!row) throw new ShopError("conflict", { what: "category" });
  // Its limit would go with the category, and it would then hold for every order.
  const [limited] = await tx
    .select({ title: discounts.title })
    .from(discountTargets)
    .innerJoin(discounts, eq(discounts.id, discountTargets.discountId))
    .where(eq(discountTargets.categoryId, before.id))
    .limit(1);
  if (limited) throw new ShopError("in_use", { what: "category", by: `the discount “${limited.title}”` });
  await tx.delete(categories).where(eq(categories.id, before.id));
  await audit.writeGone(tx, admin, { action: "category.remove", subject: "categories", before: row });
}

/** The address of a category that goes, and those that led to it, lead to another one. */
async function leadOn(tx: Tx, before: Category, target: Category): Promise<void> {
  const redirect = { kind: "category", slug: before.path, targetId: target.id };
  await tx
    .update(slugRedirects)
    .set({ targetId: target.id })
    .where(and(eq(slugRedirects.kind, "category"), eq(slugRedirects.targetId, before.id)));
  await tx
    .insert(slugRedirects)
    .values(redirect)
    .onConflictDoUpdate({
      target: [slugRedirects.kind, slugRedirects.slug],
      set: { targetId: target.id },
    });
}

/** One change of the tree at a time: places and addresses of many rows move together. */
export async function inTree(work: (tx: Tx, all: readonly Category[]) => Promise<string[]>): Answer {
  try {
    return await withTx(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('categories'))`);
      const all = await tx
        .select()
        .from(categories)
        .orderBy(asc(categories.position), asc(categories.name), asc(categories.id));
      const touched = await work(tx, all);
      if (touched.length === 0) return { tags: [] };
      const tags = [...new Set([...touched.map(categoryTag), CATEGORIES_TAG, HOME_TAG])];
      await cache.expire(tx, tags);
      return { tags };
    });
  } catch (error) {
    if (sqlState(error) === "23505") throw new ShopError("duplicate", { field: "address" }, { cause: error });
    if (sqlState(error) === "23503")
      throw new ShopError("in_use", { what: "category", by: "something" }, { cause: error });
    throw error;
  }
}

/** The category of an id. @throws ShopError not_found */
export function one(all: readonly Category[], id: string): Category {
  const found = all.find((category) => category.id === id);
  if (!found) throw new ShopError("not_found", { what: "category" });
  return found;
}

/** What stands directly below a category, or at the top. */
export const childrenOf = (all: readonly Category[], parentId: string | null): Category[] =>
  all.filter((category) => category.parentId === parentId);

function isBelow(all: readonly Category[], category: Category, id: string): boolean {
  for (let up: Category | undefined = category; up; up = all.find((each) => each.id === up?.parentId))
    if (up.id === id) return true;
  return false;
}

/** The address below its parent. @throws ShopError not_found for the parent */
export function pathOf(all: readonly Category[], parentId: string | null, slug: string): string {
  return parentId === null ? slug : `${one(all, parentId).path}/${slug}`;
}

/** Puts a category at a place below a parent. @throws ShopError invalid_input below itself, not_found for the parent */
export async function settle(
  tx: Tx,
  admin: Admin,
  all: readonly Category[],
  moved: Category,
  parentId: string | null,
  place: number,
): Promise<string[]> {
  if (parentId !== null && isBelow(all, one(all, parentId), moved.id))
    throw new ShopError("invalid_input", { fields: { to: "A category cannot stand below itself." } });
  const before = { ...moved, position: childrenOf(all, moved.parentId).indexOf(moved) };
  const siblings = childrenOf(all, parentId).filter(({ id }) => id !== moved.id);
  siblings.splice(Math.max(0, place), 0, moved);
  const after = { parentId, position: siblings.indexOf(moved) };
  await tx
    .update(categories)
    .set({ parentId, path: pathOf(all, parentId, moved.slug), version: sql`${categories.version} + 1` })
    .where(eq(categories.id, moved.id));
  for (const [position, { id }] of siblings.entries())
    await tx.update(categories).set({ position }).where(eq(categories.id, id));
  await log(tx, admin, "category.move", before, after);
  return [moved.id, ...(await rewritePaths(tx, all, { ...moved, parentId }))];
}

/** Gives everything below a category its address anew and lets the old ones lead on. Answers their ids. */
async function rewritePaths(tx: Tx, all: readonly Category[], changed: Category): Promise<string[]> {
  const touched: string[] = [];
  const fresh = all.map((each) => (each.id === changed.id ? changed : each));
  const walk = async (category: Category, above: string | null): Promise<void> => {
    const path = above === null ? category.slug : `${above}/${category.slug}`;
    const old = one(all, category.id).path;
    if (old !== path) {
      touched.push(category.id);
      await tx.update(categories).set({ path }).where(eq(categories.id, category.id));
      await tx
        .delete(slugRedirects)
        .where(and(eq(slugRedirects.kind, "category"), eq(slugRedirects.slug, path)));
      await tx
        .insert(slugRedirects)
        .values({ kind: "category", slug: old, targetId: category.id })
        .onConflictDoUpdate({
          target: [slugRedirects.kind, slugRedirects.slug],
          set: { targetId: category.id },
          setWhere: ne(slugRedirects.targetId, category.id),
        });
    }
    for (const child of childrenOf(fresh, category.id)) await walk(child, path);
  };
  await walk(changed, changed.parentId === null ? null : one(fresh, changed.parentId).path);
  return touched;
}

const log = (
  tx: Tx,
  admin: Admin,
  action: string,
  before: { id: string } & Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
) => audit.write(tx, admin, { action, subject: "categories", subjectId: before.id, before, after });
