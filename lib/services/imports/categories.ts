/** Imports: the category of an imported product: one that is there by name, or a new one below "Imported". */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { categories } from "@/db/schema/catalog";
import { CATEGORIES_TAG } from "@/lib/cache-tags";
import { slugOf } from "@/lib/domain/imports/cells";
import * as cache from "@/lib/services/cache";

export interface Shelf {
  readonly id: string;
  /** Nobody has sorted what lies here: a later import may still move it. */
  readonly isImported: boolean;
}

const ROOT = { name: "Imported", path: "imported" } as const;

/** Finds or makes the category for `names`, outermost first; the innermost that the shop has already wins. */
export async function shelfFor(tx: Tx, names: readonly string[]): Promise<Shelf> {
  const known = await findByName(tx, names);
  if (known) {
    if (known.isImported) await wake(tx, known.id);
    return known;
  }
  const root = await ensure(tx, { ...ROOT, slug: ROOT.path, parentId: null });
  const name = names.at(-1);
  if (!name) return { id: root, isImported: true };
  const slug = slugOf(name);
  const id = await ensure(tx, { name, slug, path: `${ROOT.path}/${slug}`, parentId: root });
  return { id, isImported: true };
}

/** Whether a product's present category is one that an import made. */
export async function isImportedShelf(tx: Tx, categoryId: string): Promise<boolean> {
  const [row] = await tx
    .select({ path: categories.path })
    .from(categories)
    .where(eq(categories.id, categoryId));
  return row !== undefined && (row.path === ROOT.path || row.path.startsWith(`${ROOT.path}/`));
}

/** A shelf that an undo closed is open again; it may be one that somebody closed by hand and is needed now. */
async function wake(tx: Tx, id: string): Promise<void> {
  const woken = await tx
    .update(categories)
    .set({ isActive: true, version: sql`${categories.version} + 1` })
    .where(and(eq(categories.id, id), eq(categories.isActive, false)))
    .returning({ id: categories.id });
  if (woken.length > 0) await cache.expire(tx, [CATEGORIES_TAG]);
}

async function findByName(tx: Tx, names: readonly string[]): Promise<Shelf | undefined> {
  if (names.length === 0) return undefined;
  const wanted = names.map((name) => name.toLowerCase());
  const rows = await tx
    .select({ id: categories.id, name: categories.name, slug: categories.slug, path: categories.path })
    .from(categories)
    .where(inArray(sql`lower(${categories.name})`, wanted))
    .orderBy(asc(categories.path));
  for (const name of wanted.toReversed()) {
    const fits = rows.filter((row) => row.name.toLowerCase() === name);
    // Its own categories before those of earlier imports.
    const best = fits.find((row) => !row.path.startsWith(`${ROOT.path}/`)) ?? fits[0];
    if (best) return { id: best.id, isImported: best.path.startsWith(ROOT.path) };
  }
  return undefined;
}

async function ensure(
  tx: Tx,
  wanted: { name: string; slug: string; path: string; parentId: string | null },
): Promise<string> {
  const find = () =>
    tx.select({ id: categories.id }).from(categories).where(eq(categories.path, wanted.path));
  const [there] = await find();
  if (there) {
    await wake(tx, there.id);
    return there.id;
  }
  const siblings = wanted.parentId
    ? eq(categories.parentId, wanted.parentId)
    : sql`${categories.parentId} IS NULL`;
  const [last] = await tx
    .select({ position: sql<number>`coalesce(max(${categories.position}), -1)`.mapWith(Number) })
    .from(categories)
    .where(siblings);
  const [made] = await tx
    .insert(categories)
    .values({ id: newId(), ...wanted, position: (last?.position ?? -1) + 1 })
    .onConflictDoNothing({ target: categories.path })
    .returning({ id: categories.id });
  if (made) {
    await cache.expire(tx, [CATEGORIES_TAG]);
    return made.id;
  }
  // Another import made it at the same moment.
  const [now] = await find();
  if (!now) throw new Error(`the category ${wanted.path} was not kept`);
  return now.id;
}

/** Closes shelves that imports made and on which nothing stands any more. */
export async function closeEmptyShelves(tx: Tx): Promise<void> {
  const closed = await tx.execute(sql`
    UPDATE categories c SET is_active = false, version = version + 1
    WHERE c.is_active AND (c.path = ${ROOT.path} OR c.path LIKE ${`${ROOT.path}/%`}) AND NOT EXISTS (
      SELECT FROM products p JOIN categories d ON d.id = p.category_id
      WHERE p.status <> 'archived' AND (d.id = c.id OR d.path LIKE c.path || '/%'))
    RETURNING c.id`);
  if (closed.length > 0) await cache.expire(tx, [CATEGORIES_TAG]);
}
