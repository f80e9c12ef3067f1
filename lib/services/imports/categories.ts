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

/**
 * A shelf that an undo closed is open again. One that somebody hid by hand stays hidden: the log tells which of the two
 * it was, and where the log reaches no further back, that an undo closes only shelves on which nothing stands.
 */
async function wake(tx: Tx, id: string): Promise<void> {
  const hiddenByHand = sql`coalesce((
    SELECT NOT (a.after ->> 'isActive')::boolean FROM audit a
    WHERE a.subject = 'categories' AND a.subject_id = ${id} AND a.after ? 'isActive'
    ORDER BY a.created_at DESC, a.id DESC LIMIT 1), false)`;
  const woken = await tx
    .update(categories)
    .set({ isActive: true, version: sql`${categories.version} + 1` })
    .where(
      and(
        eq(categories.id, id),
        eq(categories.isActive, false),
        sql`NOT ${hiddenByHand} AND NOT EXISTS (${standing})`,
      ),
    )
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

/** What stands on a shelf, or on one below it. */
const standing = sql`SELECT FROM products p JOIN categories d ON d.id = p.category_id
  WHERE p.status <> 'archived' AND (d.id = categories.id OR d.path LIKE categories.path || '/%')`;

/** What to tell of goods that come to a category which the shop does not show; undefined where it is shown. */
export async function hiddenText(tx: Tx, id: string): Promise<string | undefined> {
  const [hidden] = await tx
    .select({ name: categories.name })
    .from(categories)
    .where(and(eq(categories.id, id), eq(categories.isActive, false)));
  return hidden && `the category "${hidden.name}" is hidden: this product will not be found under it`;
}

/** Closes shelves that imports made and on which nothing stands any more. */
export async function closeEmptyShelves(tx: Tx): Promise<void> {
  const closed = await tx.execute(sql`
    UPDATE categories SET is_active = false, version = version + 1
    WHERE is_active AND (path = ${ROOT.path} OR path LIKE ${`${ROOT.path}/%`}) AND NOT EXISTS (${standing})
    RETURNING id`);
  if (closed.length > 0) await cache.expire(tx, [CATEGORIES_TAG]);
}
