import type { Metadata } from "next";
import { ProductPage } from "@/components/catalog/product-page";
import { env } from "@/lib/env";
import { getStore } from "@/lib/queries/settings";
import { productAt, productMetadata } from "../product";

type Props = { params: Promise<{ slug: string }> };

// Next wants one address to build with; every real one is rendered at its first view and kept.
export const generateStaticParams = () => [{ slug: "placeholder" }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return productMetadata(await productAt((await params).slug));
}

export default async function ProductRoute({ params }: Props) {
  const [product, store] = await Promise.all([productAt((await params).slug), getStore()]);
  return <ProductPage product={product} store={store} site={env.SITE_URL} />;
}
