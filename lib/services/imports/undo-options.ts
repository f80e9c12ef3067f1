/** Undo of an import: options and values as they were, unless somebody changed them since. */
import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { optionValues, productOptions } from "@/db/schema/catalog";
import { type Snapshot, same } from "@/lib/domain/imports/difference";
import type { Three } from "./undo-state";

/** What the options of a product are, and which variant has which of them. */
const structureOf = ({ options, variants }: Snapshot) => ({
  // Named one by one: what comes back from the database has its names in another order.
  options: options.map(({ id, name, position, values }) => [
    [id, name, position],
    values.map((value) => [value.id, value.value, value.position]),
  ]),
  variants: variants
    .map(({ id, title, optionKey, valueIds, isActive }) => ({ id, title, optionKey, valueIds, isActive }))
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
});

/**
 * Brings back the options that were taken away, under their old ids. Answers whether the variants may have their old
 * options again; false: nothing differed, or somebody has changed them since.
 */
export async function restoreOptions(
  tx: Tx,
  productId: string,
  { was, is, current }: Three,
  left: string[],
): Promise<boolean> {
  if (same(structureOf(was), structureOf(is))) return false;
  if (!same(structureOf(current), structureOf(is))) {
    left.push("the options or variants were changed since and stay");
    return false;
  }
  for (const { id, name, position, values } of was.options) {
    await tx
      .insert(productOptions)
      .values({ id, productId, name, position })
      .onConflictDoUpdate({ target: productOptions.id, set: { position } });
    const missing = values.map((value) => ({ ...value, optionId: id }));
    if (missing.length > 0) await tx.insert(optionValues).values(missing).onConflictDoNothing();
  }
  return true;
}

/** Takes away the options that the import brought, once no variant has them any more. */
export async function dropNewOptions(tx: Tx, { was, is }: Three): Promise<void> {
  const known = new Set(was.options.map(({ id }) => id));
  const brought = is.options.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (brought.length > 0) await tx.delete(productOptions).where(inArray(productOptions.id, brought));
  for (const option of was.options) {
    const values = new Set(option.values.map(({ id }) => id));
    const added =
      is.options.find(({ id }) => id === option.id)?.values.filter(({ id }) => !values.has(id)) ?? [];
    for (const { id } of added) await tx.delete(optionValues).where(eq(optionValues.id, id));
  }
}
