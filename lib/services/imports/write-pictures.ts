/** Imports: the pictures of a product: those that were loaded, and what the file says of those that are there. */
import { and, eq, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { productImages } from "@/db/schema/catalog";
import { ownKey } from "@/lib/domain/imports/own-format";
import { type ProductDraft, shownValue } from "@/lib/domain/imports/product";
import type { Picture } from "./pictures";
import { valueKey, type WrittenOptions } from "./write-options";

/** Words, order and backdrops of pictures that the product has already, as an export of this shop names them. */
export async function tellPictures(tx: Tx, productId: string, draft: ProductDraft): Promise<boolean> {
  let changed = false;
  for (const { url, alt, isUnworded, position, backdrop } of draft.images) {
    const key = ownKey(url);
    if (key === undefined) continue;
    const told = await tx
      .update(productImages)
      .set({ position, backdrop, ...(!isUnworded && { alt, version: versionFor(alt) }) })
      .where(
        and(
          eq(productImages.productId, productId),
          eq(productImages.key, key),
          or(
            isUnworded ? undefined : ne(productImages.alt, alt),
            ne(productImages.position, position),
            backdrop === undefined ? undefined : sql`${productImages.backdrop} IS DISTINCT FROM ${backdrop}`,
          ),
        ),
      )
      .returning({ id: productImages.id });
    changed ||= told.length > 0;
  }
  return changed;
}

/** Who has the form of a picture open is told of other words; of another place they need not be. */
const versionFor = (alt: string) => sql`${productImages.version} + (${productImages.alt} <> ${alt})::int`;

/** Notes pictures that were loaded. Answers whether any was new. */
export async function addPictures(
  tx: Tx,
  productId: string,
  draft: ProductDraft,
  options: WrittenOptions,
  pictures: readonly Picture[],
): Promise<boolean> {
  if (pictures.length === 0) return false;
  const has = await tx
    .select({ isPrimary: productImages.isPrimary })
    .from(productImages)
    .where(eq(productImages.productId, productId));
  const needsPrimary = !has.some(({ isPrimary }) => isPrimary);
  const made = await tx
    .insert(productImages)
    .values(
      pictures.map(({ draft: image, key, width, height, placeholder }, i) => {
        const value = image.shows ?? shownValue(draft, image.url);
        return {
          id: newId(),
          productId,
          optionValueId: value === undefined ? null : (options.ids.get(valueKey(0, value)) ?? null),
          key,
          alt: image.alt,
          width,
          height,
          placeholder,
          backdrop: image.backdrop ?? null,
          position: image.position,
          isPrimary: needsPrimary && i === 0,
        };
      }),
    )
    .onConflictDoNothing({ target: productImages.key })
    .returning({ id: productImages.id });
  return made.length > 0;
}
