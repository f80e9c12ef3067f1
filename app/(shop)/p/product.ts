import type { Metadata, Route } from "next";
import { notFound, permanentRedirect } from "next/navigation";
import { isSlug, mediaPath, productPath, shotsFor, type Variant } from "@/lib/domain/catalog";
import { getProduct, type ProductView } from "@/lib/queries/catalog/product";

/** The product at an address. Unknown ones are not found, old ones lead to the new address. */
export async function productAt(slug: string): Promise<ProductView> {
  if (!isSlug(slug)) notFound();
  const found = await getProduct(slug);
  if (!found) notFound();
  if ("moved" in found) permanentRedirect(productPath(found.moved) as Route);
  return found;
}

/** The variant of an address, or not found. SKUs are compared as the database does: without regard to case. */
export function variantAt(product: ProductView, sku: string): Variant {
  const asked = decodeURIComponent(sku).toLowerCase();
  return product.variants.find((variant) => variant.sku.toLowerCase() === asked) ?? notFound();
}

/** Title, description and picture for search engines and links; every variant's page points to its product's. */
export function productMetadata(product: ProductView, variant?: Variant): Metadata {
  const title = product.metaTitle ?? [product.name, variant?.title].filter(Boolean).join(", ");
  const description =
    product.metaDescription ?? [product.subtitle, product.description[0]].filter(Boolean).join(". ");
  const [shot] = shotsFor(product.shots, variant);
  return {
    title,
    description: description.slice(0, 300),
    alternates: { canonical: productPath(product.slug) },
    openGraph: {
      title,
      description: description.slice(0, 300),
      url: productPath(product.slug),
      ...(shot && { images: [{ url: mediaPath(shot.key), alt: shot.alt }] }),
    },
  };
}
