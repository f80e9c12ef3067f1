/** Undo of an import: variants, their prices and their stock. */
import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { variantOptionValues, variants } from "@/db/schema/catalog";
import type { System } from "@/lib/domain/actors";
import { same, VARIANT_FIELDS, type VariantField, type VariantState } from "@/lib/domain/imports/difference";
import * as stock from "@/lib/services/inventory/adjust";
import { setBackorder, setThreshold } from "@/lib/services/inventory/policy";
import { dropNewOptions } from "./undo-options";
import type { About, Three } from "./undo-state";
import { linkValues } from "./write-options";

/** Gives back what the import took from variants, and takes away those that it brought. */
export async function restoreVariants(
  tx: Tx,
  system: System,
  about: About,
  three: Three,
  hasOptions: boolean,
  left: string[],
): Promise<void> {
  const { was, is, current } = three;
  const known = new Set(was.variants.map(({ id }) => id));
  const brought = current.variants.filter(
    ({ id }) => !known.has(id) && is.variants.some((variant) => variant.id === id),
  );
  if (brought.length > 0) await retire(tx, system, about, brought, left);
  if (hasOptions) await restoreLinks(tx, three);
  for (const before of was.variants) {
    const after = is.variants.find(({ id }) => id === before.id);
    const present = current.variants.find(({ id }) => id === before.id);
    if (!after || !present) continue;
    await restoreFields(tx, { before, after, present }, left);
    if (!hasOptions) await restoreSale(tx, { before, after, present }, left);
    await restoreStock(tx, system, about, { before, after, present }, left);
  }
  if (hasOptions) await dropNewOptions(tx, three);
}

interface Trio {
  readonly before: VariantState;
  readonly after: VariantState;
  readonly present: VariantState;
}

async function restoreFields(tx: Tx, { before, after, present }: Trio, left: string[]): Promise<void> {
  const change: { -readonly [F in VariantField]?: VariantState[F] } = {};
  for (const [field, label] of Object.entries(VARIANT_FIELDS) as [VariantField, string][]) {
    if (same(before[field], after[field])) continue;
    if (same(present[field], after[field])) Object.assign(change, { [field]: before[field] });
    else left.push(`${label} of ${present.sku} was changed since and stays`);
  }
  if (typeof change.sku === "string" && (await isTaken(tx, before.id, change.sku))) {
    left.push(`the SKU ${change.sku} belongs to another variant now`);
    delete change.sku;
  }
  const price = change.price ?? present.price;
  const former = change.compareAtPrice === undefined ? present.compareAtPrice : change.compareAtPrice;
  if (former !== null && former <= price) {
    change.compareAtPrice = null;
    left.push(`the former price of ${present.sku} is gone: it is not above the price`);
  }
  const { unitAmount = present.unitAmount, unit = present.unit } = change;
  if (((unitAmount ?? null) === null) !== ((unit ?? null) === null)) {
    delete change.unitAmount;
    delete change.unit;
    left.push(`the content of ${present.sku} was changed since and stays`);
  }
  if (Object.keys(change).length === 0) return;
  await tx
    .update(variants)
    .set({ ...change, version: sql`${variants.version} + 1` })
    .where(eq(variants.id, before.id));
}

/** Off sale again, or on; unless another variant of the same options is for sale now. */
async function restoreSale(tx: Tx, { before, after, present }: Trio, left: string[]): Promise<void> {
  if (before.isActive === after.isActive || present.isActive !== after.isActive) return;
  const changed = await tx
    .update(variants)
    .set({ isActive: before.isActive, version: sql`${variants.version} + 1` })
    .where(
      and(
        eq(variants.id, before.id),
        sql`(NOT ${before.isActive} OR NOT EXISTS (SELECT FROM variants other WHERE other.product_id = ${variants.productId}
          AND other.option_key = ${variants.optionKey} AND other.is_active AND other.id <> ${variants.id}))`,
      ),
    )
    .returning({ id: variants.id });
  if (changed.length === 0) left.push(`${present.sku} stays off sale: another variant has its options now`);
}

async function isTaken(tx: Tx, variantId: string, sku: string): Promise<boolean> {
  const found = await tx
    .select({ id: variants.id })
    .from(variants)
    .where(and(sql`lower(${variants.sku}) = ${sku.toLowerCase()}`, ne(variants.id, variantId)));
  return found.length > 0;
}

/** What the import added or took is taken or added again; what was sold meanwhile stays sold. */
async function restoreStock(
  tx: Tx,
  system: System,
  about: About,
  { before, after, present }: Trio,
  left: string[],
): Promise<void> {
  await shift(tx, system, about, present, before.available - after.available, left);
  if (!same(before.threshold, after.threshold) && present.threshold === after.threshold)
    await setThreshold(system, { variantId: before.id, threshold: before.threshold }, tx);
  const policy = ({ backorder, backorderLimit = null }: VariantState) => [backorder, backorderLimit];
  if (same(policy(before), policy(after)) || !same(policy(present), policy(after))) return;
  const { id: variantId, backorder, backorderLimit: limit = null } = before;
  const allowed = backorder ? (limit ?? Number.POSITIVE_INFINITY) : 0;
  if (-present.available > allowed) left.push(`${present.sku} stays open for backorders`);
  else await setBackorder(system, { variantId, backorder, limit }, tx);
}

async function shift(
  tx: Tx,
  system: System,
  { reason }: About,
  { id, sku, available }: VariantState,
  wanted: number,
  left: string[],
): Promise<void> {
  const delta = Math.max(wanted, -Math.max(0, available));
  if (delta !== wanted) left.push(`${delta - wanted} of ${sku} are sold or held for orders`);
  if (delta !== 0) await stock.adjust(system, { variantId: id, delta, reason }, tx);
}

/** Takes all unsold stock of variants away. */
export async function giveUpStock(
  tx: Tx,
  system: System,
  about: About,
  list: readonly VariantState[],
  left: string[],
): Promise<void> {
  for (const variant of list)
    if (variant.available > 0) await shift(tx, system, about, variant, -variant.available, left);
}

async function retire(
  tx: Tx,
  system: System,
  about: About,
  brought: readonly VariantState[],
  left: string[],
): Promise<void> {
  await giveUpStock(tx, system, about, brought, left);
  await tx
    .update(variants)
    .set({
      isActive: false,
      optionKey: sql`'undone:' || ${variants.id}`,
      version: sql`${variants.version} + 1`,
    })
    .where(
      inArray(
        variants.id,
        brought.map(({ id }) => id),
      ),
    );
}

/** Old options, titles and what is for sale; first nobody holds a combination, because each is unique. */
async function restoreLinks(tx: Tx, { was, is }: Three): Promise<void> {
  const changed = was.variants.filter((before) => {
    const after = is.variants.find(({ id }) => id === before.id);
    return (
      after &&
      !(
        before.optionKey === after.optionKey &&
        before.isActive === after.isActive &&
        same(before.valueIds, after.valueIds)
      )
    );
  });
  const known = new Set(was.variants.map(({ id }) => id));
  const brought = is.variants.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (brought.length > 0)
    await tx.delete(variantOptionValues).where(inArray(variantOptionValues.variantId, brought));
  for (const { id } of changed)
    await tx
      .update(variants)
      .set({ optionKey: sql`'moving:' || ${variants.id}` })
      .where(eq(variants.id, id));
  for (const { id, optionKey, title, isActive, valueIds } of changed) {
    await linkValues(tx, id, valueIds);
    await tx
      .update(variants)
      .set({ optionKey, title, isActive, version: sql`${variants.version} + 1` })
      .where(eq(variants.id, id));
  }
}
