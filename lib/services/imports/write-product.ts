/** Imports: writes one product of a file, whole or not at all, and only what differs from the shop. */
import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { categories, products } from "@/db/schema/catalog";
import { now } from "@/db/schema/columns";
import { importRows } from "@/db/schema/imports";
import { taxClasses } from "@/db/schema/tax";
import { categoryTag, HOME_TAG, productTag } from "@/lib/cache-tags";
import { tagsFor } from "@/lib/domain/catalog-input";
import { ImportProblem } from "@/lib/domain/imports/columns";
import type { Snapshot } from "@/lib/domain/imports/difference";
import type { Note } from "@/lib/domain/imports/note";
import type { ProductDraft } from "@/lib/domain/imports/product";
import { cleanHtml } from "@/lib/rich-text";
import * as cache from "@/lib/services/cache";
import { hiddenText, isImportedShelf, shelfFor } from "./categories";
import type { Context } from "./context";
import { findProduct, type ProductRow, readOptions, readVariants, snapshotOf } from "./current";
import type { Picture } from "./pictures";
import { removeOptions, writeOptions } from "./write-options";
import { addPictures, tellPictures } from "./write-pictures";
import { scheduleFor } from "./write-schedule";
import { writeVariants } from "./write-variants";

export interface Written {
  readonly outcome: "created" | "updated" | "unchanged";
  readonly productId: string;
  /** What an undo needs, and what shows the difference: see `Kept`. */
  readonly before: Kept | null;
  readonly notes: readonly Note[];
}

/** A product that an import changed: as it was (null: it is new) and as it is now. */
export type Kept = Record<string, unknown> & {
  readonly productId: string;
  readonly was: Snapshot | null;
  readonly is: Snapshot;
};

const at = now as unknown as Date;

/** @throws ImportProblem where the product cannot be written; the caller's transaction must roll back then. */
export async function writeProduct(
  tx: Tx,
  context: Context,
  draft: ProductDraft,
  pictures: readonly Picture[],
): Promise<Written> {
  const notes: Note[] = [];
  const there = await findProduct(tx, draft, context.slugs);
  if (there) refuseStranger(there, context);
  if (there && there.slug !== draft.slug)
    notes.push({
      line: draft.lines[0] ?? 0,
      text: `known by its SKU or an old address: it is "${there.slug}" here`,
    });
  const shelf = await shelfOf(tx, draft, there);
  const unseen = shelf === there?.categoryId ? undefined : await hiddenText(tx, shelf);
  if (unseen) notes.push({ line: draft.lines[0] ?? 0, text: unseen });
  const taxClassId = await taxClassOf(tx, context, draft, there, notes);
  const isFeatured = featuredOf(context, draft, there, notes);
  const status = draft.status ?? (there ? await statusOf(tx, there) : "active");
  const productId = there?.id ?? newId();
  const was = there ? await snapshotOf(tx, productId) : null;
  const current = there ? await readVariants(tx, productId) : [];
  const schedule = await scheduleFor(tx, draft, there, status, notes);
  const place = { categoryId: shelf, taxClassId, isFeatured, ...schedule };
  let changed = there
    ? await change(tx, context, draft, there, { ...place, status })
    : await create(tx, context, draft, productId, place);
  const options = await writeOptions(
    tx,
    productId,
    draft.options,
    there ? await readOptions(tx, productId) : [],
  );
  const variants = await writeVariants(
    tx,
    context,
    {
      productId,
      draft,
      current,
      options,
      isBack: there?.status === "archived" && status !== "archived",
    },
    notes,
  );
  await removeOptions(tx, options.obsolete);
  const told = there ? await tellPictures(tx, productId, draft) : false;
  const added = await addPictures(tx, productId, draft, options, pictures);
  changed = changed || options.changed || options.obsolete.length > 0 || variants || added || told;
  if (!changed) return { outcome: "unchanged", productId, before: null, notes };
  const shelves = new Set([shelf, there?.categoryId ?? shelf]);
  await cache.expire(tx, [productTag(productId), ...[...shelves].map(categoryTag), HOME_TAG]);
  const is = await snapshotOf(tx, productId);
  if (!is) throw new Error(`the product ${productId} was not kept`);
  return {
    outcome: there ? "updated" : "created",
    productId,
    before: { productId, was, is },
    notes,
  };
}

/** By its code. What tax is paid, and what the front page shows, is not for owners to decide. */
async function taxClassOf(
  tx: Tx,
  { isOwners }: Context,
  { taxClass, lines }: ProductDraft,
  there: ProductRow | undefined,
  notes: Note[],
): Promise<string | null> {
  const kept = there?.taxClassId ?? null;
  if (taxClass === undefined) return kept;
  const [named] = await tx
    .select({ id: taxClasses.id })
    .from(taxClasses)
    .where(eq(taxClasses.code, taxClass));
  const line = lines[0] ?? 0;
  const wanted = named?.id ?? null;
  if (taxClass && !named) notes.push({ line, text: `tax class left as it is: there is no "${taxClass}"` });
  else if (wanted !== kept && isOwners)
    notes.push({ line, text: "tax class left as it is: the store sets it" });
  else return wanted;
  return kept;
}

