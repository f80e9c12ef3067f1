/** Whose products a member of staff may touch, and which pages a product's change makes stale. */
import { and, eq, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { products } from "@/db/schema/catalog";
import { type CacheTag, categoryTag, HOME_TAG, productTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";

export type Product = typeof products.$inferSelect;

/** Ownership stands in the WHERE clause: other people's products are simply not there. */
export const ownedBy = (staff: Staff): SQL | undefined =>
  staff.kind === "owner" ? eq(products.ownerId, staff.ownerId) : undefined;

/** The product, locked. @throws ShopError not_found for unknown ones and other owners' alike. */
export async function lockOwn(tx: Tx, staff: Staff, productId: string): Promise<Product> {
  const [product] = await tx
    .select()
    .from(products)
    .where(and(eq(products.id, productId), ownedBy(staff)))
    .for("update");
  if (!product) throw new ShopError("not_found", { what: "product" });
  return product;
}

/** Everything that may show the product: its pages, the lists of its category, the front page. */
export const allTagsOf = ({ id, categoryId }: Pick<Product, "id" | "categoryId">): CacheTag[] => [
  productTag(id),
  categoryTag(categoryId),
  HOME_TAG,
];
