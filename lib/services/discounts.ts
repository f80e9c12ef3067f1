/** Discounts: an admin makes, changes and ends them. What a discount took off stands in its orders and stays there. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { newId } from "@/db/id";
import { discountRedemptions, discounts, discountTargets } from "@/db/schema/discounts";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { wordsFor } from "@/lib/domain/audit";
import { checked } from "@/lib/domain/checked";
import { type DiscountInput, discountInput } from "@/lib/domain/discounts";
import { ShopError } from "@/lib/domain/errors";
import { type Again, keysOf, madeOr } from "@/lib/services/again";
import { write, writeGone } from "@/lib/services/audit";
import { conflictWith } from "@/lib/services/conflicts";

type Discount = typeof discounts.$inferSelect;

const WORDS = wordsFor([
  "title",
  "code",
  "kind",
  "value",
  "minSubtotal",
  "totalLimit",
  "perCustomerLimit",
  "isActive",
]);

/** A row as a form opened it. */
export interface Opened {
  readonly id: string;
  readonly version: number;
}

/**
 * Makes a discount and answers its id; one that was deleted comes back as `again`.
 * @throws ShopError invalid_input naming the fields, duplicate for a code that is taken
 */
export function create(admin: Admin, input: DiscountInput, again?: Again): Promise<{ id: string }> {
  return told(async (tx) => {
    const { categoryIds, productIds, ...columns } = checked(discountInput, input);
    const keys = keysOf(again);
    const { id } = keys;
    await tx.insert(discounts).values({ ...keys, ...columns });
    await setTargets(tx, id, { categoryIds, productIds });
    const after = { ...columns, categoryIds, productIds };
    await write(tx, admin, {
      action: `discount.${madeOr(again)}`,
      subject: "discounts",
      subjectId: id,
      before: {},
      after,
    });
    return { id };
  });
}

/**
 * Changes a discount as a whole. Placed orders keep what they got.
 * @throws ShopError invalid_input (also for a limit below what is used already), duplicate, conflict, not_found
 */
export function update(admin: Admin, { id, version, ...input }: DiscountInput & Opened): Promise<void> {
  return told(async (tx) => {
    const { categoryIds, productIds, ...columns } = checked(discountInput, input);
    const before = await lock(tx, { id, version });
    if (columns.totalLimit !== null && columns.totalLimit < before.used)
      throw invalid({ totalLimit: `It has been used ${before.used} times already.` });
    const targets = await targetsOf(tx, id);
    await tx
      .update(discounts)
      .set({ ...columns, version: version + 1 })
      .where(eq(discounts.id, id));
    await setTargets(tx, id, { categoryIds, productIds });
    await write(tx, admin, {
      action: "discount.edit",
      subject: "discounts",
      subjectId: id,
      before: { ...before, ...targets },
      after: { ...columns, categoryIds, productIds },
    });
  });
}

/** Ends a discount at once; carts that hold its code are told. @throws ShopError conflict, not_found */
export function deactivate(admin: Admin, opened: Opened): Promise<void> {
  return withTx(async (tx) => {
    const before = await lock(tx, opened);
    await end(tx, admin, before);
  });
}

/**
 * Removes a discount that no order ever used; one that was used is ended instead, because its orders name it.
 * @throws ShopError conflict, not_found
 */
export function remove(admin: Admin, opened: Opened): Promise<{ removed: "deleted" | "inactive" }> {
  return withTx(async (tx) => {
    const before = await lock(tx, opened);
    if ((await tx.$count(discountRedemptions, eq(discountRedemptions.discountId, before.id))) > 0) {
      await end(tx, admin, before);
      return { removed: "inactive" };
    }
    const whole = { ...before, ...(await targetsOf(tx, before.id)) };
    await tx.delete(discounts).where(eq(discounts.id, before.id));
    await writeGone(tx, admin, { action: "discount.delete", subject: "discounts", before: whole });
    return { removed: "deleted" };
  });
}

async function end(tx: Tx, admin: Admin, before: Discount): Promise<void> {
  const after = { isActive: false };
  await tx
    .update(discounts)
    .set({ ...after, version: before.version + 1 })
    .where(eq(discounts.id, before.id));
  await write(tx, admin, {
    action: "discount.deactivate",
    subject: "discounts",
    subjectId: before.id,
    before,
    after,
  });
}

// The lock also holds back placing: a limit never falls below uses that are being counted.
async function lock(tx: Tx, { id, version }: Opened): Promise<Discount> {
  const [row] = await tx.select().from(discounts).where(eq(discounts.id, id)).for("update");
  if (!row) throw new ShopError("not_found", { what: "discount" });
  if (row.version !== version)
    throw await conflictWith(
      tx,
      { what: "discount", subject: "discounts", subjectId: id, version: row.version },
      WORDS,
    );
  return row;
}

interface Targets {
  readonly categoryIds: readonly string[];
  readonly productIds: readonly string[];
}

/** What a discount is limited to, in the order in which it was told. */
export async function targetsOf(tx: Tx, discountId: string): Promise<Targets> {
  const rows = await tx
    .select()
    .from(discountTargets)
    .where(eq(discountTargets.discountId, discountId))
    .orderBy(discountTargets.id);
  return {
    categoryIds: rows.flatMap((row) => row.categoryId ?? []),
    productIds: rows.flatMap((row) => row.productId ?? []),
  };
}

async function setTargets(tx: Tx, discountId: string, { categoryIds, productIds }: Targets): Promise<void> {
  await tx.delete(discountTargets).where(eq(discountTargets.discountId, discountId));
  const rows = [
    ...categoryIds.map((categoryId) => ({ id: newId(), discountId, categoryId })),
    ...productIds.map((productId) => ({ id: newId(), discountId, productId })),
  ];
  if (rows.length > 0) await tx.insert(discountTargets).values(rows);
}

const invalid = (fields: Record<string, string>) => new ShopError("invalid_input", { fields });

/** What a foreign key of the row says when it is not there. */
const UNKNOWN: Readonly<Record<string, readonly [field: string, message: string]>> = {
  discount_targets_category_id_categories_id_fk: ["categoryIds", "One of the categories is gone."],
  discount_targets_product_id_products_id_fk: ["productIds", "One of the products is gone."],
  discounts_membership_tier_id_membership_tiers_id_fk: ["membershipTierId", "That tier is gone."],
};

async function told<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
  try {
    return await withTx(work);
  } catch (error) {
    if (sqlState(error) === "23505") throw new ShopError("duplicate", { field: "code" }, { cause: error });
    const { cause } = error as { cause?: { constraint_name?: string } };
    const unknown = UNKNOWN[cause?.constraint_name ?? ""];
    if (unknown) throw invalid({ [unknown[0]]: unknown[1] });
    throw error;
  }
}