function featuredOf(
  { isOwners }: Context,
  { featured, lines }: ProductDraft,
  there: ProductRow | undefined,
  notes: Note[],
): boolean {
  const kept = there?.isFeatured ?? false;
  if (featured === undefined || featured === kept) return kept;
  if (!isOwners) return featured;
  notes.push({ line: lines[0] ?? 0, text: "featured left as it is: the store chooses what is featured" });
  return kept;
}

/** Where the file does not say it, a product stays what it is; one that only an undo put away comes back. */
async function statusOf(tx: Tx, { id, status }: ProductRow): Promise<ProductRow["status"]> {
  if (status !== "archived") return status;
  const [undone] = await tx
    .select({ id: importRows.id })
    .from(importRows)
    .where(
      and(
        eq(importRows.outcome, "created"),
        isNotNull(importRows.undo),
        sql`${importRows.before} ->> 'productId' = ${id}`,
      ),
    )
    .limit(1);
  return undone ? "active" : status;
}

// Somebody else's product is not there for an owner; the sentence says no more than its address does.
function refuseStranger({ ownerId, slug }: ProductRow, { owner, isOwnerGiven }: Context): void {
  if (isOwnerGiven && ownerId !== owner.id)
    throw new ImportProblem(`The address "${slug}" or one of its SKUs is taken by another owner's product.`);
}

/** A product that somebody sorted into a category stays there. */
async function shelfOf(tx: Tx, draft: ProductDraft, there: ProductRow | undefined): Promise<string> {
  if (draft.categoryPath !== undefined) {
    const [named] = await tx
      .select({ id: categories.id })
      .from(categories)
      .where(eq(categories.path, draft.categoryPath));
    if (named) return named.id;
  }
  if (there && !(draft.category.length > 0 && (await isImportedShelf(tx, there.categoryId))))
    return there.categoryId;
  return (await shelfFor(tx, draft.category)).id;
}

function fieldsOf(draft: ProductDraft, { isOwnerGiven }: Context, before: readonly string[]) {
  return {
    name: draft.name,
    ...(draft.vendor === undefined ? {} : { subtitle: draft.vendor }),
    ...(draft.html === undefined ? {} : descriptionOf(draft, draft.html)),
    ...(draft.details === undefined ? {} : { details: draft.details }),
    ...(draft.tags === undefined
      ? {}
      : { tags: tagsFor(isOwnerGiven ? "owner" : "admin", draft.tags, before) }),
    ...(draft.seoTitle === undefined ? {} : { metaTitle: draft.seoTitle || null }),
    ...(draft.seoDescription === undefined ? {} : { metaDescription: draft.seoDescription || null }),
  };
}

const descriptionOf = ({ descriptionFormat }: ProductDraft, text: string) =>
  descriptionFormat === "text"
    ? { description: text, descriptionFormat }
    : { description: cleanHtml(text), descriptionFormat };

type Place = Pick<ProductRow, "categoryId" | "taxClassId" | "isFeatured" | "publishAt" | "unpublishAt">;

async function create(
  tx: Tx,
  context: Context,
  draft: ProductDraft,
  id: string,
  place: Place,
): Promise<true> {
  const status = draft.status ?? "active";
  await tx.insert(products).values({
    id,
    ownerId: context.owner.id,
    ...place,
    slug: draft.slug,
    ...fieldsOf(draft, context, []),
    status,
    publishedAt: status === "active" ? at : null,
    archivedAt: status === "archived" ? at : null,
  });
  return true;
}

async function change(
  tx: Tx,
  context: Context,
  draft: ProductDraft,
  there: ProductRow,
  place: Place & Pick<ProductRow, "status">,
): Promise<boolean> {
  const { status } = place;
  const wanted = { ...fieldsOf(draft, context, there.tags), ...place };
  const differs = (Object.keys(wanted) as (keyof typeof wanted)[]).some(
    (field) => JSON.stringify(wanted[field]) !== JSON.stringify(there[field]),
  );
  if (!differs) return false;
  await tx
    .update(products)
    .set({
      ...wanted,
      ...(status === "active" && !there.publishedAt ? { publishedAt: at } : {}),
      ...(status === there.status ? {} : { archivedAt: status === "archived" ? at : null }),
      version: sql`${products.version} + 1`,
    })
    .where(eq(products.id, there.id));
  return true;
}
