/** Imports: the options of a product as a file has them; what is there already keeps its id. */
import { and, eq, inArray, notInArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { optionValues, productOptions, variantOptionValues } from "@/db/schema/catalog";
import type { OptionDraft } from "@/lib/domain/imports/variants";
import type { CurrentOption } from "./current";

export interface WrittenOptions {
  /** Ids by place of the option and value in lower case: see `valueKey`. */
  readonly ids: ReadonlyMap<string, string>;
  readonly changed: boolean;
  /** Options that the shop has and the file has not. */
  readonly obsolete: readonly string[];
  /** Options that the shop had not. */
  readonly added: boolean;
}

export const valueKey = (place: number, value: string): string => `${place}:${value.toLowerCase()}`;

/** Adds the options and values that are missing and puts the options in the file's order. */
export async function writeOptions(
  tx: Tx,
  productId: string,
  wanted: readonly OptionDraft[],
  current: readonly CurrentOption[],
): Promise<WrittenOptions> {
  const ids = new Map<string, string>();
  const kept: string[] = [];
  let [changed, added] = [false, false];
  for (const [place, { name, values }] of wanted.entries()) {
    const there = current.find((option) => option.name.toLowerCase() === name.toLowerCase());
    const optionId = there?.id ?? newId();
    kept.push(optionId);
    if (!there) {
      await tx.insert(productOptions).values({ id: optionId, productId, name, position: place });
      [changed, added] = [true, true];
    } else if (there.position !== place) {
      await tx.update(productOptions).set({ position: place }).where(eq(productOptions.id, optionId));
      changed = true;
    }
    for (const value of there?.values ?? []) ids.set(valueKey(place, value.value), value.id);
    const last = there?.values.at(-1)?.position ?? -1;
    const fresh = values
      .filter((value) => !ids.has(valueKey(place, value)))
      .map((value, i) => ({ id: newId(), optionId, value, position: last + 1 + i }));
    if (fresh.length === 0) continue;
    await tx.insert(optionValues).values(fresh);
    for (const { id, value } of fresh) ids.set(valueKey(place, value), id);
    changed = true;
  }
  const obsolete = current.filter(({ id }) => !kept.includes(id)).map(({ id }) => id);
  return { ids, changed, added, obsolete };
}

/** Takes options away that no variant for sale has any longer. */
export async function removeOptions(tx: Tx, optionIds: readonly string[]): Promise<void> {
  if (optionIds.length === 0) return;
  const values = tx
    .select({ id: optionValues.id })
    .from(optionValues)
    .where(inArray(optionValues.optionId, [...optionIds]));
  await tx.delete(variantOptionValues).where(inArray(variantOptionValues.optionValueId, values));
  await tx.delete(productOptions).where(inArray(productOptions.id, [...optionIds]));
}

/** Says which values a variant has, and no others. */
export async function linkValues(tx: Tx, variantId: string, valueIds: readonly string[]): Promise<void> {
  const ofVariant = eq(variantOptionValues.variantId, variantId);
  await tx
    .delete(variantOptionValues)
    .where(
      valueIds.length > 0
        ? and(ofVariant, notInArray(variantOptionValues.optionValueId, [...valueIds]))
        : ofVariant,
    );
  if (valueIds.length === 0) return;
  await tx
    .insert(variantOptionValues)
    .values(valueIds.map((optionValueId) => ({ variantId, optionValueId })))
    .onConflictDoNothing();
}
