import type { Metadata } from "next";
import { ProductPage } from "@/components/catalog/product-page";
import { env } from "@/lib/env";
import { getStore } from "@/lib/queries/settings";
import { productAt, productMetadata, variantAt } from "../../product";

type Props = { params: Promise<{ slug: string; sku: string }> };

// Next wants one address to build with; every real one is rendered at its first view and kept.
export const generateStaticParams = () => [{ slug: "placeholder", sku: "placeholder" }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, sku } = await params;
  const product = await productAt(slug);
  return productMetadata(product, variantAt(product, sku));
}

export default async function VariantRoute({ params }: Props) {
  const { slug, sku } = await params;
  const [product, store] = await Promise.all([productAt(slug), getStore()]);
  return (
    <ProductPage product={product} store={store} site={env.SITE_URL} sku={variantAt(product, sku).sku} />
  );
}
