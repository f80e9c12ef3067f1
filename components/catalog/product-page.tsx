import { Reviews } from "@/components/reviews/product-reviews";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Disclosure } from "@/components/ui/disclosure";
import { categoryPath, productPath } from "@/lib/domain/catalog";
import type { ProductView } from "@/lib/queries/catalog/product";
import type { Store } from "@/lib/queries/settings";
import { JsonLd } from "./json-ld";
import { ProductStage } from "./product-stage";
import { RecentlyViewed } from "./recent";
import { RichText } from "./rich-text";
import { SectionHead } from "./section-head";
import { Shelf } from "./shelf";
import { productData } from "./structured";
import { breadcrumbData } from "./structured-shop";
import { Together } from "./together-late";

/** The whole page of a product, opened at a variant or not. `site` is the shop's address. */
export function ProductPage({
  product,
  store,
  site,
  sku,
}: {
  product: ProductView;
  store: Store;
  site: string;
  sku?: string;
}) {
  const trail = product.trail.map((step) => ({ name: step.name, href: categoryPath(step.path) }));
  const { id, slug, name, subtitle, rating, ratingCount, options, variants, shots, owner } = product;
  return (
    <>
      <JsonLd data={productData(product, store, site)} />
      <JsonLd data={breadcrumbData([...trail, { name, href: productPath(slug) }], site)} />
      <div className="page py-4">
        <Breadcrumb
          steps={[...trail.map((step) => ({ label: step.name, href: step.href })), { label: name }]}
        />
      </div>
      <ProductStage
        product={{
          id,
          slug,
          name,
          subtitle,
          owner: owner.name,
          rating,
          ratingCount,
          options,
          variants,
          shots,
        }}
        sku={sku}
        promise={{
          delivery: store.delivery,
          country: store.countryName,
          returnDays: store.returnWindowDays,
          mostPerLine: store.maxLineQuantity,
          currency: store.currency,
          taxIncluded: store.pricesIncludeTax,
        }}
      >
        <Folds product={product} />
      </ProductStage>
      {product.together.length > 0 && (
        <section aria-label="Bought together" className="border-t pb-16">
          <SectionHead title="Bought together" note="What others put into the same parcel." />
          <Together companions={product.together} />
        </section>
      )}
      <Reviews
        slug={slug}
        owner={owner.name}
        rating={rating}
        count={ratingCount}
        distribution={product.distribution}
        reviews={product.reviews}
        locale={store.locale}
      />
      {product.related.length > 0 && (
        <section aria-label="Related" className="border-t">
          <SectionHead title="Goes with it" />
          <Shelf cards={product.related} />
        </section>
      )}
      <RecentlyViewed current={id} />
    </>
  );
}

function Folds({ product }: { product: ProductView }) {
  const { about, care, owner, variants } = product;
  return (
    <>
      {about && (
        <Disclosure title="About this piece" open>
          <RichText text={about} />
        </Disclosure>
      )}
      {care && (
        <Disclosure title="Material and care">
          <RichText text={care} />
        </Disclosure>
      )}
      <Disclosure title="Numbers">
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-s">
          {variants.map((variant) => (
            <div key={variant.id} className="contents">
              <dt>{variant.title || product.name}</dt>
              <dd className="num text-right text-quiet">
                {variant.sku}
                {variant.weight > 0 && `, ${weightText(variant.weight)}`}
              </dd>
            </div>
          ))}
        </dl>
      </Disclosure>
      <Disclosure title={`Made by ${owner.name}`}>
        <p className="text-quiet">{owner.about}</p>
      </Disclosure>
    </>
  );
}

const weightText = (grams: number) => (grams < 1000 ? `${grams} g` : `${(grams / 1000).toFixed(1)} kg`);
