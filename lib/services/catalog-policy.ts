/** Catalogue: what the form of a product says about each variant once none is left, saved by the inventory. */
import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inventory } from "@/db/schema/inventory";
import type { Staff } from "@/lib/domain/actors";
import type { VariantInput } from "@/lib/domain/catalog-input";
import { isShopError, ShopError } from "@/lib/domain/errors";
import { setBackorder } from "@/lib/services/inventory/policy";

/**
 * Changes the policies that differ, ascending by variant: counters are locked in that order everywhere.
 * @throws ShopError invalid_input beside the field where more is promised already than would be allowed
 */
export async function savePolicies(tx: Tx, staff: Staff, typed: readonly VariantInput[]): Promise<void> {
  const told = typed.map((line, place) => ({ ...line, place })).filter(({ policy }) => policy !== undefined);
  if (told.length === 0) return;
  const stored = await tx
    .select({
      variantId: inventory.variantId,
      backorder: inventory.backorder,
      limit: inventory.backorderLimit,
    })
    .from(inventory)
    .where(
      and(
        eq(inventory.bucket, 0),
        inArray(
          inventory.variantId,
          told.map(({ id }) => id),
        ),
      ),
    );
  for (const { id, policy, backorderLimit, place } of told.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const now = stored.find(({ variantId }) => variantId === id);
    const backorder = policy === "sell";
    const limit = backorder && backorderLimit ? Number(backorderLimit) : null;
    if (!now || (now.backorder === backorder && now.limit === limit)) continue;
    await setBackorder(staff, { variantId: id, backorder, limit }, tx).catch((error: unknown) => {
      if (!isShopError(error, "invalid_input")) throw error;
      const [sentence = ""] = Object.values(error.data.fields);
      const field = backorder ? "backorderLimit" : "policy";
      throw new ShopError("invalid_input", { fields: { [`variants.${place}.${field}`]: sentence } });
    });
  }
}
