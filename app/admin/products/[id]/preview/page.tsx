import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead } from "@/components/admin/page-head";
import { ProductPage } from "@/components/catalog/product-page";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { env } from "@/lib/env";
import { getPreview } from "@/lib/queries/admin/product-preview";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Preview" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function Preview({ params, searchParams }: Props) {
  const [{ id }, query, staff, store] = await Promise.all([params, searchParams, enter(), getStore()]);
  if (!staff) return <NoEntry from={`/admin/products/${id}/preview`} />;
  const product = isId(id) ? await getPreview(staff, id, store) : null;
  if (!product) return <NothingHere back="/admin/products" backLabel="To the products" />;
  const asked = textOf(query, "sku");
  const shown = product.variants.find(({ sku }) => sku === asked) ?? product.variants[0];
  return (
    <>
      <PageHead
        title="Preview"
        steps={[
          { label: "Products", href: "/admin/products" },
          { label: product.name, href: `/admin/products/${id}` },
        ]}
      />
      <Notice title="This is how the shop would show it.">
        Nothing in it can be pressed. Shoppers see a product while its status says “In the shop”.
        {product.variants.length === 0 && " No variant is for sale yet."}
      </Notice>
      {product.variants.length > 1 && (
        <nav aria-label="Variants" className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-s">
          {product.variants.map(({ sku, title }) => (
            <Link
              key={sku}
              href={`/admin/products/${id}/preview?sku=${encodeURIComponent(sku)}` as Route}
              aria-current={sku === shown?.sku ? "page" : undefined}
              className="link inline-flex min-h-6 items-center aria-[current]:font-semibold"
            >
              {title || sku}
            </Link>
          ))}
        </nav>
      )}
      <div inert className="mt-6 border" data-preview>
        <ProductPage product={product} store={store} site={env.SITE_URL} sku={shown?.sku} />
      </div>
    </>
  );
}
