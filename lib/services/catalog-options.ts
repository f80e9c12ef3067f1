/** Catalogue: the options of a product and their values: added, renamed, put in order, taken away. */
import { eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { optionValues, productOptions, products, variantOptionValues, variants } from "@/db/schema/catalog";
import { withTx } from "@/db/tx";
import type { CacheTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import {
  isRetired,
  MOST_OPTIONS,
  MOST_VALUES,
  MOST_VARIANTS,
  type Option,
  type OptionsInput,
  optionKeyOf,
} from "@/lib/domain/catalog-options";
import { ShopError } from "@/lib/domain/errors";
import * as audit from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { readVariants } from "@/lib/services/imports/current";
import { linkValues } from "@/lib/services/imports/write-options";
import { editedOptions } from "./catalog-options-edit";
import { allTagsOf, lockCurrent, whyNotPublishable } from "./catalog-own";

type Variant = Awaited<ReturnType<typeof readVariants>>[number];

export interface OptionsResult {
  readonly tags: readonly CacheTag[];
  /** Variants that lost their place: no longer for sale, nothing of them is deleted. */
  readonly retired: number;
  /** Pieces that those have on the shelf. */
  readonly pieces: number;
}

/**
 * Saves the options of a product. The variants that are there take the first value of a new option; those of a value
 * that goes are taken off sale and keep stock, orders and history.
 * @throws ShopError not_found, conflict, invalid_input
 */
export async function editOptions(staff: Staff, input: OptionsInput): Promise<OptionsResult> {
  return withTx(async (tx) => {
    const product = await lockCurrent(tx, staff, input);
    const before = await readAllOptions(tx, product.id);
    const after = editedOptions(before, input);
    refuseTooMany(after);
    const stored = await readVariants(tx, product.id);
    const { moved, lost } = placeVariants(stored, before, after);
    if (moved.length > MOST_VARIANTS) throw refused(`At most ${MOST_VARIANTS} variants a product.`);
    await retire(tx, lost);
    await writeOptions(tx, product.id, before, after);
    await moveVariants(tx, moved, after);
    await dropOptions(tx, before, after);
    const why = product.status === "active" ? await whyNotPublishable(tx, product.id) : undefined;
    if (why) throw refused(`${why} Take the product out of the shop first, or keep a variant.`);
    await tx
      .update(products)
      .set({ version: sql`${products.version} + 1` })
      .where(eq(products.id, product.id));
    await audit.write(tx, staff, {
      action: "product.options",
      subject: "products",
      subjectId: product.id,
      before: { options: wordsOf(before) },
      after: { options: wordsOf(after), retired: lost.map(({ sku }) => sku) },
    });
    const tags = allTagsOf(product);
    await cache.expire(tx, tags);
    const pieces = lost.reduce((sum, { available }) => sum + Math.max(0, available), 0);
    return { tags, retired: lost.filter(({ isActive }) => isActive).length, pieces };
  });
}

/** The options of a product in their order, each with all its values. */
export async function readAllOptions(tx: Tx, productId: string): Promise<Option[]> {
  const options = await tx
    .select({ id: productOptions.id, name: productOptions.name })
    .from(productOptions)
    .where(eq(productOptions.productId, productId))
    .orderBy(productOptions.position, productOptions.id);
  const values = await tx
    .select({
      id: optionValues.id,
      optionId: optionValues.optionId,
      value: optionValues.value,
      swatch: optionValues.swatch,
    })
    .from(optionValues)
    .innerJoin(productOptions, eq(productOptions.id, optionValues.optionId))
    .where(eq(productOptions.productId, productId))
    .orderBy(optionValues.position, optionValues.id);
  return options.map((option) => ({
    ...option,
    values: values
      .filter(({ optionId }) => optionId === option.id)
      .map(({ id, value, swatch }) => ({ id, value, swatch })),
  }));
}

const wordsOf = (options: readonly Option[]) =>
  options.map(({ name, values }) => ({ name, values: values.map(({ value }) => value) }));

const refused = (sentence: string) => new ShopError("invalid_input", { fields: { options: sentence } });

function refuseTooMany(options: readonly Option[]): void {
  if (options.length > MOST_OPTIONS)
    throw new ShopError("invalid_input", {
      fields: { newName: `At most ${MOST_OPTIONS} options a product.` },
    });
  for (const [i, { values }] of options.entries())
    if (values.length > MOST_VALUES)
      throw new ShopError("invalid_input", {
        fields: { [`options.${i}.add`]: `At most ${MOST_VALUES} values an option.` },
      });
}

interface Moved {
  readonly variant: Variant;
  readonly valueIds: readonly string[];
}

/** Which values each variant has afterwards, and which variants have no place any more. */
function placeVariants(stored: readonly Variant[], before: readonly Option[], after: readonly Option[]) {
  const moved: Moved[] = [];
  const lost: Variant[] = [];
  const taken = new Set<string>();
  // Where an option goes, several variants become one combination: what is for sale and in stock stays.
  const rank = ({ isActive, available }: Variant) => Number(!isActive) * 2 + Number(available <= 0);
  const known = new Set(before.flatMap(({ values }) => values.map(({ id }) => id)));
  // Taken off sale by an import that brought other options: it has no place in the matrix either.
  const isLeftOver = ({ isActive, valueIds }: Variant) =>
    !isActive && valueIds.filter((id) => known.has(id)).length < before.length;
  const inPlace = stored.filter(({ optionKey }) => !isRetired(optionKey));
  lost.push(...inPlace.filter(isLeftOver));
  for (const variant of inPlace.filter((each) => !isLeftOver(each)).toSorted((a, b) => rank(a) - rank(b))) {
    const valueIds = after.map((option) => {
      const held = option.values.find(({ id }) => variant.valueIds.includes(id));
      if (held) return held.id;
      // It stands below a value that goes; without one, the option is new to it.
      const had = before
        .find(({ id }) => id === option.id)
        ?.values.some(({ id }) => variant.valueIds.includes(id));
      return had ? undefined : option.values[0]?.id;
    });
    const whole = valueIds.flatMap((id) => id ?? []);
    const key = optionKeyOf(whole);
    // Several that are off sale may share a combination, as a file brings them.
    const isInTheWay = taken.has(key) && (variant.isActive || variant.optionKey !== key);
    if (whole.length < after.length || isInTheWay) lost.push(variant);
    else {
      taken.add(key);
      moved.push({ variant, valueIds: whole });
    }
  }
  return { moved, lost };
}

async function retire(tx: Tx, lost: readonly Variant[]): Promise<void> {
  if (lost.length === 0) return;
  const ids = lost.map(({ id }) => id);
  await tx
    .update(variants)
    .set({
      isActive: false,
      optionKey: sql`'retired:' || ${variants.id}`,
      version: sql`${variants.version} + 1`,
    })
    .where(inArray(variants.id, ids));
  await tx.delete(variantOptionValues).where(inArray(variantOptionValues.variantId, ids));
}

/** Names are unique: what is renamed steps aside first, so that two may swap theirs. */
async function writeOptions(
  tx: Tx,
  productId: string,
  before: readonly Option[],
  after: readonly Option[],
): Promise<void> {
  const known = new Map(before.map((option) => [option.id, option]));
  const values = new Map(before.flatMap((option) => option.values.map((value) => [value.id, value])));
  for (const option of after.filter(({ id, name }) => known.has(id) && known.get(id)?.name !== name))
    await tx
      .update(productOptions)
      .set({ name: sql`'moving:' || ${productOptions.id}` })
      .where(eq(productOptions.id, option.id));
  for (const { id, value } of after.flatMap((option) => option.values))
    if (values.has(id) && values.get(id)?.value !== value)
      await tx
        .update(optionValues)
        .set({ value: sql`'moving:' || ${optionValues.id}` })
        .where(eq(optionValues.id, id));
  // A value that goes may leave its name to a new one.
  const gone = [...values.keys()].filter((id) => !after.some((o) => o.values.some((v) => v.id === id)));
  if (gone.length > 0)
    await tx
      .update(optionValues)
      .set({ value: sql`'moving:' || ${optionValues.id}` })
      .where(inArray(optionValues.id, gone));
  const lost = before.filter(({ id }) => !after.some((option) => option.id === id)).map(({ id }) => id);
  if (lost.length > 0)
    await tx
      .update(productOptions)
      .set({ name: sql`'moving:' || ${productOptions.id}` })
      .where(inArray(productOptions.id, lost));
  for (const [position, { id, name, values: list }] of after.entries()) {
    await tx
      .insert(productOptions)
      .values({ id, productId, name, position })
      .onConflictDoUpdate({ target: productOptions.id, set: { name, position } });
    for (const [place, value] of list.entries())
      await tx
        .insert(optionValues)
        .values({ ...value, optionId: id, position: place })
        .onConflictDoUpdate({
          target: optionValues.id,
          set: { value: value.value, swatch: value.swatch, position: place },
        });
  }
}

async function moveVariants(tx: Tx, moved: readonly Moved[], after: readonly Option[]): Promise<void> {
  const changed = moved.filter(({ variant, valueIds }) => variant.optionKey !== optionKeyOf(valueIds));
  if (changed.length > 0)
    await tx
      .update(variants)
      .set({ optionKey: sql`'moving:' || ${variants.id}` })
      .where(
        inArray(
          variants.id,
          changed.map(({ variant }) => variant.id),
        ),
      );
  const words = new Map(after.flatMap(({ values }) => values.map(({ id, value }) => [id, value])));
  for (const { variant, valueIds } of moved) {
    const next = {
      optionKey: optionKeyOf(valueIds),
      title: valueIds.map((id) => words.get(id) ?? "").join(" / "),
    };
    if (next.optionKey === variant.optionKey && next.title === variant.title) continue;
    if (next.optionKey !== variant.optionKey) await linkValues(tx, variant.id, valueIds);
    await tx
      .update(variants)
      .set({ ...next, version: sql`${variants.version} + 1` })
      .where(eq(variants.id, variant.id));
  }
  await orderVariants(tx, after, moved);
}

/** Variants stand in the order of their values. */
export async function orderVariants(
  tx: Tx,
  options: readonly Option[],
  list: readonly { variant: { id: string }; valueIds: readonly string[] }[],
): Promise<void> {
  const places = new Map(options.flatMap(({ values }) => values.map(({ id }, place) => [id, place])));
  const placesOf = (valueIds: readonly string[]) => valueIds.map((id) => places.get(id) ?? 0);
  const sorted = list
    .map(({ variant, valueIds }) => ({ id: variant.id, at: placesOf(valueIds) }))
    .sort((a, b) => {
      const differs = a.at.findIndex((place, i) => place !== b.at[i]);
      return differs < 0 ? 0 : (a.at[differs] ?? 0) - (b.at[differs] ?? 0);
    });
  for (const [position, { id }] of sorted.entries())
    await tx.update(variants).set({ position }).where(eq(variants.id, id));
}

async function dropOptions(tx: Tx, before: readonly Option[], after: readonly Option[]): Promise<void> {
  const kept = new Set(after.flatMap((option) => [option.id, ...option.values.map(({ id }) => id)]));
  const values = before.flatMap((option) => option.values.map(({ id }) => id)).filter((id) => !kept.has(id));
  const options = before.map(({ id }) => id).filter((id) => !kept.has(id));
  if (values.length > 0) {
    await tx.delete(variantOptionValues).where(inArray(variantOptionValues.optionValueId, values));
    await tx.delete(optionValues).where(inArray(optionValues.id, values));
  }
  if (options.length > 0) await tx.delete(productOptions).where(inArray(productOptions.id, options));
}
