import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { PriceHistory } from "@/components/admin/price-history";
import { ProductForm } from "@/components/admin/product-form";
import { LinkButton } from "@/components/ui/button";
import { backdropOf, Picture } from "@/components/ui/picture";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { getProductForm, listCategoryChoices, listPriceChanges } from "@/lib/queries/admin/products";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Product" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function AdminProduct({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/products/${id}`} />;
  const product = isId(id) ? await getProductForm(staff, id) : null;
  if (!product) return <NothingHere back="/admin/products" backLabel="To the products" />;
  const [categories, changes, store] = await Promise.all([
    listCategoryChoices(staff),
    listPriceChanges(staff, id),
    getStore(),
  ]);
  const isSold = product.status === "active";
  return (
    <>
      <PageHead
        title={product.name}
        steps={[{ label: "Products", href: "/admin/products" }]}
        line={staff.kind === "admin" ? `Sold by ${product.ownerName}` : undefined}
        done={
          textOf(query, "done") === "saved"
            ? `Saved.${isSold ? " The shop shows it already." : ""}`
            : undefined
        }
      >
        {isSold && (
          <LinkButton href={`/p/${product.slug}` as Route} look="line" small prefetch={false}>
            See it in the shop
          </LinkButton>
        )}
      </PageHead>
      <ProductForm
        product={product}
        categories={categories}
        currency={store.currency}
        mayFeature={staff.kind === "admin"}
      />
      <div className="mt-10 grid gap-8 lg:grid-cols-2 lg:gap-12">
        <PriceHistory changes={changes} currency={store.currency} timeZone={store.timeZone} />
        {product.images.length > 0 && (
          <Panel title="Pictures" id="pictures">
            <ul className="grid grid-cols-4 gap-2 sm:grid-cols-6 lg:grid-cols-5">
              {product.images.map(({ key, alt, backdrop }) => (
                <li key={key}>
                  <Picture src={`/media/${key}`} alt={alt} sizes="6rem" backdrop={backdropOf(backdrop)} />
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </>
  );
}
