import type { Metadata, Route } from "next";
import { notFound, permanentRedirect } from "next/navigation";
import { isSlug, markdownPath, productPath, type Variant } from "@/lib/domain/catalog";
import { getProduct, type ProductView } from "@/lib/queries/catalog/product";
import { getStore } from "@/lib/queries/settings";
import { productShare, shareImage } from "@/lib/share/facts";
import { alternates } from "../alternates";

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
export async function productMetadata(product: ProductView, variant?: Variant): Promise<Metadata> {
  const title = product.metaTitle ?? [product.name, variant?.title].filter(Boolean).join(", ");
  const description =
    product.metaDescription ?? [product.subtitle, product.description[0]].filter(Boolean).join(". ");
  const path = productPath(product.slug);
  return {
    title,
    description: description.slice(0, 300),
    alternates: await alternates(path, markdownPath(path)),
    openGraph: {
      title,
      description: description.slice(0, 300),
      url: path,
      images: [shareImage(`p/${product.slug}`, productShare(product, await getStore()))],
    },
    twitter: { card: "summary_large_image" },
  };
}
