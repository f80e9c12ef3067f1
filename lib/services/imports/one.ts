/** Imports: one product of a file, read, its pictures loaded, written whole or not at all, and noted. */
import { eq, inArray, like, or, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { productImages, products } from "@/db/schema/catalog";
import { withTx } from "@/db/tx";
import { ShopError } from "@/lib/domain/errors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import type { Group } from "@/lib/domain/imports/groups";
import type { Note } from "@/lib/domain/imports/note";
import { ownKey } from "@/lib/domain/imports/own-format";
import { ImportSkip, type ProductDraft, readProduct } from "@/lib/domain/imports/product";
import type { Context } from "./context";
import type { Survey } from "./file";
import type { Picture, Pictures } from "./pictures";
import { note, type Outcome, type Place, type Result, RunOver } from "./record";
import { type Written, writeProduct } from "./write-product";

export interface Step {
  /** Where the product is noted; null: nowhere. */
  readonly place: Place | null;
  /** Null: no pictures are loaded. */
  readonly pictures: Pictures | null;
  /** Does everything and keeps nothing of it; what would happen is noted all the same. */
  readonly rehearse: boolean;
}

export interface Done {
  readonly result: Result;
  readonly variants: number;
  readonly pictures: number;
}

/** Imports one product, whole or not at all. @throws RunOver where the run was stopped. */
export async function importGroup(context: Context, file: Survey, group: Group, step: Step): Promise<Done> {
  const { place, pictures } = step;
  const about = { handle: group.handle, lines: group.lines };
  let draft: ProductDraft | undefined;
  try {
    if (file.scattered.has(group.slug))
      throw new ImportProblem(
        `The rows of "${group.handle}" do not stand together: sort the file by handle.`,
      );
    draft = readProduct(group, file.columns, context.currency);
    const notes: Note[] = [...draft.notes];
    const loaded = await loadPictures(pictures, draft, notes);
    const result = await write(context, draft, loaded, notes, step);
    return { result, variants: draft.variants.length, pictures: loaded.length };
  } catch (error) {
    if (error instanceof RunOver) throw error;
    const outcome: Outcome = error instanceof ImportSkip ? "skipped" : "failed";
    const failed: Result = { ...about, outcome, message: sentenceOf(error), notes: [], before: null };
    if (place) await withTx((tx) => note(tx, place, failed));
    return { result: failed, variants: 0, pictures: 0 };
  }
}

/** Outside any transaction: a slow server must not hold locks. */
async function loadPictures(
  pictures: Pictures | null,
  draft: ProductDraft,
  notes: Note[],
): Promise<Picture[]> {
  if (!pictures || draft.images.length === 0) return [];
  const folder = `imported/${draft.slug}`;
  const ownKeys = draft.images.flatMap(({ url }) => ownKey(url) ?? []);
  const known = await db
    .select({ key: productImages.key, slug: products.slug })
    .from(productImages)
    .innerJoin(products, eq(products.id, productImages.productId))
    .where(or(like(productImages.key, `${folder}/%`), inArray(productImages.key, ownKeys)));
  // Pictures that the product has already, as an export of this shop names them.
  const present = new Set(known.flatMap(({ key, slug }) => (slug === draft.slug ? [key] : [])));
  return pictures.load(
    folder,
    draft.images.filter(({ url }) => !present.has(ownKey(url) ?? "")),
    known.map(({ key }) => key),
    notes,
  );
}

class Rehearsed extends Error {
  constructor(readonly written: Written) {
    super("dry run");
  }
}

async function write(
  context: Context,
  draft: ProductDraft,
  pictures: readonly Picture[],
  notes: readonly Note[],
  { place, rehearse }: Step,
): Promise<Result> {
  const resultOf = (written: Written): Result => ({
    handle: draft.handle,
    lines: draft.lines,
    outcome: written.outcome,
    message: null,
    notes: [...notes, ...written.notes],
    before: written.before,
  });
  const attempt = () =>
    withTx(async (tx: Tx) => {
      const { userId } = context;
      // The price history says who changed a price.
      if (userId) await tx.execute(sql`select set_config('shop.user', ${userId}, true)`);
      const written = await writeProduct(tx, context, draft, pictures);
      if (rehearse) throw new Rehearsed(written);
      const result = resultOf(written);
      if (place) await note(tx, place, result);
      return result;
    });
  try {
    // Somebody made the same product or category at the same moment: now it is there to be found.
    return await attempt().catch((error) =>
      sqlState(error) === "23505" ? attempt() : Promise.reject(error),
    );
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
    const result = resultOf(error.written);
    if (place) await withTx((tx) => note(tx, place, result));
    return result;
  }
}

/** Why one product failed. Throws what is no fault of the product: without a database there is nothing to go on with. */
function sentenceOf(error: unknown): string {
  if (error instanceof ImportProblem || error instanceof ImportSkip || error instanceof ShopError)
    return error.message;
  const state = sqlState(error) ?? "";
  if (state.startsWith("22") || state.startsWith("23") || state === "54000") {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return `The database refused it: ${cause}`;
  }
  throw error;
}
