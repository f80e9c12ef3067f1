/** Tax: an admin makes and changes classes of goods and the rates per place. Orders keep what they were charged. */
import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { products } from "@/db/schema/catalog";
import { taxClasses, taxRates } from "@/db/schema/tax";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { wordsFor } from "@/lib/domain/audit";
import { checked } from "@/lib/domain/checked";
import { ShopError } from "@/lib/domain/errors";
import { type TaxClassInput, type TaxRateInput, taxClassInput, taxRateInput } from "@/lib/domain/tax-input";
import { type Again, keysOf, madeOr } from "@/lib/services/again";
import { write, writeGone } from "@/lib/services/audit";
import { conflictWith } from "@/lib/services/conflicts";

export type TaxRate = typeof taxRates.$inferSelect;

const WORDS = wordsFor(["name", "code", "rate", "country", "region", "appliesToShipping"]);

/** A row as a form opened it. */
export interface Opened {
  readonly id: string;
  readonly version: number;
}

/**
 * A new default takes the place of the old one. One that was deleted comes back as `again`, with its rates.
 * @throws ShopError invalid_input, duplicate for a code that is taken
 */
export function createClass(
  admin: Admin,
  input: TaxClassInput,
  again?: Again & { readonly rates: readonly TaxRate[] },
): Promise<{ id: string }> {
  return told("code", async (tx) => {
    const after = checked(taxClassInput, input);
    const { rates, ...keys } = { rates: again?.rates ?? [], ...keysOf(again) };
    const { id } = keys;
    if (after.isDefault) await stepBack(tx, id);
    await tx.insert(taxClasses).values({ ...keys, ...after });
    if (rates.length > 0) await tx.insert(taxRates).values([...rates]);
    await write(tx, admin, {
      action: `tax_class.${madeOr(again)}`,
      subject: "tax_classes",
      subjectId: id,
      before: {},
      after,
    });
    return { id };
  });
}

/** @throws ShopError invalid_input (the default gives way only to another), duplicate, conflict, not_found */
export function updateClass(admin: Admin, { id, version, ...input }: TaxClassInput & Opened): Promise<void> {
  return told("code", async (tx) => {
    const after = checked(taxClassInput, input);
    const before = await lockClass(tx, { id, version });
    if (before.isDefault && !after.isDefault)
      throw new ShopError("invalid_input", { fields: { isDefault: "Make another class the default." } });
    if (after.isDefault) await stepBack(tx, id);
    await tx
      .update(taxClasses)
      .set({ ...after, version: version + 1 })
      .where(eq(taxClasses.id, id));
    await write(tx, admin, {
      action: "tax_class.edit",
      subject: "tax_classes",
      subjectId: id,
      before,
      after,
    });
  });
}

/** Removes a class with its rates. @throws ShopError in_use for the default and for one that products have, conflict, not_found */
export function removeClass(admin: Admin, opened: Opened): Promise<void> {
  return withTx(async (tx) => {
    const before = await lockClass(tx, opened);
    const { id, isDefault } = before;
    const what = "tax class";
    if (isDefault) throw new ShopError("in_use", { what, by: "everything without a class of its own" });
    const held = await tx.$count(products, eq(products.taxClassId, id));
    if (held > 0)
      throw new ShopError("in_use", { what, by: held === 1 ? "a product" : `each of ${held} products` });
    const rates = await tx.select().from(taxRates).where(eq(taxRates.taxClassId, id));
    await tx.delete(taxClasses).where(eq(taxClasses.id, id));
    await writeGone(tx, admin, {
      action: "tax_class.delete",
      subject: "tax_classes",
      before: { ...before, rates },
    });
  });
}

/** @throws ShopError invalid_input, duplicate where class and place have a rate, not_found for the class */
export function createRate(admin: Admin, input: TaxRateInput, again?: Again): Promise<{ id: string }> {
  return told("place", async (tx) => {
    const after = checked(taxRateInput, input);
    await requireClass(tx, after.taxClassId);
    const keys = keysOf(again);
    const { id } = keys;
    await tx.insert(taxRates).values({ ...keys, ...after });
    await write(tx, admin, {
      action: `tax_rate.${madeOr(again)}`,
      subject: "tax_rates",
      subjectId: id,
      before: {},
      after,
    });
    return { id };
  });
}

/** @throws ShopError invalid_input, duplicate, conflict, not_found */
export function updateRate(admin: Admin, { id, version, ...input }: TaxRateInput & Opened): Promise<void> {
  return told("place", async (tx) => {
    const after = checked(taxRateInput, input);
    await requireClass(tx, after.taxClassId);
    const before = await lockRate(tx, { id, version });
    await tx
      .update(taxRates)
      .set({ ...after, version: version + 1 })
      .where(eq(taxRates.id, id));
    await write(tx, admin, { action: "tax_rate.edit", subject: "tax_rates", subjectId: id, before, after });
  });
}

/** Removes a rate: the place then pays its country's, or none. @throws ShopError conflict, not_found */
export function removeRate(admin: Admin, opened: Opened): Promise<void> {
  return withTx(async (tx) => {
    const before = await lockRate(tx, opened);
    await tx.delete(taxRates).where(eq(taxRates.id, before.id));
    await writeGone(tx, admin, { action: "tax_rate.delete", subject: "tax_rates", before });
  });
}

/** One default at a time: a unique index sees to it, so the old one goes first. */
async function stepBack(tx: Tx, id: string): Promise<void> {
  await tx
    .update(taxClasses)
    .set({ isDefault: false })
    .where(and(eq(taxClasses.isDefault, true), ne(taxClasses.id, id)));
}

async function requireClass(tx: Tx, id: string): Promise<void> {
  const [row] = await tx
    .select({ id: taxClasses.id })
    .from(taxClasses)
    .where(eq(taxClasses.id, id))
    .for("share");
  if (!row) throw new ShopError("not_found", { what: "tax class" });
}

async function lockClass(tx: Tx, { id, version }: Opened) {
  const [row] = await tx.select().from(taxClasses).where(eq(taxClasses.id, id)).for("update");
  if (!row) throw new ShopError("not_found", { what: "tax class" });
  if (row.version !== version)
    throw await conflictWith(
      tx,
      { what: "tax class", subject: "tax_classes", subjectId: id, version: row.version },
      WORDS,
    );
  return row;
}

async function lockRate(tx: Tx, { id, version }: Opened) {
  const [row] = await tx.select().from(taxRates).where(eq(taxRates.id, id)).for("update");
  if (!row) throw new ShopError("not_found", { what: "tax rate" });
  if (row.version !== version)
    throw await conflictWith(
      tx,
      { what: "tax rate", subject: "tax_rates", subjectId: id, version: row.version },
      WORDS,
    );
  return row;
}

async function told<R>(field: string, work: (tx: Tx) => Promise<R>): Promise<R> {
  try {
    return await withTx(work);
  } catch (error) {
    if (sqlState(error) === "23505") throw new ShopError("duplicate", { field }, { cause: error });
    throw error;
  }
}
