/** Whose products a member of staff may touch, and which pages a product's change makes stale. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { productImages, products, variants } from "@/db/schema/catalog";
import { now } from "@/db/schema/columns";
import { type CacheTag, categoryTag, HOME_TAG, productTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { conflictWith } from "@/lib/services/conflicts";

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

/**
 * The product, locked, as the form showed it.
 * @throws ShopError not_found, conflict naming what somebody else changed since the form was opened
 */
export async function lockCurrent(
  tx: Tx,
  staff: Staff,
  { productId, version }: { productId: string; version: number },
): Promise<Product> {
  const product = await lockOwn(tx, staff, productId);
  if (product.version !== version)
    throw await conflictWith(
      tx,
      { what: "product", subject: "products", subjectId: product.id, version: product.version },
      {
        name: "the name",
        subtitle: "the line below it",
        slug: "the address",
        description: "the description",
        details: "material and care",
        tags: "the tags",
        status: "the status",
        taxClassId: { label: "the tax", text: () => "" },
        options: { label: "the options", text: () => "" },
        variants: { label: "the variants", text: () => "" },
      },
    );
  return product;
}

/** Everything that may show the product: its pages, the lists of its category, the front page. */
export const allTagsOf = ({ id, categoryId }: Pick<Product, "id" | "categoryId">): CacheTag[] => [
  productTag(id),
  categoryTag(categoryId),
  HOME_TAG,
];

/** The moments that go with a status. A change by hand ends what was to happen by itself and cannot any more. */
export function stampsOf(before: Product, status: Product["status"]) {
  const moment = now as unknown as Date;
  return {
    archivedAt: status === "archived" ? (before.archivedAt ?? moment) : null,
    publishedAt: status === "active" ? (before.publishedAt ?? moment) : before.publishedAt,
    publishAt: status === before.status ? before.publishAt : null,
    unpublishAt: status === before.status || status === "active" ? before.unpublishAt : null,
  };
}

/** Whether a picture has no words. */
export async function hasSilentPicture(tx: Tx, productId: string): Promise<boolean> {
  const [silent] = await tx
    .select({ id: productImages.id })
    .from(productImages)
    .where(and(eq(productImages.productId, productId), eq(sql`trim(${productImages.alt})`, "")))
    .limit(1);
  return silent !== undefined;
}

/** Why the product cannot go into the shop as it is stored; undefined where it can. */
export async function whyNotPublishable(tx: Tx, productId: string): Promise<string | undefined> {
  const [one] = await tx
    .select({ id: variants.id })
    .from(variants)
    .where(and(eq(variants.productId, productId), eq(variants.isActive, true)))
    .limit(1);
  if (!one) return "At least one variant must be for sale.";
  return (await hasSilentPicture(tx, productId)) ? "Describe every picture in words first." : undefined;
}
